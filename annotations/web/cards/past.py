"""What happened to a statement: each change with what stood before and after, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from annotations.audit.models import Event
from annotations.codebook.vocabulary import Vocabulary
from annotations.history.phrases import PHRASES, said_of
from annotations.revisions.moving.actions import FOLLOW
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.web.cards.wording import Change, Words, names

OF_IT: Mapping[str, str] = MappingProxyType(
    {
        FOLLOW: "let it follow into the corrected text",
        "statement.discard": "deleted it",
        "statement.restore": "restored it",
    }
)
"""What is said otherwise where the statement is the one that the whole page is about."""


@dataclass(frozen=True)
class Happening:
    """One event; `step` names it where the statement can be brought back to how it stood then."""

    who: str
    phrase: str
    at: datetime
    changes: list[Change]
    step: UUID | None


def past_of(study: Study, statement: Statement, vocabulary: Vocabulary) -> list[Happening]:
    """Return what happened to the statement, the last first."""
    events = list(Event.objects.of_target(statement).with_user().newest_first())
    words = Words(study, vocabulary, events)
    who = names(study, events)
    newest = events[0].batch if events else None
    return [
        Happening(
            who=who[event.pk],
            phrase=_phrase(event.verb),
            at=event.at,
            changes=sorted(words.changes(event), key=lambda change: change.name),
            step=event.batch if event.batch != newest else None,
        )
        for event in events
    ]


def _phrase(verb: str) -> str:
    return OF_IT.get(verb) or said_of("it", PHRASES.get(verb, verb))
