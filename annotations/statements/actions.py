"""Mark, change and discard statements. Stances belong to the claims package, whose actions call these."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.corpus.actions import checked_furniture
from annotations.corpus.models import Article
from annotations.errors import Conflict, Invalid
from annotations.rows import advance, take_loaded
from annotations.spans import Span
from annotations.speakers.actions import SpeakerChanges, introduce_speaker
from annotations.speakers.models import Speaker
from annotations.statements.changes import KEPT, Kept, Link, StatementChanges
from annotations.statements.checks import StatementValues, check_external_id, checked_values, plain_value
from annotations.statements.models import ChainLink, Code, Statement
from annotations.statements.parts import codes_of, links_of
from annotations.studies.actions import author_of
from annotations.workload.actions import lock_open
from annotations.workload.models import AnnotationSet

ORIGINAL = "original"
"""The chain role of whoever said it first; that link goes with the statement's speaker."""


class FurnitureInUse(Conflict):
    """The line is part of statements; `statements` are those."""

    code = "furniture_in_use"

    def __init__(self, statements: Sequence[Statement]) -> None:
        names = "; ".join(f"“{statement}”" for statement in statements[:5])
        more = f" and {len(statements) - 5} more" if len(statements) > 5 else ""
        super().__init__(
            f"That line is part of {len(statements)} statement(s): {names}{more}. Change those first."
        )
        self.statements = statements


@transaction.atomic
def mark_statement(*, into: AnnotationSet, changes: StatementChanges, by: User) -> Statement:
    """Record a statement in an open set; at least one content span is needed."""
    if changes.spans is KEPT:
        raise Invalid.field("spans", "A statement needs at least one content span.")
    author = author_of(study=into.article.study, user=by)
    locked = lock_open(into)
    values = checked_values(locked, None, changes)
    statement = Statement.objects.create(annotation_set=locked, created_by=author, **values.columns)
    _write_codes(statement, changes, vocabulary_of(locked.codebook))
    _add_chain(statement, values.chain)
    record(
        study_id=locked.article.study_id, by=by, verb="statement.mark", target=statement, after=values.plain
    )
    return statement


@transaction.atomic
def revise_statement(
    *, statement: Statement, expected: int, changes: StatementChanges, by: User
) -> Statement:
    """Change the given fields if nobody else has saved the statement since version `expected`."""
    locked = lock_open(statement.annotation_set)
    values = checked_values(locked, statement, changes)
    before = _before(statement, values, changes)
    advance(statement, expected=expected, changes=values.columns)
    _write_codes(statement, changes, vocabulary_of(locked.codebook))
    _write_chain(statement, changes, values.chain)
    after = values.plain
    if "chain" in before and "chain" not in after:
        after = {**after, "chain": _chain_of(before["chain"], changes.speaker)}
    record(
        study_id=locked.article.study_id,
        by=by,
        verb="statement.revise",
        target=statement,
        before=before,
        after=after,
    )
    return statement


@transaction.atomic
def attribute_to_new_speaker(
    *,
    statement: Statement,
    expected: int,
    introduced: SpeakerChanges,
    affiliation: str,
    by: User,
    chain: Callable[[Speaker], Sequence[Link]] | None = None,
) -> Statement:
    """Introduce a speaker and make it the statement's, or a link of its `chain`; both or neither."""
    study = statement.annotation_set.article.study
    speaker = introduce_speaker(study=study, changes=introduced, affiliation=affiliation, by=by)
    changes = StatementChanges(chain=chain(speaker)) if chain else StatementChanges(speaker=speaker)
    return revise_statement(statement=statement, expected=expected, changes=changes, by=by)


@transaction.atomic
def discard_statement(*, statement: Statement, expected: int, by: User) -> Statement:
    """Put a statement into the bin; statements nested in it stay and lose nothing."""
    locked = lock_open(statement.annotation_set, waiting=True)
    advance(statement, expected=expected, changes={"deleted_at": timezone.now()})
    record(study_id=locked.article.study_id, by=by, verb="statement.discard", target=statement)
    return statement


@transaction.atomic
def restore_statement(*, statement: Statement, expected: int, by: User) -> Statement:
    """Take a statement back from the bin."""
    locked = lock_open(statement.annotation_set, waiting=True)
    if statement.external_id:
        check_external_id(locked, statement.external_id, statement)
    advance(statement, expected=expected, changes={"deleted_at": None})
    record(study_id=locked.article.study_id, by=by, verb="statement.restore", target=statement)
    return statement


@transaction.atomic
def set_furniture(*, article: Article, expected: int, lines: Sequence[dict[str, Any]], by: User) -> Article:
    """Say which whole lines are page furniture; a line inside a statement is refused with the list of them."""
    checked = checked_furniture(article.text, lines)
    Article.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=article.pk)
    touched = _statements_touching(article, [Span(line["start"], line["end"]) for line in checked])
    if touched:
        raise FurnitureInUse(touched)
    before = list(article.furniture)
    advance(article, expected=expected, changes={"furniture": checked})
    record(
        study_id=article.study_id,
        by=by,
        verb="article.furniture",
        target=article,
        before={"furniture": before},
        after={"furniture": checked},
    )
    return article


def _statements_touching(article: Article, lines: Sequence[Span]) -> list[Statement]:
    statements = Statement.objects.of_article(article).present().in_text_order()
    return [
        statement
        for statement in statements
        if any(item.span.meets(line) for item in statement.span_list for line in lines)
    ]


def _before(statement: Statement, values: StatementValues, changes: StatementChanges) -> dict[str, Any]:
    """Return what stands now in the fields that are about to change, as the event keeps it."""
    out: dict[str, Any] = {name: plain_value(getattr(statement, name)) for name in values.columns}
    if changes.codes is not KEPT:
        loaded = take_loaded(statement, "codes")
        codes = statement.codes.with_slugs() if loaded is None else loaded
        stored = {code.variable.slug: code.label.slug for code in codes}
        out["codes"] = {variable: stored.get(variable) for variable in changes.codes}
    if changes.chain is not KEPT or changes.speaker is not KEPT:
        loaded = take_loaded(statement, "chain")
        links = statement.chain.select_related("speaker") if loaded is None else loaded
        out["chain"] = [row.to_json() for row in links]
    return out


def _write_codes(statement: Statement, changes: StatementChanges, vocabulary: Vocabulary) -> None:
    if changes.codes is KEPT or not changes.codes:
        return
    gone = [vocabulary.variables[slug] for slug, label in changes.codes.items() if label is None]
    if gone:
        Code.objects.filter(statement=statement, variable__in=gone).delete()
    Code.objects.bulk_create(
        codes_of(statement, changes.codes, vocabulary),
        update_conflicts=True,
        unique_fields=["statement", "variable"],
        update_fields=["label"],
    )


def _write_chain(statement: Statement, changes: StatementChanges, chain: Sequence[Link]) -> None:
    """Replace the chain when one is given; else keep its first link with the statement's speaker."""
    if changes.chain is not KEPT:
        ChainLink.objects.filter(statement=statement).delete()
        _add_chain(statement, chain)
    elif changes.speaker is not KEPT and changes.speaker is not None:
        ChainLink.objects.filter(statement=statement, order=0, role=ORIGINAL).update(speaker=changes.speaker)


def _add_chain(statement: Statement, chain: Sequence[Link]) -> None:
    ChainLink.objects.bulk_create(links_of(statement, chain))


def _chain_of(before: list[dict[str, Any]], speaker: Speaker | Kept | None) -> list[dict[str, Any]]:
    """Return the chain, as the event keeps it, after its statement was given another speaker."""
    if not before or before[0]["role"] != ORIGINAL or not isinstance(speaker, Speaker):
        return before
    return [{**before[0], "speaker": str(speaker.uid)}, *before[1:]]
