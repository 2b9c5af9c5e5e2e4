"""The CSV tables: one of statements and stance links, and one for everything that has several values.

docs/formats.md describes the columns. Private speakers appear with their role in place of their name.
"""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.codebook.models import Variable
from annotations.coding.filtering import StatementFilter
from annotations.exchange.batches import batches
from annotations.exchange.columns import AsText, PublicId, moment_of_text, parsed
from annotations.exchange.formats.csv_cells import Value, to_csv
from annotations.exchange.privacy import name_in_files, shared_roles
from annotations.exchange.records import Record, moment
from annotations.exchange.scope import Scope
from annotations.exchange.snapshot import snapshot
from annotations.exchange.statement_rows import (
    BATCH,
    PARENT,
    Names,
    codes_of,
    parents_kept,
    stances_of,
    statement_records,
)
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

Row = Sequence[Value]
COLUMNS: Final = (
    "pk",
    PublicId("uid"),
    "external_id",
    PublicId("annotation_set__article__uid"),
    "annotation_set__article__external_id",
    "annotation_set__article__title",
    PublicId("annotation_set__article__outlet__uid"),
    "annotation_set__article__published_on",
    PublicId("annotation_set__uid"),
    "annotation_set__kind",
    "annotation_set__author__pseudonym",
    "created_by__pseudonym",
    "voice",
    "start",
    "end",
    "quotation",
    "speaker",
    "metonym",
    "collective",
    AsText("said_on"),
    PublicId("utterance__uid"),
    PARENT,
    PublicId("adopted_from"),
    "note",
    AsText("created_at"),
    AsText("updated_at"),
    "version",
)
PARENT_AT: Final = COLUMNS.index(PARENT)
BEFORE_CODES: Final = (
    "statement", "external_id", "article", "article_external_id", "article_title", "outlet", "outlet_name",
    "published_on", "set", "set_kind", "set_author", "coder", "voice", "start", "end", "quotation", "speaker",
    "speaker_name", "speaker_type", "metonym", "collective",
)  # fmt: skip
AFTER_CODES: Final = (
    "said_from", "said_to", "said_precision", "said_anchored", "utterance", "parent", "adopted_from", "note",
    "created_at", "updated_at", "version", "claim", "claim_external_id", "claim_text", "claim_kind", "issue",
    "issue_name", "stance", "commitment", "explicit", "presupposed", "label", "value_op", "value_number",
    "value_number_high", "value_as_written", "stance_note",
)  # fmt: skip
NO_STANCE: Final[Row] = (None,) * (len(AFTER_CODES) - AFTER_CODES.index("claim"))


class Shown(NamedTuple):
    """What a file says of a speaker; of a `hidden` one it keeps back how the text names them, too."""

    name: str
    type: str
    hidden: bool

    def words(self, span: Mapping[str, Any]) -> str | None:
        return "" if self.hidden and span else span.get("text")


@dataclass(frozen=True)
class Table:
    header: Callable[[Scope], Sequence[str]]
    rows: Callable[[Scope], Iterator[Row]]


def export_csv(
    study: Study,
    reader: User | None,
    table: str,
    wanted: StatementFilter | None = None,
    sort: str = "",
    *,
    named: bool = False,
) -> Generator[bytes]:
    """Yield one table of the study as `reader` may read it, or whole for None; an error breaks it off."""
    with snapshot() as alias:
        scope = Scope(study.pk, reader, alias, wanted, sort, named=named)
        header, rows = TABLES[table].header(scope), TABLES[table].rows(scope)
        with closing(to_csv(header, rows)) as found:
            yield from found


def _variables(scope: Scope) -> list[str]:
    """Return the variables of statements in all codebooks concerned, each once, in their order."""
    books = scope.codebooks().order_by().values("pk")
    rows = Variable.objects.using(scope.using).filter(codebook__in=books, scope="statement")
    return list(dict.fromkeys(rows.order_by("order", "pk").values_list("slug", flat=True)))


def _statement_header(scope: Scope) -> list[str]:
    """A variable of the study's own that is called like one of our columns gets `code_` in front."""
    taken = {*BEFORE_CODES, *AFTER_CODES}
    codes = [f"code_{slug}" if slug in taken else slug for slug in _variables(scope)]
    return [*BEFORE_CODES, *codes, *AFTER_CODES]


def _statement_rows(scope: Scope) -> Iterator[Row]:
    table = _StatementTable(_variables(scope), Names.read(scope), _speakers(scope), _claims(scope))
    codes, stances = codes_of(scope, table.names), stances_of(scope, table.names)
    rows = scope.statements().values_list(*COLUMNS).iterator(chunk_size=BATCH)
    for batch in batches(rows, BATCH):
        parents = parents_kept(scope, (row[PARENT_AT] for row in batch))
        for row in batch:
            common = table.common(row, dict(codes.of(row[0])), parents)
            links = [table.stance(link) for link in stances.of(row[0])]
            for link in links or [NO_STANCE]:
                yield (*common, *link)
    codes.end()
    stances.end()


@dataclass(frozen=True)
class _StatementTable:
    """What the rows of statements need to know of the study."""

    variables: list[str]
    names: Names
    speakers: Mapping[str, Shown]
    claims: Mapping[str, Row]

    def common(self, row: tuple[Any, ...], codes: Mapping[str, str], parents: Collection[str]) -> Row:
        (
            _, uid, external_id, article, article_external_id, title, outlet, *before, speaker, metonym,
            collective, said_on, utterance, parent, adopted_from, note, created_at, updated_at, version,
        ) = row  # fmt: skip
        speaker_id = self.names.speakers[speaker] if speaker else None
        name, type_ = self.speakers[speaker_id][:2] if speaker_id else (None, None)
        outlet_name = self.speakers[outlet].name if outlet else None
        said = parsed(said_on) or {}
        return (
            uid, external_id, article, article_external_id, title, outlet, outlet_name, *before,
            speaker_id, name, type_, metonym, collective, *map(codes.get, self.variables),
            said.get("from"), said.get("to"), said.get("precision"), said.get("anchored"),
            utterance, parent if parent in parents else None, adopted_from, note,
            moment_of_text(created_at), moment_of_text(updated_at), version,
        )  # fmt: skip

    def stance(self, link: Record) -> Row:
        claim, value = link["claim"], link["value"] or {}
        return (
            claim, *self.claims[claim], link["stance"], link["commitment"], link["explicit"],
            link["presupposed"], link["label"], value.get("op"), value.get("number"), value.get("number_high"),
            value.get("as_written"), link["note"],
        )  # fmt: skip


def _speakers(scope: Scope) -> dict[str, Shown]:
    """Return what the file says of every speaker."""
    rows = Speaker.objects.using(scope.using).within(scope.study_id)
    shared = shared_roles(rows)
    found = {}
    for uid, name, kind, private, role in rows.values_list("uid", "name", "type", "private", "role"):
        hidden = private and not scope.named
        found[str(uid)] = Shown(name_in_files(uid, role, shared) if hidden else name, kind, hidden)
    return found


def _claims(scope: Scope) -> dict[str, Row]:
    """Return external id, wording, kind and issue of every claim."""
    rows = Claim.objects.using(scope.using).within(scope.study_id)
    columns = rows.values_list("uid", "external_id", "text", "kind", "issue__uid", "issue__name")
    return {
        str(uid): (external_id, text, kind, _text(issue), issue_name)
        for uid, external_id, text, kind, issue, issue_name in columns.iterator()
    }


def _span_rows(scope: Scope) -> Iterator[Row]:
    speakers = _speakers(scope)
    for record in statement_records(scope):
        seen: dict[str, int] = {}
        for span in record["spans"]:
            role, speaker = span["role"], span.get("speaker")
            position = seen[role] = seen.get(role, -1) + 1
            named = speakers.get(speaker or (record["speaker"] if role == "source" else None) or "")
            yield (
                record["id"],
                record["article"],
                role,
                position,
                span["start"],
                span["end"],
                named.words(span) if named else span["text"],
                speaker,
                speakers[speaker].name if speaker else None,
            )


def _chain_rows(scope: Scope) -> Iterator[Row]:
    speakers = _speakers(scope)
    for record in statement_records(scope):
        for position, link in enumerate(record["chain"]):
            speaker = speakers[link["speaker"]]
            source, cue = link["source"] or {}, link["cue"] or {}
            yield (
                record["id"], position, link["speaker"], speaker.name, speaker.type, link["role"], link["uncertain"],
                source.get("start"), source.get("end"), speaker.words(source),
                cue.get("start"), cue.get("end"), cue.get("text"),
            )  # fmt: skip


def _code_rows(scope: Scope) -> Iterator[Row]:
    for record in statement_records(scope):
        for variable, label in sorted(record["codes"].items()):
            yield record["id"], variable, label
        for flag in record["flags"]:
            yield record["id"], "flags", flag


def _speaker_rows(scope: Scope) -> Iterator[Row]:
    names = _speakers(scope)
    rows = scope.speakers().select_related("side__side").prefetch_related(None)
    for speaker in rows.iterator(chunk_size=1000):
        side = speaker.side.side if hasattr(speaker, "side") else None
        linked = [
            str(other.uid) if other else None for other in (speaker.affiliation, speaker.speaks_for, side)
        ]
        beside = [value for uid in linked for value in (uid, names[uid].name if uid else None)]
        name = names[str(speaker.uid)].name
        yield (
            str(speaker.uid), speaker.external_id, name, speaker.type, speaker.role, *beside, speaker.named,
            speaker.private, moment(speaker.created_at), moment(speaker.updated_at), speaker.version,
        )  # fmt: skip


def _claim_rows(scope: Scope) -> Iterator[Row]:
    for claim in scope.claims().iterator(chunk_size=1000):
        quantity, issue = claim.quantity or {}, claim.issue
        yield (
            str(claim.uid), claim.external_id, claim.text, claim.kind, str(issue.uid) if issue else None,
            issue.name if issue else None, quantity.get("measure"), quantity.get("unit"), claim.note,
            moment(claim.created_at), moment(claim.updated_at), claim.version,
        )  # fmt: skip


def _text(uid: UUID | None) -> str | None:
    return str(uid) if uid else None


def _fixed(*columns: str) -> Callable[[Scope], Sequence[str]]:
    return lambda scope: columns


TABLES: Final[Mapping[str, Table]] = {
    "statements": Table(_statement_header, _statement_rows),
    "spans": Table(
        _fixed("statement", "article", "role", "position", "start", "end", "text", "speaker", "speaker_name"),
        _span_rows,
    ),
    "chain": Table(
        _fixed(
            "statement", "position", "speaker", "speaker_name", "speaker_type", "role", "uncertain",
            "source_start", "source_end", "source_text", "cue_start", "cue_end", "cue_text",
        ),
        _chain_rows,
    ),
    "codes": Table(_fixed("statement", "variable", "label"), _code_rows),
    "speakers": Table(
        _fixed(
            "speaker", "external_id", "name", "type", "role", "affiliation", "affiliation_name", "speaks_for",
            "speaks_for_name", "side", "side_name", "named", "private", "created_at", "updated_at", "version",
        ),
        _speaker_rows,
    ),
    "claims": Table(
        _fixed(
            "claim", "external_id", "text", "kind", "issue", "issue_name", "measure", "unit", "note",
            "created_at", "updated_at", "version",
        ),
        _claim_rows,
    ),
}  # fmt: skip
