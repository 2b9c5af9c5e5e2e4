"""Write a checked file: everything of it, in one transaction, in batches."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import IntegrityError, transaction
from django.db.models import Model

from annotations.accounts.models import User
from annotations.audit.actions import record as record_event
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.codebook.actions import publish_scheme
from annotations.codebook.default import DEFAULT_ID
from annotations.codebook.models import CodebookVersion, Variable
from annotations.codebook.vocabulary import Vocabulary
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.errors import Conflict
from annotations.exchange.batches import batches
from annotations.exchange.dataset import rows
from annotations.exchange.dataset.bulk import Columns, count_anew, insert_rows, next_keys
from annotations.exchange.dataset.checking import Checked, check_file, target_is_empty
from annotations.exchange.dataset.copying import copies_in_step
from annotations.exchange.dataset.faults import DatasetInvalid
from annotations.exchange.dataset.lines import lines_again
from annotations.exchange.dataset.meaning import scheme_of_record
from annotations.exchange.dataset.presence import MODELS, Presence
from annotations.exchange.dataset.references import references_checked_at_the_end
from annotations.exchange.dataset.rows import Keys, Record
from annotations.exchange.newest import newest_keys
from annotations.speakers.models import Affiliation, Alias, Side, Speaker
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from annotations.studies.actions import create_study, writable
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

BATCH: Final = 200
ARTICLES: Final = 100
KEYED: Final = ("author", "issue", "speaker", "claim", "article", "set", "utterance", "statement")
"""What others refer to, so that its keys are taken beforehand."""
WRITTEN: Final[tuple[type[Model], ...]] = (
    Author, Issue, Speaker, Alias, Affiliation, Speaker.members.through, Side, Claim, ClaimRelation, Article, AnnotationSet,
    Utterance, Mention, Statement, Code, ChainLink, StanceLink, Verdict,
)  # fmt: skip


@dataclass(frozen=True)
class DatasetImport:
    """What a file holds and, unless `study` is None for a dry run, where it went."""

    study: Study | None
    counts: Mapping[str, int]
    notes: list[str] = field(default_factory=list)


def import_dataset(
    *,
    file: BinaryIO,
    slug: str,
    by: User,
    texts: Path | None = None,
    new_ids: bool = False,
    dry_run: bool = False,
) -> DatasetImport:
    """Read an own JSONL file into a study, which is made when there is none; all of it or nothing.

    An empty study becomes what the file's was: id, name, mode, codebooks. The file is read twice, once to
    check every line and once to write, and never held whole; it must not change in between.
    """
    study = writable(slug)
    empty = study is None or target_is_empty(study)
    presence = Presence(study=None if empty else study, takes_study_id=empty, new_ids=new_ids)
    checked = check_file(file, texts=texts, presence=presence)
    if dry_run:
        return DatasetImport(None, checked.counts, checked.notes)
    namespace = uuid.uuid4() if new_ids else None
    try:
        return _import(file, checked, slug=slug, by=by, empty=empty, namespace=namespace)
    except IntegrityError as error:
        raise Conflict(
            "While the file was being imported somebody else wrote something that it holds too. Nothing was"
            " imported; do it again."
        ) from error


@transaction.atomic
def _import(
    file: BinaryIO, checked: Checked, *, slug: str, by: User, empty: bool, namespace: uuid.UUID | None
) -> DatasetImport:
    study = Study.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    study = study or create_study(name=checked.study["name"], slug=slug, by=by)
    if empty and not target_is_empty(study):
        raise Conflict(f"The study “{study.name}” is not empty any more; do it again.")
    keys = Keys(study, namespace)
    if empty:
        Study.objects.filter(pk=study.pk).update(**rows.study_columns(checked.study, keys))
        study.refresh_from_db()
    _write_codebooks(checked, keys, by)
    above = newest_keys()
    with references_checked_at_the_end(WRITTEN), copies_in_step():
        _Writer(keys, checked).write(lines_again(file))
    count_anew(WRITTEN, sum(checked.counts.values()))
    after = {**checked.counts, "new_ids": namespace is not None, "above": above}
    record_event(study_id=study.pk, by=by, verb="dataset.import", target=study, after=after)
    return DatasetImport(study, checked.counts, checked.notes)


def _write_codebooks(checked: Checked, keys: Keys, by: User) -> None:
    """Store the file's codebooks as the study's own; the one that AtOdds ships is here already."""
    stored: dict[str, CodebookVersion] = {str(DEFAULT_ID): CodebookVersion.objects.get(uid=DEFAULT_ID)}
    for record in checked.codebooks:
        if record["id"] not in stored:
            scheme = replace(scheme_of_record(record), id=uuid.UUID(keys.uid(record["id"])))
            if CodebookVersion.objects.filter(study=keys.study, number=scheme.version).exists():
                raise Conflict(
                    f"The study has a codebook {scheme.version} of its own; import into an empty study."
                )
            stored[record["id"]] = publish_scheme(scheme=scheme, study=keys.study, by=by)
    for record in checked.codebooks:
        if record["id"] != str(DEFAULT_ID):
            origin = stored.get(record.get("derived_from") or "")
            CodebookVersion.objects.filter(pk=stored[record["id"]].pk).update(
                derived_from=origin, **rows.codebook_columns(record)
            )
    keys.codebooks.update((uid, _vocabulary(version)) for uid, version in stored.items())


def _vocabulary(version: CodebookVersion) -> Vocabulary:
    """Read the labels past the cache of published versions, which must not learn of rows that may be undone."""
    variables = list(Variable.objects.filter(codebook=version).prefetch_related("labels"))
    return Vocabulary(
        codebook_id=version.pk,
        variables={variable.slug: variable for variable in variables},
        labels={
            variable.slug: {label.slug: label for label in variable.labels.all()} for variable in variables
        },
    )


class _Writer:
    """Writes the lines of each type in turn, noting the keys that later lines need."""

    def __init__(self, keys: Keys, checked: Checked) -> None:
        self.keys, self.checked = keys, checked
        self.parents: list[tuple[int, str]] = []
        self.fresh = {kind: next_keys(MODELS[kind], checked.counts[kind]) for kind in KEYED}
        self.write_kind: Mapping[str, Callable[[Iterator[Record]], None]] = {
            "author": self.authors,
            "issue": self.issues,
            "speaker": self.speakers,
            "side": self.sides,
            "claim": self.claims,
            "claim_relation": self.relations,
            "article": self.articles,
            "set": self.sets,
            "utterance": self.utterances,
            "mention": self.mentions,
            "statement": self.statements,
            "verdict": self.verdicts,
        }

    def write(self, lines: Iterable[tuple[str, dict[str, Any]]]) -> None:
        for kind, group in groupby(lines, key=lambda line: line[0]):
            if kind == "verdict":
                self.link_parents()
            if kind in self.write_kind:
                self.write_kind[kind](record for _, record in group)
        self.link_parents()

    def authors(self, records: Iterator[Record]) -> None:
        """A pseudonym that a member of the study has already is not theirs to share: the next free one is taken."""
        taken = set(Author.objects.in_study(self.keys.study).values_list("pseudonym", flat=True))
        found, numbers = list(records), iter(range(1, 10**6))
        wanted, here = {record["pseudonym"] for record in found}, {}
        for record in found:
            pseudonym = record["pseudonym"]
            while pseudonym in taken:
                candidate = f"c{next(numbers):02d}"
                pseudonym = candidate if candidate not in wanted else pseudonym
            if pseudonym != record["pseudonym"]:
                self.checked.notes.append(f"author {record['pseudonym']} of the file is {pseudonym} here")
            taken.add(pseudonym)
            here[record["pseudonym"]] = pseudonym
        for record, key in self.keyed("author", found, lambda record, keys: rows.author(record, keys, here)):
            self.keys.authors[record["pseudonym"]] = key

    def keyed(
        self,
        kind: str,
        records: Iterable[Record],
        columns: Callable[[Record, Keys], Columns],
        size: int = BATCH,
    ) -> Iterator[tuple[Record, int]]:
        """Insert a row for each record and yield the records with their keys."""
        for pairs in batches(zip(records, self.fresh[kind], strict=True), size):
            insert_rows(MODELS[kind], [{"id": key, **columns(record, self.keys)} for record, key in pairs])
            yield from pairs

    def insert(
        self, model: type[Model], records: Iterable[Record], columns: Callable[[Record, Keys], Columns]
    ) -> None:
        """Insert a row for each record that nothing refers to."""
        for batch in batches(records, BATCH):
            insert_rows(model, [columns(record, self.keys) for record in batch])

    def issues(self, records: Iterator[Record]) -> None:
        for record, key in self.keyed("issue", records, rows.issue):
            self.keys.issues[record["id"]] = key

    def speakers(self, records: Iterator[Record]) -> None:
        aliases: list[Columns] = []
        linked: list[Record] = []
        for record, key in self.keyed("speaker", records, rows.speaker):
            self.keys.speakers[record["id"]] = key
            aliases += rows.aliases(record, key)
            if any(record.get(name) for name in ("affiliation", "speaks_for", "members", "affiliations")):
                linked.append(record)
        insert_rows(Alias, aliases)
        self.link_speakers(linked)

    def link_speakers(self, linked: list[Record]) -> None:
        key = self.keys.speakers
        changed = [
            Speaker(
                pk=key[record["id"]],
                affiliation_id=key.get(record.get("affiliation") or ""),
                speaks_for_id=key.get(record.get("speaks_for") or ""),
            )
            for record in linked
        ]
        Speaker.objects.bulk_update(changed, ["affiliation", "speaks_for"], BATCH)
        pairs = [
            {"from_speaker_id": key[record["id"]], "to_speaker_id": key[member]}
            for record in linked
            for member in dict.fromkeys(record.get("members", ()))
        ]
        insert_rows(Speaker.members.through, pairs)

        insert_rows(Affiliation, [row for record in linked for row in rows.affiliations(record, key)])

    def sides(self, records: Iterator[Record]) -> None:
        self.insert(Side, records, rows.side)

    def claims(self, records: Iterator[Record]) -> None:
        for record, key in self.keyed("claim", records, rows.claim):
            self.keys.claims[record["id"]] = key

    def relations(self, records: Iterator[Record]) -> None:
        self.insert(ClaimRelation, records, rows.relation)

    def articles(self, records: Iterator[Record]) -> None:
        earlier: dict[str, str] = {}
        for record, key in self.keyed("article", records, self.article, ARTICLES):
            self.keys.articles[record["id"]] = key
            if record.get("revision_of"):
                earlier[record["id"]] = record["revision_of"]
        keys = self.keys.articles
        superseded = [Article(pk=keys[old], revised_by_id=keys[new]) for new, old in earlier.items()]
        Article.objects.bulk_update(superseded, ["revised_by"], BATCH)

    def article(self, record: Record, keys: Keys) -> Columns:
        words = record.get("text")
        if words is None:
            words = self.checked.folder.read(record["sha256"])
        if words is None:
            raise DatasetInvalid(f"The text of “{record['title']}” was there a moment ago and is gone.")
        return rows.article(record, keys, words)

    def sets(self, records: Iterator[Record]) -> None:
        for record, key in self.keyed("set", records, rows.annotation_set):
            self.keys.sets[record["id"]] = key, record["codebook"]

    def utterances(self, records: Iterator[Record]) -> None:
        for record, key in self.keyed("utterance", records, rows.utterance):
            self.keys.utterances[record["id"]] = key

    def mentions(self, records: Iterator[Record]) -> None:
        self.insert(Mention, records, rows.mention)

    def statements(self, records: Iterator[Record]) -> None:
        keys = self.keys
        for pairs in batches(self.keyed("statement", records, rows.statement), BATCH):
            insert_rows(
                Code,
                [
                    code
                    for record, key in pairs
                    for code in rows.codes(record, key, keys.codebooks[keys.sets[record["set"]][1]])
                ],
            )
            insert_rows(ChainLink, [link for record, key in pairs for link in rows.chain(record, key, keys)])
            insert_rows(
                StanceLink, [link for record, key in pairs for link in rows.stances(record, key, keys)]
            )
            self.parents += [(key, record["parent"]) for record, key in pairs if record.get("parent")]

    def link_parents(self) -> None:
        for batch in batches(self.parents, BATCH):
            found = self.statement_keys(parent for _, parent in batch)
            nested = [Statement(pk=child, parent_id=found[parent]) for child, parent in batch]
            Statement.objects.bulk_update(nested, ["parent"])
        self.parents = []

    def verdicts(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            found = self.statement_keys(record[end] for record in batch for end in ("a", "b"))
            insert_rows(Verdict, [rows.verdict(record, self.keys, found) for record in batch])

    def statement_keys(self, given: Iterable[str]) -> dict[str, int]:
        """Return the keys of statements written before, by the file's ids."""
        by_uid = {self.keys.uid(one): one for one in given}
        stored = Statement.objects.filter(uid__in=by_uid).values_list("uid", "pk")
        return {by_uid[uid.hex]: pk for uid, pk in stored}
