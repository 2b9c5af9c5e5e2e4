"""Who speaks in each statement and by whose word it is known: names and chains, once all statements are there."""

from annotations.extraction.names import Entity, bare
from annotations.extraction.results import Link, Report
from annotations.extraction.source_types import on_record, source_type_of
from annotations.extraction.speakers import Speakers

_DEEPEST = 8


def set_speakers(speakers: Speakers, reports: list[Report], publisher: frozenset[str]) -> None:
    """Set the speaker's canonical name and the chain of every report, in the order of the text.

    `publisher` has the words by which the outlet names itself: it is no relay of what it was told.
    """
    own: dict[int, list[Link]] = {}
    for i in sorted(range(len(reports)), key=lambda i: _position(reports[i])):
        report = reports[i]
        entity = _speaker(speakers, report)
        words = speakers.words(report.quote.speaker[0]) if report.quote.speaker else ""
        report.quote.speaker_name = entity.name if entity else None
        report.quote.source_type = source_type_of(entity, words)
        report.quote.on_record = on_record(entity, words)
        own[i] = [Link(entity.name, "original")] if entity else []
        for place, uncertain in report.relays:
            relay = speakers.resolve(place)
            if relay is not None and relay is not entity and not _is_publisher(relay, publisher):
                own[i].append(Link(relay.name, "relay", uncertain))
    for i, report in enumerate(reports):
        report.quote.chain = _through_parents(reports, own, i)


def _is_publisher(entity: Entity, publisher: frozenset[str]) -> bool:
    return all(bare(word) in publisher for word in entity.name.split())


def _position(report: Report) -> int:
    return (report.quote.speaker or report.quote.cue or report.quote.spans)[0][0]


def _speaker(speakers: Speakers, report: Report) -> Entity | None:
    if report.quote.speaker:
        return speakers.resolve(report.quote.speaker[0])
    return speakers.latest(_position(report)) if report.continues else None


def _through_parents(reports: list[Report], own: dict[int, list[Link]], i: int) -> list[Link]:
    """Return a statement's links, then those of the statements that it stands in: each passes it on."""
    chain = list(own[i])
    parent = reports[i].quote.parent
    for _ in range(_DEEPEST):
        if parent is None or not chain:
            break
        names = {link.name for link in chain}
        chain += [Link(one.name, "relay", one.uncertain) for one in own[parent] if one.name not in names]
        parent = reports[parent].quote.parent
    return chain
