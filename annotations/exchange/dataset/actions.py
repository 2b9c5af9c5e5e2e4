"""Write a checked file: everything of it, in one transaction, in batches."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import IntegrityError, transaction

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
from annotations.exchange.dataset.checking import Checked, check_file, target_is_empty
from annotations.exchange.dataset.faults import DatasetInvalid
from annotations.exchange.dataset.lines import lines_again
from annotations.exchange.dataset.meaning import scheme_of_record
from annotations.exchange.dataset.presence import Presence
from annotations.exchange.dataset.rows import Keys, Record
from annotations.exchange.newest import newest_keys
from annotations.speakers.models import Affiliation, Alias, Side, Speaker
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from annotations.studies.actions import create_study, writable
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

BATCH: Final = 2500
ARTICLES: Final = 250


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
    _Writer(keys, checked).write(lines_again(file))
    after = {**checked.counts, "new_ids": namespace is not None, "above": above}
    record_event(study_id=study.pk, by=by, verb="dataset.import", target=study, after=after)
    return DatasetImport(study, checked.counts, checked.notes)


def _write_codebooks(checked: Checked, keys: Keys, by: User) -> None:
    """Store the file's codebooks as the study's own; the one that AtOdds ships is here already."""
    stored: dict[str, CodebookVersion] = {str(DEFAULT_ID): CodebookVersion.objects.get(uid=DEFAULT_ID)}
    for record in checked.codebooks:
        if record["id"] not in stored:
            scheme = replace(scheme_of_record(record), id=keys.uid(record["id"]))
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
        wanted = {record["pseudonym"] for record in found}
        made = []
        for record in found:
            pseudonym = record["pseudonym"]
            while pseudonym in taken:
                candidate = f"c{next(numbers):02d}"
                pseudonym = candidate if candidate not in wanted else pseudonym
            if pseudonym != record["pseudonym"]:
                self.checked.notes.append(f"author {record['pseudonym']} of the file is {pseudonym} here")
            taken.add(pseudonym)
            made.append(rows.author(record, self.keys, pseudonym))
        Author.objects.bulk_create(made, BATCH)
        self.keys.authors = {record["pseudonym"]: row.pk for record, row in zip(found, made, strict=True)}

    def issues(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            made = Issue.objects.bulk_create(rows.issue(record, self.keys) for record in batch)
            self.keys.issues.update((record["id"], row.pk) for record, row in zip(batch, made, strict=True))

    def speakers(self, records: Iterator[Record]) -> None:
        linked: list[Record] = []
        for batch in batches(records, BATCH):
            made = Speaker.objects.bulk_create(rows.speaker(record, self.keys) for record in batch)
            pairs = list(zip(batch, made, strict=True))
            self.keys.speakers.update((record["id"], row.pk) for record, row in pairs)
            Alias.objects.bulk_create(alias for record, row in pairs for alias in rows.aliases(record, row))
            links = ("affiliation", "speaks_for", "members", "affiliations")
            linked += [record for record in batch if any(record.get(name) for name in links)]
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
        pairs = Speaker.members.through
        pairs.objects.bulk_create(
            (
                pairs(from_speaker_id=key[record["id"]], to_speaker_id=key[member])
                for record in linked
                for member in dict.fromkeys(record.get("members", ()))
            ),
            BATCH,
        )

        dated = (row for record in linked for row in rows.affiliations(record, key))
        Affiliation.objects.bulk_create(dated, BATCH)

    def sides(self, records: Iterator[Record]) -> None:
        Side.objects.bulk_create((rows.side(record, self.keys) for record in records), BATCH)

    def claims(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            made = Claim.objects.bulk_create(rows.claim(record, self.keys) for record in batch)
            self.keys.claims.update((record["id"], row.pk) for record, row in zip(batch, made, strict=True))

    def relations(self, records: Iterator[Record]) -> None:
        ClaimRelation.objects.bulk_create((rows.relation(record, self.keys) for record in records), BATCH)

    def articles(self, records: Iterator[Record]) -> None:
        earlier: dict[str, str] = {}
        for batch in batches(records, ARTICLES):
            made = Article.objects.bulk_create(
                rows.article(record, self.keys, self.text_of(record)) for record in batch
            )
            self.keys.articles.update((record["id"], row.pk) for record, row in zip(batch, made, strict=True))
            earlier.update(
                (record["id"], record["revision_of"]) for record in batch if record.get("revision_of")
            )
        key = self.keys.articles
        superseded = [Article(pk=key[old], revised_by_id=key[new]) for new, old in earlier.items()]
        Article.objects.bulk_update(superseded, ["revised_by"], BATCH)

    def text_of(self, record: Record) -> str:
        words = record.get("text")
        if words is None:
            words = self.checked.folder.read(record["sha256"])
        if words is None:
            raise DatasetInvalid(f"The text of “{record['title']}” was there a moment ago and is gone.")
        return str(words)

    def sets(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            made = AnnotationSet.objects.bulk_create(
                rows.annotation_set(record, self.keys) for record in batch
            )
            self.keys.sets.update(
                (record["id"], (row.pk, record["codebook"])) for record, row in zip(batch, made, strict=True)
            )

    def utterances(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            made = Utterance.objects.bulk_create(rows.utterance(record, self.keys) for record in batch)
            self.keys.utterances.update(
                (record["id"], row.pk) for record, row in zip(batch, made, strict=True)
            )

    def mentions(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            Mention.objects.bulk_create(rows.mention(record, self.keys) for record in batch)

    def statements(self, records: Iterator[Record]) -> None:
        keys = self.keys
        for batch in batches(records, BATCH):
            made = Statement.objects.bulk_create(rows.statement(record, keys) for record in batch)
            pairs = list(zip(batch, made, strict=True))
            Code.objects.bulk_create(
                code
                for record, row in pairs
                for code in rows.codes(record, row, keys.codebooks[keys.sets[record["set"]][1]])
            )
            ChainLink.objects.bulk_create(
                link for record, row in pairs for link in rows.chain(record, row, keys)
            )
            StanceLink.objects.bulk_create(
                link for record, row in pairs for link in rows.stances(record, row, keys)
            )
            self.parents += [(row.pk, record["parent"]) for record, row in pairs if record.get("parent")]

    def link_parents(self) -> None:
        for batch in batches(self.parents, BATCH):
            found = self.statement_keys(parent for _, parent in batch)
            nested = [Statement(pk=child, parent_id=found[parent]) for child, parent in batch]
            Statement.objects.bulk_update(nested, ["parent"])
        self.parents = []

    def verdicts(self, records: Iterator[Record]) -> None:
        for batch in batches(records, BATCH):
            found = self.statement_keys(record[end] for record in batch for end in ("a", "b"))
            Verdict.objects.bulk_create(rows.verdict(record, self.keys, found) for record in batch)

    def statement_keys(self, given: Iterable[str]) -> dict[str, int]:
        """Return the keys of statements written before, by the file's ids."""
        by_uid = {self.keys.uid(one): one for one in given}
        stored = Statement.objects.filter(uid__in=by_uid).values_list("uid", "pk")
        return {by_uid[uid]: pk for uid, pk in stored}
