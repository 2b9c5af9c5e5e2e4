"""The errors that a person or a program outside is meant to read.

An `AnnotationError` carries one sentence that names the values and the way out, a stable `code`,
and the HTTP status that both surfaces answer with. Packages define their own subclasses.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One fault of the input: `field` is a path such as `spans[0].end`."""

    field: str
    message: str


class AnnotationError(Exception):
    """Base of all errors with a sentence for the user."""

    code = "error"
    status = 422

    def __init__(self, message: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.errors = tuple(errors)


class Invalid(AnnotationError):
    """Well-formed, but not acceptable; `errors` names the fields."""

    code = "invalid"

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        """Return the error for a single field; its message doubles as the sentence."""
        return cls(message, [FieldError(field, message)])


class Conflict(AnnotationError):
    """The state of the object does not allow the act."""

    code = "conflict"
    status = 409


class NotFound(AnnotationError):
    """Unknown, or not visible to the asker: both read the same."""

    code = "not_found"
    status = 404


class Forbidden(AnnotationError):
    """Known and visible, but not allowed to this role."""

    code = "forbidden"
    status = 403


class StaleEdit(AnnotationError):
    """Somebody saved the object after the editor had read it; `current` is what stands now."""

    code = "stale"
    status = 412

    def __init__(self, message: str, current: object) -> None:
        super().__init__(message)
        self.current = current
