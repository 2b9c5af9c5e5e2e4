"""Claims, the issues that group them, and how they stand to one another."""

from typing import Any

from annotations.api.references import References
from annotations.api.serializers.kept import DATES, EXTERNAL, FIXED, ID, WEB_URL
from annotations.api.shapes import UID, Field, Fields, Null, Text, answer, described_or_id, subset
from annotations.claims.models import Claim
from annotations.exchange.records import Record, claim_record

LABEL = Text(longest=60, blank=False)
WORDING = Text(longest=1000, blank=False)
KIND_NOTE = "Label of the variable claim_kind."
QUANTITY = Fields(
    "Quantity",
    {
        "measure": Field(Text(longest=300, blank=False), "What is counted or measured.", needed=True),
        "unit": Field(Text(longest=100, null_is_empty=True)),
    },
)

CLAIM = answer(
    "Claim",
    {
        **ID,
        **EXTERNAL,
        "text": Field(Text(), "The proposition, worded once for the study, in the affirmative."),
        "kind": Field(LABEL, KIND_NOTE),
        "issue": Field(Null(UID), "Id of the issue that it belongs to."),
        "quantity": Field(Null(QUANTITY), "What a quantity claim is about; null for other kinds."),
        "note": Field(Text()),
        **WEB_URL,
        **DATES,
    },
)
CLAIM_NEW = Fields(
    "ClaimNew",
    {
        **EXTERNAL,
        "text": Field(WORDING, needed=True),
        "kind": Field(LABEL, f"{KIND_NOTE} fact if left out."),
        "issue": Field(Null(UID)),
        "quantity": Field(Null(QUANTITY)),
        "note": Field(Text(longest=100_000, null_is_empty=True)),
    },
    FIXED,
)
CLAIM_CHANGE = subset("ClaimChange", CLAIM_NEW)
CLAIM_WORDED = Fields(
    "ClaimWorded",
    {"text": Field(WORDING, needed=True), "kind": Field(LABEL, f"{KIND_NOTE} Of a claim to be added.")},
)
"""Finds a claim by its wording, or adds one."""
CLAIM_REFERENCE = described_or_id(CLAIM_WORDED)

ISSUE = answer("Issue", {**ID, **EXTERNAL, "name": Field(Text()), **DATES})
ISSUE_NEW = Fields(
    "IssueNew", {**EXTERNAL, "name": Field(Text(longest=300, blank=False), needed=True)}, FIXED
)
ISSUE_CHANGE = subset("IssueChange", ISSUE_NEW)

RELATION_NOTE = "Label of the variable claim_relation, read from a to b."
RELATION = answer(
    "ClaimRelation",
    {
        **ID,
        "a": Field(UID, "Id of a claim."),
        "b": Field(UID, "Id of another."),
        "relation": Field(LABEL, RELATION_NOTE),
        **DATES,
    },
)
RELATION_NEW = Fields(
    "ClaimRelationNew",
    {
        "a": Field(UID, "Id of a claim.", needed=True),
        "b": Field(UID, "Id of another.", needed=True),
        "relation": Field(LABEL, RELATION_NOTE, needed=True),
    },
    FIXED,
)
RELATION_CHANGE = subset("ClaimRelationChange", RELATION_NEW, without=["a", "b"])


def claim_answer(claim: Claim) -> Record:
    """Load `with_issue()` and the study."""
    return {**claim_record(claim), "web_url": claim.get_absolute_url()}


def claim_values(body: dict[str, Any], known: References) -> dict[str, Any]:
    values = dict(body)
    if values.get("issue"):
        values["issue"] = known.issue(values["issue"], "issue")
    return values
