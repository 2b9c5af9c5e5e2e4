"""Load whole files: every row of them, or none."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.codebook.models import CodebookVersion
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.errors import Invalid
from annotations.exchange.gold.document import read_document
from annotations.exchange.gold.reader import read_rows, refuse_what_is_taken
from annotations.exchange.gold.rows import GoldRows
from annotations.exchange.gold.statements import parents_of_statements
from annotations.exchange.gold.vocabulary import links_of_speakers
from annotations.exchange.models import GoldFile
from annotations.exchange.newest import newest_keys
from annotations.exchange.places import Place, fault
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from annotations.studies.actions import create_study, writable
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

BATCH = 1000


@dataclass(frozen=True)
class GoldImport:
    """What a gold file brought; `counts` is empty when the study held the file already."""

    study: Study
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def was_there(self) -> bool:
        return not self.counts


@transaction.atomic
def import_gold(
    *, raw: bytes, texts: Path, slug: str, by: User, name: str = "", text_may_leave: bool = False
) -> GoldImport:
    """Load a `news-claims-gold/1` file into the shared sets of a study, which is made when there is none.

    The work is credited to the pseudonym that the file gives as `annotator`. The same file again
    changes nothing. A fault is named by its JSON path, and then nothing is loaded.
    """
    root, sha256 = read_document(raw), hashlib.sha256(raw).hexdigest()
    study = writable(slug)
    if study is None:
        study = create_study(name=name or root["title"].text(200, default="") or slug, slug=slug, by=by)
    Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    if GoldFile.objects.filter(study=study, sha256=sha256).exists():
        return GoldImport(study)
    try:
        refuse_what_is_taken(root, study)
        rows = read_rows(
            root,
            GoldRows(
                study=study,
                author=_author_of_file(study, root["annotator"]),
                codebook=CodebookVersion.objects.current_for(study),
                folder=texts,
                text_may_leave=text_may_leave,
            ),
        )
    except Invalid as error:
        raise _with_path(error) from error
    above = newest_keys()
    _store_vocabulary(root, rows)
    _store_statements(root, rows)
    kept = GoldFile.objects.create(study=study, sha256=sha256, document=root.value)
    counts = rows.counts
    record(
        study_id=study.pk,
        by=by,
        verb="gold.import",
        target=kept,
        after={"sha256": sha256, **counts, "above": above},
    )
    return GoldImport(study, counts)


@transaction.atomic
def note_whole_export(*, study: Study, by: User, what: str) -> None:
    """Log that a study was exported whole from the command line, past the rights of members."""
    record(study_id=study.pk, by=by, verb="study.export", target=study, after={"file": what})


def _author_of_file(study: Study, annotator: Place) -> Author:
    """Return the author without user under the file's pseudonym, so that no member is credited."""
    pseudonym = annotator.text(80, default="gold")
    author, _ = Author.objects.get_or_create(study=study, pseudonym=pseudonym)
    if author.user_id is not None:
        raise annotator.fault(
            f"{pseudonym!r} is the pseudonym of a member of this study; rename it in the file."
        )
    return author


def _store_vocabulary(root: Place, rows: GoldRows) -> None:
    Speaker.objects.bulk_create(rows.speakers, BATCH)
    linked = links_of_speakers(root, rows)
    Speaker.objects.bulk_update(linked, ["affiliation", "speaks_for"], BATCH)
    pairs = Speaker.members.through
    pairs.objects.bulk_create(
        (pairs(from_speaker=speaker, to_speaker=member) for speaker, member in rows.members), BATCH
    )
    Side.objects.bulk_create(rows.sides, BATCH)
    Issue.objects.bulk_create(rows.issues, BATCH)
    Claim.objects.bulk_create(rows.claims, BATCH)
    ClaimRelation.objects.bulk_create(rows.relations, BATCH)
    Article.objects.bulk_create(rows.articles, 100)


def _store_statements(root: Place, rows: GoldRows) -> None:
    AnnotationSet.objects.bulk_create(rows.sets.values(), BATCH)
    Mention.objects.bulk_create(rows.mentions, BATCH)
    Utterance.objects.bulk_create(rows.utterances, BATCH)
    Statement.objects.bulk_create(rows.statements, BATCH)
    Statement.objects.bulk_update(parents_of_statements(root, rows), ["parent"], BATCH)
    Code.objects.bulk_create(rows.codes, BATCH)
    ChainLink.objects.bulk_create(rows.chain, BATCH)
    StanceLink.objects.bulk_create(rows.stances, BATCH)
    Verdict.objects.bulk_create(rows.verdicts, BATCH)


def _with_path(error: Invalid) -> Invalid:
    """Return the error with a sentence that begins with the place at fault."""
    first = error.errors[0] if error.errors else None
    if first is None or error.message.startswith(f"{first.field}:"):
        return error
    return fault(first.field, first.message)
