"""Parse a claim's row in the card into a stance; what the row does not show stays as it is."""

from django.http import QueryDict

from annotations.claims.models import Claim
from annotations.claims.stances import Stance, Value
from annotations.errors import Invalid
from annotations.studies.models import Study
from annotations.web.forms import fields


def claim_in(posted: QueryDict, study: Study) -> Claim:
    claim = fields.chosen(posted, "claim", Claim.objects.in_study(study), "claim in this study")
    if claim is None:
        raise Invalid.field("claim", "Choose the claim first.")
    return claim


def stance_in(posted: QueryDict, claim: Claim, now: Stance | None) -> Stance:
    """Return the stance on `claim` that the row says; `now` is the one that stands, if any."""
    stance = fields.words(posted, "stance") or (now.stance if now else "")
    if not stance:
        raise Invalid.field("stance", "Choose a stance; with it the claim is stored.")
    return Stance(
        claim=claim,
        stance=stance,
        commitment=_or_now(posted, "commitment", now.commitment if now else ""),
        explicit=_flag_or_now(posted, "explicit", now=now.explicit if now else True),
        presupposed=_flag_or_now(posted, "presupposed", now=now.presupposed if now else False),
        label=_or_now(posted, "label", (now.label if now else None) or "") or None,
        note=now.note if now else "",
        value=_value(posted, now.value if now else None),
    )


def _or_now(posted: QueryDict, name: str, now: str) -> str:
    return fields.words(posted, name) if name in posted else now


def _flag_or_now(posted: QueryDict, name: str, *, now: bool) -> bool:
    return fields.flag(posted, name) if name in posted else now


def _value(posted: QueryDict, now: Value | None) -> Value | None:
    """Return the number said; None if the field is empty. An upper end is read for about and range only."""
    if "value.number" not in posted:
        return now
    number = fields.number(posted, "value.number")
    if number is None:
        if fields.words(posted, "value.as_written"):
            raise Invalid.field("value.number", "Write the number in figures as well.")
        return None
    op = fields.words(posted, "value.op") or "="
    high = fields.number(posted, "value.number_high") if op in {"~", "range"} else None
    return Value(
        op=op,
        number=number,
        number_high=high,
        as_written=fields.words(posted, "value.as_written"),
        span=now.span if now else None,
    )
