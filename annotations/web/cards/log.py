"""A page of a study's log: who did what to which thing, where that is, and what changed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.codebook.vocabulary import Vocabulary
from annotations.exchange.formats.csv_cells import Value, to_csv
from annotations.exchange.records import moment
from annotations.history.activity import Place, has_place, places_of
from annotations.history.log import THINGS
from annotations.history.moves import move_of
from annotations.history.phrases import IN_WORDS, around, said_of
from annotations.speakers.models import Speaker
from annotations.studies.models import Study
from annotations.web.cards.wording import Change, Words, names

UUID_LENGTH = 36
HEADER = ("at", "who", "verb", "said", "thing", "id", "label", "before", "after")


@dataclass(frozen=True)
class Line:
    """One event; `address` leads to its target where that still has a page, `where` names the article around it."""

    who: str
    phrase: str
    rest: str
    thing: str
    label: str
    is_quotation: bool
    at: datetime
    address: str
    where: str
    changes: Sequence[Change]


def lines_of(study: Study, vocabulary: Vocabulary, events: Sequence[Event]) -> list[Line]:
    """Return the events in words; the number of queries does not grow with theirs."""
    words, who, addresses = Words(study, vocabulary, events), names(study, events), _Addresses(study, events)
    return [_line(event, who[event.pk], words, addresses) for event in events]


def _line(event: Event, who: str, words: Words, addresses: "_Addresses") -> Line:
    phrase, rest = around(phrase_of(event.verb))
    return Line(
        who=who,
        phrase=phrase,
        rest=rest,
        thing=THINGS.get(event.target_type, event.target_type),
        label=event.label,
        is_quotation=event.target_type == "statement",
        at=event.at,
        address=addresses.of(event),
        where=addresses.where(event),
        changes=sorted(words.changes(event), key=lambda change: change.name),
    )


def phrase_of(verb: str) -> str:
    """Return a verb in words; one that has none yet reads as it is written."""
    return IN_WORDS.get(verb) or verb.replace(".", " ").replace("_", " ")


def log_as_csv(study: Study, batches: Iterable[Sequence[Event]]) -> Iterator[bytes]:
    """Yield the events as a file, with all that changed as JSON."""
    return to_csv(HEADER, (row for batch in batches for row in _rows(study, batch)))


def _rows(study: Study, events: Sequence[Event]) -> Iterator[Sequence[Value]]:
    who = names(study, events)
    for event in events:
        move = move_of(event)
        thing = THINGS.get(event.target_type, event.target_type)
        said = said_of("", phrase_of(event.verb))
        target = event.target_id if len(event.target_id) == UUID_LENGTH else ""
        yield (
            moment(event.at),
            who[event.pk],
            event.verb,
            said,
            thing,
            target,
            event.label,
            _as_json(move.old),
            _as_json(move.new),
        )


class _Addresses:
    """The pages of what events are about, found for all of them at once; what is gone has none."""

    def __init__(self, study: Study, events: Sequence[Event]) -> None:
        self.slug = study.slug
        self.places = places_of(events)
        self.vocabulary = {
            kind: set(rows.in_study(study).filter(uid__in=_ids(events, kind)).values_list("uid", flat=True))
            for kind, rows in (("speaker", Speaker.objects), ("claim", Claim.objects))
        }

    def of(self, event: Event) -> str:
        place = self._place(event)
        if place is not None:
            address = self._page("article-detail", article=place.article)
            return f"{address}?statement={place.statement}" if place.statement else address
        if event.target_type in self.vocabulary:
            uid = UUID(event.target_id)
            known = uid in self.vocabulary[event.target_type]
            return self._page(f"{event.target_type}-detail", **{event.target_type: uid}) if known else ""
        return {"membership": self._page("member-list"), "study": self._page("study-detail")}.get(
            event.target_type, ""
        )

    def where(self, event: Event) -> str:
        """Return the title of the article around the target, which is not named by its own label."""
        place = self._place(event)
        return place.title if place and event.target_type != "article" else ""

    def _place(self, event: Event) -> Place | None:
        return self.places.get(UUID(event.target_id)) if has_place(event) else None

    def _page(self, name: str, **ids: UUID) -> str:
        return reverse(f"annotations:{name}", kwargs={"slug": self.slug, **ids})


def _ids(events: Iterable[Event], kind: str) -> list[str]:
    return [event.target_id for event in events if event.target_type == kind]


def _as_json(fields: Mapping[str, object] | None) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str) if fields else ""
