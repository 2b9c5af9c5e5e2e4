"""Read the number that a quotation gives, where there is just one: “at least 4,000” -> `>=` 4000. Plain."""

import re

from annotations.claims.stances import Value

_HEDGES = {
    ">=": ("at least", "no fewer than", "no less than", "not less than", "not fewer than"),
    ">": ("more than", "over", "above", "upwards of", "in excess of"),
    "<=": ("at most", "up to", "no more than", "not more than"),
    "<": ("fewer than", "less than", "under", "below"),
    "~": ("about", "around", "roughly", "approximately", "some", "nearly", "almost", "close to"),
}
_OPERATOR = {words: op for op, hedges in _HEDGES.items() for words in hedges}
_HEDGE = "|".join(words.replace(" ", r"\s+") for words in sorted(_OPERATOR, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?:\b(?P<hedge>{_HEDGE})\s+)?(?<![\w.,:/-])(?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d{{1,12}})(?P<part>\.\d{{1,6}})?(?![\w:/-]|[.,]\d)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\bof\s+(?:all|the|its|our|their|these|those)(?:\s+the)?\s+$", re.IGNORECASE)
"""Before the number that a share is taken of: “not one of the 312 members”."""


def obvious_number(words: str) -> Value | None:
    """Return the one number in figures that `words` give, with the hedge before it; None for none or several."""
    found = [match for match in _NUMBER.finditer(words) if not _OUT_OF.search(words[: match.start()])]
    if len(found) != 1:
        return None
    match = found[0]
    digits = re.sub(r"\D", "", match["digits"])
    number = float(digits + match["part"]) if match["part"] else int(digits)
    hedge = " ".join((match["hedge"] or "").casefold().split())
    return Value(op=_OPERATOR.get(hedge, "="), number=number, as_written=match[0])
