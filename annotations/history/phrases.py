"""What events say of who did what: a phrase for each verb, and where in it the label goes."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from annotations.audit.models import Event

PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "article.add": "added",
        "article.describe": "described",
        "article.revise": "corrected the text of",
        "article.furniture": "marked page furniture in",
        "article.delete": "moved … to the bin",
        "article.restore": "took … back from the bin",
        "statement.mark": "marked",
        "statement.revise": "revised",
        "statement.place": "placed … in the corrected text",
        "statement.discard": "deleted the statement",
        "statement.restore": "restored the statement",
        "statement.delete": "took back the statement",
        "stance.take": "took a stance for",
        "stance.drop": "dropped a stance of",
        "stance.replace": "set the stances of",
        "set.submit": "marked … as done",
        "set.reopen": "reopened",
        "speaker.add": "added the speaker",
        "speaker.change": "changed the speaker",
        "speaker.delete": "deleted the speaker",
        "speaker.restore": "restored the speaker",
        "speaker.merge": "merged the speaker",
        "speaker.unmerge": "took apart the speakers",
        "claim.add": "added the claim",
        "claim.change": "changed the claim",
        "claim.delete": "deleted the claim",
        "claim.restore": "restored the claim",
        "claim.merge": "merged the claim",
        "claim.unmerge": "took apart the claims",
        "issue.add": "added the issue",
        "issue.change": "changed the issue",
        "issue.delete": "deleted the issue",
        "issue.restore": "restored the issue",
        "claim_relation.add": "related the claims",
        "claim_relation.change": "changed the relation",
        "claim_relation.delete": "dropped the relation",
        "claim_relation.restore": "restored the relation",
        "study.create": "created the study",
        "study.change": "changed the study",
        "study.delete": "moved the study … to the bin",
        "study.restore": "took the study … back from the bin",
        "article.purge": "purged",
        "statement.purge": "purged",
        "member.add": "added the member",
        "member.role": "changed the role of",
        "member.remove": "removed the member",
        "gold.import": "imported a gold set",
        "dataset.import": "imported a dataset",
        "codebook.publish": "published the codebook",
    }
)
"""What a study's home tells of; the ellipsis stands where the label is said, which else comes last."""
IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **PHRASES,
        "study.purge": "purged the study",
        "set.open": "began",
        "statement.follow": "carried … into the corrected text",
        "study.export": "exported from the command line",
        "token.issue": "issued a token to",
        "token.revoke": "revoked a token of",
    }
)
"""What the log tells of: everything."""
_WHOLES = (
    (("article.revise",), PHRASES["article.revise"]),
    (("statement.revise", "statement.discard"), "joined two statements to"),
    (("statement.revise", "statement.mark"), "split a statement after"),
)
"""Steps of several verbs that are one thing to whoever made them; the first verb's event has the label."""
_IN_QUOTES = ("article", "statement", "claim")
_OPENED = ("“", "„", "«", '"')


def step_in_words(events: Sequence[Event]) -> str:
    """Return in words what a step has changed: the whole of it, or its first change and how many there were beside."""
    by_verb = {event.verb: event for event in events}
    for verbs, phrase in _WHOLES:
        if by_verb.keys() >= set(verbs):
            return said_of(_label(by_verb[verbs[0]]), phrase)
    first = events[0]
    words = said_of(_label(first), PHRASES[first.verb])
    more = len({event.target_id for event in events}) - 1
    return f"{words}, and {more} more" if more else words


def _label(event: Event) -> str:
    """Return the label, between marks where it is words; half a quotation gets the mark that it lacks."""
    label = event.label
    if event.target_type not in _IN_QUOTES:
        return label
    lacks = label.count("“") - label.count("”")
    if lacks:
        return f"{label}”" if lacks > 0 else f"“{label}"
    return label if label.startswith(_OPENED) else f"“{label}”"


def said_of(label: str, phrase: str) -> str:
    before, after = around(phrase)
    return " ".join(filter(None, (before, label, after)))


def around(phrase: str) -> tuple[str, str]:
    """Return what is said before the label, and after it."""
    before, _, after = phrase.partition("…")
    return before.strip(), after.strip()
