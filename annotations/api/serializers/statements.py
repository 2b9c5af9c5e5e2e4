"""The shapes of statements with their spans, chain and stances, and their answer."""

from annotations.api.serializers.claims import CLAIM_REFERENCE, LABEL
from annotations.api.serializers.kept import DATES, EXTERNAL, FIXED, ID, WEB_URL
from annotations.api.serializers.speakers import SPEAKER_REFERENCE
from annotations.api.shapes import (
    DAY,
    UID,
    Choice,
    Field,
    Fields,
    Many,
    Null,
    Number,
    Table,
    Text,
    Truth,
    Whole,
    answer,
    subset,
)
from annotations.claims.stances import OPERATORS
from annotations.coding.bulk.actions import Recorded
from annotations.exchange.numerous import statement_columns, statement_record, statement_shape
from annotations.exchange.records import Record
from annotations.spans import ROLES
from annotations.statements.changes import PRECISIONS
from annotations.statements.models import Statement

OFFSET_NOTE = "Code points, half-open, into the article's text as stored."
NOTE = Text(longest=100_000, null_is_empty=True)
START_AND_END = {
    "start": Field(Whole(), OFFSET_NOTE, needed=True),
    "end": Field(Whole(), OFFSET_NOTE, needed=True),
}
WORDS = {"text": Field(Text(), "The words at this place.")}
WORDS_GIVEN = {"text": Field(Text(), "Verified if given; may be left out.")}
ROLE = {"role": Field(Choice(tuple(role.value for role in ROLES)), needed=True)}
PLACE = answer("Place", {**START_AND_END, **WORDS})
PLACE_GIVEN = Fields("PlaceGiven", {**START_AND_END, **WORDS_GIVEN})
SPAN = Fields(
    "Span",
    {
        **ROLE,
        **START_AND_END,
        "text": Field(Text(), "The words at this place.", needed=True),
        "speaker": Field(Null(UID), "Of addressee and target only: who is meant."),
    },
)
SPAN_GIVEN = Fields(
    "SpanGiven",
    {**ROLE, **START_AND_END, **WORDS_GIVEN, "speaker": Field(Null(SPEAKER_REFERENCE))},
)
PRECISION = Choice(PRECISIONS)
SAID_ON = {
    "from": Field(Null(DAY)),
    "to": Field(Null(DAY)),
    "precision": Field(PRECISION),
    "anchored": Field(Truth(), "Whether the text gives the day."),
}
CHAIN_ROLE = {"role": Field(LABEL, "Label of the variable chain_role.", needed=True)}
LINK = answer(
    "ChainLink",
    {
        "speaker": Field(UID),
        **CHAIN_ROLE,
        "uncertain": Field(Truth()),
        "source": Field(Null(PLACE)),
        "cue": Field(Null(PLACE)),
    },
)
LINK_GIVEN = Fields(
    "ChainLinkGiven",
    {
        "speaker": Field(SPEAKER_REFERENCE, needed=True),
        **CHAIN_ROLE,
        "uncertain": Field(Truth()),
        "source": Field(Null(PLACE_GIVEN)),
        "cue": Field(Null(PLACE_GIVEN)),
    },
)
AMOUNT = {
    "op": Field(Choice(OPERATORS), "~ and range run from number to number_high.", needed=True),
    "number": Field(Number(), needed=True),
    "number_high": Field(Null(Number())),
}
VALUE = answer("Value", {**AMOUNT, "as_written": Field(Text()), "span": Field(Null(PLACE))})
VALUE_GIVEN = Fields(
    "ValueGiven",
    {
        **AMOUNT,
        "as_written": Field(Text(longest=1000, null_is_empty=True)),
        "span": Field(Null(PLACE_GIVEN)),
    },
)
STANCE = {
    "stance": Field(LABEL, "Label of the variable stance.", needed=True),
    "commitment": Field(Text(longest=60, null_is_empty=True), "Label of the variable commitment, or empty."),
    "explicit": Field(Truth()),
    "presupposed": Field(Truth()),
    "label": Field(Null(Text(longest=300)), "The naming word, on a label claim."),
    "note": Field(NOTE),
}
STANCE_ANSWER = answer(
    "Stance",
    {
        "claim": Field(UID),
        **STANCE,
        "commitment": Field(Text()),
        "note": Field(Text()),
        "value": Field(Null(VALUE)),
    },
)
STANCE_GIVEN = Fields(
    "StanceGiven",
    {"claim": Field(CLAIM_REFERENCE, needed=True), **STANCE, "value": Field(Null(VALUE_GIVEN))},
)
VOICE = Field(Choice(tuple(Statement.Voice.values)))
FLAGS = {
    "voice": VOICE,
    "metonym": Field(Truth(), "A place or building stands for the speaker."),
    "collective": Field(Truth()),
}
LINKS = {
    "utterance": Field(Null(UID)),
    "parent": Field(Null(UID), "Id of the statement in which this one is nested."),
    "restates": Field(Many(UID)),
    "replies_to": Field(Many(UID)),
    "flags": Field(Many(LABEL), "Labels of the variable flags."),
}

STATEMENT = answer(
    "Statement",
    {
        **ID,
        **EXTERNAL,
        "article": Field(UID),
        "set": Field(UID),
        "spans": Field(Many(SPAN)),
        "speaker": Field(Null(UID)),
        **FLAGS,
        **LINKS,
        "codes": Field(Table(Text()), "Label by variable."),
        "said_on": Field(Null(answer("SaidOn", {**SAID_ON, "span": Field(Null(PLACE))}))),
        "chain": Field(Many(LINK), "From the original speaker outwards to the publisher."),
        "note": Field(Text()),
        "stances": Field(Many(STANCE_ANSWER)),
        "adopted_from": Field(Null(UID)),
        "created_by": Field(Text(), "Pseudonym."),
        **WEB_URL,
        **DATES,
    },
)
SERVERS = FIXED | {"set", "adopted_from", "created_by"}
GIVEN = {
    **EXTERNAL,
    "spans": Field(Many(SPAN_GIVEN, least=1, most=200), "Replaces the whole list.", needed=True),
    "speaker": Field(Null(SPEAKER_REFERENCE), "Id, or a name that is found or added."),
    **FLAGS,
    **LINKS,
    "codes": Field(Table(Null(LABEL)), "Merged by variable; null removes."),
    "said_on": Field(Null(Fields("SaidOnGiven", {**SAID_ON, "span": Field(Null(PLACE_GIVEN))}))),
    "chain": Field(Many(LINK_GIVEN, most=50), "Replaces the whole list."),
    "note": Field(NOTE),
    "stances": Field(Many(STANCE_GIVEN, most=200), "Replaces the whole list."),
}
STATEMENT_CHANGE = subset("StatementChange", Fields("", GIVEN, SERVERS | {"article"}))
STATEMENT_NEW = Fields(
    "StatementNew", {"article": Field(UID, "As in the address, if given at all."), **GIVEN}, SERVERS
)
STATEMENT_NEW_OF_STUDY = Fields(
    "StatementNewOfStudy", {"article": Field(UID, "Id of its article.", needed=True), **GIVEN}, SERVERS
)


def statement_answer(statement: Statement) -> Record:
    """Load `with_details()`, `with_set()` and the stances with their claims."""
    return {**statement_record(statement), "web_url": _web_url(statement)}


def recorded_answer(recorded: Recorded) -> Record:
    """Answer with a statement that was recorded just now as it stands, without reading it again."""
    statement, parts = recorded.statement, (recorded.chain, recorded.stances)
    chain, stances = ([part.to_json() for part in each] for each in parts)
    record = statement_shape(statement_columns(statement), dict(recorded.codes), chain, stances)
    return {**record, "web_url": _web_url(statement)}


def _web_url(statement: Statement) -> str:
    return f"{statement.annotation_set.article.get_absolute_url()}?statement={statement.uid}"
