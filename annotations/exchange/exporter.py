"""A study as the stream of its records, complete as of one moment or visibly broken off."""

from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import TypeVar

from django.db.models import QuerySet

from annotations.accounts.models import User
from annotations.coding.filtering import StatementFilter
from annotations.exchange import records
from annotations.exchange.article_rows import article_records, set_records
from annotations.exchange.formats.jsonl import TYPES, to_jsonl
from annotations.exchange.privacy import name_in_files, shared_roles
from annotations.exchange.records import Record
from annotations.exchange.scope import Scope
from annotations.exchange.snapshot import snapshot
from annotations.exchange.statement_rows import statement_records
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

R = TypeVar("R", bound=Row)
CHUNK = 1000


def export_jsonl(
    study: Study, reader: User | None, wanted: StatementFilter | None = None, *, named: bool | None = None
) -> Generator[bytes]:
    """Yield the study's JSONL as `reader` may read it, or whole for None; an error breaks it off.

    Private speakers are `named` for whoever runs the installation, and else go by their role.
    """
    shown = reader is None if named is None else named
    with (
        snapshot() as alias,
        closing(study_records(Scope(study.pk, reader, alias, wanted, named=shown))) as found,
    ):
        yield from to_jsonl(found)


def study_records(scope: Scope) -> Generator[tuple[str, Record]]:
    """Yield (type, record) of everything in the scope, in the order of the types, by id within each."""
    for kind in TYPES:
        for record in READERS[kind](scope):
            yield kind, record


def speaker_line(speaker: Speaker, hidden: Container[str] | None = None) -> Record:
    """A line's `type` says what the line is, so a speaker's own type is called `speaker_type` there.

    `affiliations` stands there only where there are some. With `hidden`, the roles that several share, a private speaker goes by role.
    """
    line = records.speaker_record(speaker)
    if speaker.private and hidden is not None:
        line["name"] = name_in_files(speaker.uid, speaker.role, hidden)
        line["aliases"] = []
    if not line["affiliations"]:
        del line["affiliations"]
    line["speaker_type"] = line.pop("type")
    return line


def _speaker_lines(scope: Scope) -> Iterator[Record]:
    everybody = Speaker.objects.using(scope.using).within(scope.study_id)
    hidden = None if scope.named else shared_roles(everybody)
    return _rows(scope.speakers(), partial(speaker_line, hidden=hidden))


def _study_line(scope: Scope) -> Record:
    """A file of some of the statements says which; taken for a whole one, it would read as if others were gone."""
    line = records.study_record(scope.study())
    return {**line, "filter": dict(scope.wanted.asked)} if scope.wanted else line


def _rows(rows: QuerySet[R], shape: Callable[[R], Record], size: int = CHUNK) -> Iterator[Record]:
    return map(shape, rows.iterator(chunk_size=size))


READERS: Mapping[str, Callable[[Scope], Iterable[Record]]] = {
    "study": lambda scope: [_study_line(scope)],
    "author": lambda scope: _rows(scope.authors(), records.author_record),
    "codebook": lambda scope: _rows(scope.codebooks(), records.codebook_record),
    "issue": lambda scope: _rows(scope.issues(), records.issue_record),
    "speaker": _speaker_lines,
    "side": lambda scope: _rows(scope.sides(), records.side_record),
    "claim": lambda scope: _rows(scope.claims(), records.claim_record),
    "claim_relation": lambda scope: _rows(scope.relations(), records.relation_record),
    "article": article_records,
    "set": set_records,
    "utterance": lambda scope: _rows(scope.utterances(), records.utterance_record),
    "mention": lambda scope: _rows(scope.mentions(), records.mention_record),
    "statement": statement_records,
    "verdict": lambda scope: _rows(scope.verdicts(), records.verdict_record),
}
