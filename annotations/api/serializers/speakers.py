"""Speakers and outlets."""

from typing import Any

from annotations.api.references import References
from annotations.api.serializers.kept import DATES, EXTERNAL, FIXED, ID, WEB_URL
from annotations.api.shapes import (
    DAY,
    UID,
    Choice,
    Field,
    Fields,
    Many,
    Null,
    Text,
    Truth,
    answer,
    described_or_id,
    subset,
)
from annotations.exchange.records import Record, speaker_record
from annotations.speakers.actions import SpeakerChanges
from annotations.speakers.affiliations import Dated
from annotations.speakers.models import Affiliation, Speaker

TYPE = Choice(tuple(Speaker.Type.values))
NAME = Text(longest=300, blank=False)

KIND = Choice(tuple(Affiliation.Kind.values))
DATED = answer(
    "DatedAffiliation",
    {
        "body": Field(UID, "Id of the speaker it belonged to, or spoke for."),
        "kind": Field(KIND),
        "role": Field(Text(), "Office at that time."),
        "from": Field(Null(DAY), "First day; null if it is not known."),
        "to": Field(Null(DAY), "Last day; null if it is not known, or still so."),
    },
)
DATED_NEW = Fields(
    "DatedAffiliationNew",
    {
        "body": Field(UID, needed=True),
        "kind": Field(KIND, "affiliation if left out."),
        "role": Field(Text(longest=300, null_is_empty=True)),
        "from": Field(Null(DAY)),
        "to": Field(Null(DAY)),
    },
)

SPEAKER = answer(
    "Speaker",
    {
        **ID,
        **EXTERNAL,
        "name": Field(Text()),
        "type": Field(TYPE, "An outlet is a speaker of type media."),
        "role": Field(Text(), "Office or part, such as “miller”."),
        "aliases": Field(Many(Text()), "Other names."),
        "affiliation": Field(Null(UID), "Id of the speaker it belongs to."),
        "speaks_for": Field(Null(UID), "Id of the speaker it speaks for."),
        "members": Field(Many(UID), "Ids of the speakers that a group consists of."),
        "affiliations": Field(Many(DATED), "Where it belonged, or for whom it spoke, and when."),
        "named": Field(Truth(), "false for those known by description only."),
        "private": Field(Truth(), "true for people who are no public figures."),
        **WEB_URL,
        **DATES,
    },
)
SPEAKER_NEW = Fields(
    "SpeakerNew",
    {
        **EXTERNAL,
        "name": Field(NAME, needed=True),
        "type": Field(TYPE, "person if left out."),
        "role": Field(Text(longest=300, null_is_empty=True)),
        "aliases": Field(Many(NAME, most=200), "Replaces the whole list."),
        "affiliation": Field(Null(UID)),
        "speaks_for": Field(Null(UID)),
        "members": Field(Many(UID), "Replaces the whole list."),
        "affiliations": Field(Many(DATED_NEW, most=200), "Replaces the whole list."),
        "named": Field(Truth()),
        "private": Field(Truth()),
    },
    FIXED,
)
SPEAKER_CHANGE = subset("SpeakerChange", SPEAKER_NEW)
SPEAKER_NAMED = Fields(
    "SpeakerNamed",
    {"name": Field(NAME, "Name or alias.", needed=True), "type": Field(TYPE, "Of a speaker to be added.")},
)
"""Finds a speaker by name or alias, or adds one."""
SPEAKER_REFERENCE = described_or_id(SPEAKER_NAMED)


def speaker_answer(speaker: Speaker) -> Record:
    """Load `with_names()` and the study."""
    return {**speaker_record(speaker), "web_url": speaker.get_absolute_url()}


def speaker_changes(body: dict[str, Any], known: References) -> SpeakerChanges:
    values = {
        name: value for name, value in body.items() if name not in {"aliases", "members", "affiliations"}
    }
    for link in ("affiliation", "speaks_for"):
        if values.get(link):
            values[link] = known.speaker(values[link], link)
    members, dated = body.get("members"), body.get("affiliations")
    return SpeakerChanges(
        values=values,
        aliases=body.get("aliases"),
        members=None
        if members is None
        else [known.speaker(member, f"members[{i}]") for i, member in enumerate(members)],
        affiliations=None if dated is None else [_dated(each, i, known) for i, each in enumerate(dated)],
    )


def _dated(given: dict[str, Any], i: int, known: References) -> Dated:
    return Dated(
        body=known.speaker(given["body"], f"affiliations[{i}].body"),
        kind=given.get("kind", Affiliation.Kind.AFFILIATION),
        role=given.get("role", ""),
        since=given.get("from"),
        until=given.get("to"),
    )
