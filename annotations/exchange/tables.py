"""The CSV tables: one of statements and stance links, and one for everything that has several values.

docs/formats.md describes the columns. Private speakers appear with their role in place of their name.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from annotations.accounts.models import User
from annotations.coding.filtering import StatementFilter
from annotations.exchange.formats.csv_cells import Value, csv_of_lines, row_writer
from annotations.exchange.privacy import shown_speakers
from annotations.exchange.records import moment
from annotations.exchange.scope import Scope
from annotations.exchange.snapshot import snapshot
from annotations.exchange.statement_rows import statement_records
from annotations.exchange.statement_table import statement_header, statement_lines
from annotations.studies.models import Study

Row = Sequence[Value]


@dataclass(frozen=True)
class Table:
    header: Callable[[Scope], Sequence[str]]
    lines: Callable[[Scope], Generator[str]]


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
        header, lines = TABLES[table].header(scope), TABLES[table].lines(scope)
        with closing(lines), closing(csv_of_lines(header, lines)) as found:
            yield from found


def _span_rows(scope: Scope) -> Iterator[Row]:
    speakers = shown_speakers(scope)
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
    speakers = shown_speakers(scope)
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
    names = shown_speakers(scope)
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


def _fixed(columns: Sequence[str], rows: Callable[[Scope], Iterator[Row]]) -> Table:
    """Return a table that has the same columns in every study."""

    def lines(scope: Scope) -> Generator[str]:
        yield from map(row_writer(), rows(scope))

    return Table(lambda scope: columns, lines)


TABLES: Final[Mapping[str, Table]] = {
    "statements": Table(statement_header, statement_lines),
    "spans": _fixed(
        ("statement", "article", "role", "position", "start", "end", "text", "speaker", "speaker_name"),
        _span_rows,
    ),
    "chain": _fixed(
        (
            "statement", "position", "speaker", "speaker_name", "speaker_type", "role", "uncertain",
            "source_start", "source_end", "source_text", "cue_start", "cue_end", "cue_text",
        ),
        _chain_rows,
    ),
    "codes": _fixed(("statement", "variable", "label"), _code_rows),
    "speakers": _fixed(
        (
            "speaker", "external_id", "name", "type", "role", "affiliation", "affiliation_name", "speaks_for",
            "speaks_for_name", "side", "side_name", "named", "private", "created_at", "updated_at", "version",
        ),
        _speaker_rows,
    ),
    "claims": _fixed(
        (
            "claim", "external_id", "text", "kind", "issue", "issue_name", "measure", "unit", "note",
            "created_at", "updated_at", "version",
        ),
        _claim_rows,
    ),
}  # fmt: skip
