"""Who is named by some statements, so that a part of a study can be taken out whole."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from annotations.speakers.models import Affiliation, Side, Speaker, SpeakerQuerySet
from annotations.statements.models import ChainLink, StatementQuerySet


def named_by(statements: StatementQuerySet, speakers: SpeakerQuerySet) -> Q:
    """Return the condition of the speakers that the statements name, and of all whom those are linked with.

    Statements name who speaks, the links of their chains, addressees and targets, the speaker of their
    utterance and the outlet of their article.
    """
    rows = statements.order_by()
    chain = ChainLink.objects.using(statements.db).filter(statement__in=rows)
    named = (
        Q(pk__in=rows.values("speaker"))
        | Q(pk__in=rows.values("utterance__speaker"))
        | Q(pk__in=rows.values("annotation_set__article__outlet"))
        | Q(pk__in=chain.values("speaker"))
        | Q(uid__in=_in_spans(rows))
    )
    found = set(speakers.filter(named).values_list("pk", flat=True))
    return named | Q(pk__in=_reached(found, _links(speakers)) - found)


def _in_spans(rows: StatementQuerySet) -> set[str]:
    """Return the public ids of speakers that spans name."""
    naming = rows.annotate(written=Cast("spans", TextField())).filter(written__contains='"speaker"')
    found = (span.get("speaker") for spans in naming.values_list("spans", flat=True) for span in spans)
    return {uid for uid in found if uid}


def _links(speakers: SpeakerQuerySet) -> Mapping[int, list[int]]:
    """Return whom each speaker is linked with: affiliation, whom they speak for, members, side, once or now."""
    links: dict[int, list[int]] = defaultdict(list)
    pairs = Speaker.members.through.objects.using(speakers.db).filter(from_speaker__in=speakers)
    for rows in (
        speakers.values_list("pk", "affiliation"),
        speakers.values_list("pk", "speaks_for"),
        pairs.values_list("from_speaker", "to_speaker"),
        Affiliation.objects.using(speakers.db).filter(speaker__in=speakers).values_list("speaker", "body"),
        Side.objects.using(speakers.db).filter(speaker__in=speakers).values_list("speaker", "side"),
    ):
        for one, other in rows:
            if other is not None:
                links[one].append(other)
    return links


def _reached(start: set[int], links: Mapping[int, list[int]]) -> set[int]:
    """Return the keys from which a link leads on, and where all links from there lead."""
    reached, ahead = set(start), list(start)
    while ahead:
        new = [other for other in links.get(ahead.pop(), ()) if other not in reached]
        reached.update(new)
        ahead.extend(new)
    return reached
