"""What a type-ahead offers: rows to choose from and, last, the row that makes a new one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from annotations.claims.models import Claim, Issue
from annotations.codebook.vocabulary import Vocabulary
from annotations.speakers.models import Speaker, name_key

SHOWN = 8


@dataclass(frozen=True)
class Option:
    """`value` goes into the form, or `href` is fetched into `target`; `note` tells like names apart."""

    name: str
    note: str = ""
    value: str = ""
    href: str = ""
    target: str = ""
    creates: bool = False


def speaker_options(speakers: Iterable[Speaker], words: str) -> list[Option]:
    return [
        Option(speaker.name, _speaker_note(speaker, name_key(words)), str(speaker.uid))
        for speaker in speakers
    ]


def _speaker_note(speaker: Speaker, key: str) -> str:
    """Return type, role and affiliation, and the alias by which it was found if the name is not it."""
    parts = [speaker.get_type_display().lower(), speaker.role]
    if speaker.affiliation and speaker.affiliation.name not in speaker.role:
        parts.append(speaker.affiliation.name)
    if key not in speaker.name_key:
        parts.insert(0, next((f"“{a.name}”" for a in speaker.aliases.all() if key in a.key), ""))
    return ", ".join(part for part in parts if part)


def claim_options(claims: Iterable[Claim], vocabulary: Vocabulary, slug: str, statement: str) -> list[Option]:
    """Choosing a claim opens its row in the statement's card."""
    card = reverse("annotations:statement-card", args=[slug, statement])
    return [
        Option(
            claim.text,
            _claim_note(claim, vocabulary),
            href=f"{card}?{urlencode({'claim': claim.uid})}",
            target=f"#s-{statement}",
        )
        for claim in claims
    ]


def claim_names(claims: Iterable[Claim], vocabulary: Vocabulary) -> list[Option]:
    """Choosing a claim takes its wording."""
    return [Option(claim.text, _claim_note(claim, vocabulary), str(claim.uid)) for claim in claims]


def _claim_note(claim: Claim, vocabulary: Vocabulary) -> str:
    parts = (vocabulary.name_of("claim_kind", claim.kind), claim.issue.name if claim.issue else "")
    return ", ".join(part for part in parts if part)


def issue_options(issues: Iterable[Issue]) -> list[Option]:
    return [Option(issue.name, value=str(issue.uid)) for issue in issues]


def creating(what: str, words: str, address: str, query: Mapping[str, str], target: str) -> Option:
    """Return the row that opens the small form for a new `what` of these words."""
    return Option(
        f"Create {what} “{words}”", href=f"{address}?{urlencode(query)}", target=target, creates=True
    )
