"""Show the faults that an action has found at the fields of the form they came from."""

from django.forms import Form

from annotations.errors import AnnotationError


def show_faults(form: Form, error: AnnotationError) -> None:
    """Add the error's sentences to the form: to the field they name, else to the form as a whole."""
    if not error.errors:
        form.add_error(None, error.message)
    for fault in error.errors:
        field = fault.field if fault.field in form.fields else None
        form.add_error(field, fault.message[:1].upper() + fault.message[1:])
