"""Parse the small form that words a claim in place."""

from typing import Any

from django.http import QueryDict

from annotations.codebook.vocabulary import Vocabulary
from annotations.web.forms import fields


def claim_values(posted: QueryDict, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the new claim's own fields; its issue goes by name and is found or added with it.

    Measure and unit are read for kinds that are compared by numbers.
    """
    values: dict[str, Any] = {
        "text": fields.words(posted, "text"),
        "kind": fields.words(posted, "kind") or "fact",
    }
    if vocabulary.label("claim_kind", values["kind"], "kind").comparison == "quantity":
        values["quantity"] = {name: fields.words(posted, name) for name in ("measure", "unit")}
    return values
