"""Write whole statements with their stances, split and join them; take and drop single stances."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.claims.models import Claim, StanceLink
from annotations.claims.stances import Stance, checked_stances, links_of_stances
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.regrouping import joined_spans, split_spans
from annotations.errors import Invalid
from annotations.rows import advance, take_loaded
from annotations.spans import SpanList
from annotations.statements.actions import discard_statement, mark_statement, revise_statement
from annotations.statements.changes import Link, StatementChanges
from annotations.statements.models import Statement
from annotations.statements.proposals import quote_type_of
from annotations.workload.actions import lock_open
from annotations.workload.models import AnnotationSet

QUOTE_TYPE = "quote_type"


@transaction.atomic
def record_statement(
    *, into: AnnotationSet, changes: StatementChanges, by: User, stances: Sequence[Stance] = ()
) -> Statement:
    """Mark a statement and take its stances, in one step."""
    statement = mark_statement(into=into, changes=changes, by=by)
    if stances:
        _replace_stances(statement, stances, by, before=[])
    return statement


@transaction.atomic
def amend_statement(
    *,
    statement: Statement,
    expected: int,
    changes: StatementChanges,
    by: User,
    stances: Sequence[Stance] | None = None,
) -> Statement:
    """Change fields and, if given, replace all stances; one version further."""
    if stances is None or any(changes.given()):
        revise_statement(statement=statement, expected=expected, changes=changes, by=by)
    else:
        lock_open(statement.annotation_set)
        advance(statement, expected=expected, changes={})
    if stances is not None:
        before = [link.to_json() for link in statement.stances.select_related("claim")]
        _replace_stances(statement, stances, by, before=before)
    return statement


@transaction.atomic
def take_stance(*, statement: Statement, expected: int, stance: Stance, by: User) -> Statement:
    """Take or change the stance of a statement on one claim."""
    locked = lock_open(statement.annotation_set)
    checked = checked_stances(locked, [stance])[0]
    links = _taken(statement)
    known = next((link for link in links if link.claim_id == stance.claim.pk), None)
    advance(statement, expected=expected, changes={})
    before = _kept(known) if known else None
    order = known.order if known else max((link.order for link in links), default=-1) + 1
    if known:
        StanceLink.objects.filter(pk=known.pk).update(**checked.to_row())
    else:
        StanceLink.objects.create(statement=statement, order=order, **checked.to_row())
    record(
        study_id=locked.article.study_id,
        by=by,
        verb="stance.take",
        target=statement,
        before=before and {"stance": before},
        after={"stance": {**checked.to_json(), "order": order}},
    )
    return statement


@transaction.atomic
def drop_stance(*, statement: Statement, expected: int, claim: Claim, by: User) -> Statement:
    """Remove the stance of a statement on one claim."""
    locked = lock_open(statement.annotation_set)
    known = next((link for link in _taken(statement) if link.claim_id == claim.pk), None)
    if known is None:
        raise Invalid.field("claim", "The statement takes no stance on this claim.")
    advance(statement, expected=expected, changes={})
    before = {"stance": _kept(known)}
    known.delete()
    record(study_id=locked.article.study_id, by=by, verb="stance.drop", target=statement, before=before)
    return statement


def _kept(link: StanceLink) -> dict[str, object]:
    """Return a stance as the event keeps it: with its place among the others."""
    return {**link.to_json(), "order": link.order}


def _taken(statement: Statement) -> list[StanceLink]:
    """Return the stances about to be changed, with their claims."""
    loaded = take_loaded(statement, "stances")
    return list(statement.stances.select_related("claim")) if loaded is None else loaded


@transaction.atomic
def split_statement(*, statement: Statement, expected: int, at: int, by: User) -> Statement:
    """Cut a statement at code point `at`; return the new second half, with the same speaker, codes and chain.

    The stances stay with the first half: which half bears on which claim is for a person to say. Where the
    quote type was as the quoted spans tell it, so it is of each half.
    """
    before, after = split_spans(statement.span_list, at, statement.annotation_set.article.text)
    codes = _codes(statement)
    rest = StatementChanges(
        voice=statement.voice,
        spans=after,
        speaker=statement.speaker,
        metonym=statement.metonym,
        collective=statement.collective,
        utterance=statement.utterance,
        codes={**codes, **_requoted(statement, codes, after)},
        chain=[Link.from_row(row) for row in statement.chain.select_related("speaker")],
        parent=statement.parent,
        flags=statement.flags,
    )
    first = StatementChanges(spans=before, codes=_requoted(statement, codes, before))
    revise_statement(statement=statement, expected=expected, changes=first, by=by)
    return mark_statement(into=statement.annotation_set, changes=rest, by=by)


def _codes(statement: Statement) -> dict[str, str]:
    return dict(statement.codes.values_list("variable__slug", "label__slug"))


def _requoted(statement: Statement, codes: Mapping[str, str], spans: SpanList) -> dict[str, str]:
    """Return the quote type of other spans, if the statement's own is no more than what its quoted spans tell."""
    if codes.get(QUOTE_TYPE) != quote_type_of(statement.span_list):
        return {}
    labels = vocabulary_of(statement.annotation_set.codebook).labels[QUOTE_TYPE]
    label = labels.get(quote_type_of(spans))
    return {QUOTE_TYPE: label.slug} if label and not label.retired else {}


@transaction.atomic
def join_statements(
    *, first: Statement, expected: int, second: Statement, second_expected: int, by: User
) -> Statement:
    """Put the spans and stances of `second` into `first`, which keeps its own fields, and bin `second`.

    Where the quote type of `first` was as its quoted spans tell it, so it is of the whole.
    """
    if first.annotation_set_id != second.annotation_set_id or first.pk == second.pk:
        raise Invalid.field("with", "Only two statements of one set can be joined.")
    spans = joined_spans(first.span_list, second.span_list, first.annotation_set.article.text)
    own = [Stance.from_row(row) for row in first.stances.select_related("claim")]
    claims = {stance.claim.pk for stance in own}
    more = [
        Stance.from_row(row) for row in second.stances.select_related("claim") if row.claim_id not in claims
    ]
    discard_statement(statement=second, expected=second_expected, by=by)
    return amend_statement(
        statement=first,
        expected=expected,
        changes=StatementChanges(spans=spans, codes=_requoted(first, _codes(first), spans)),
        by=by,
        stances=[*own, *more],
    )


def _replace_stances(
    statement: Statement, stances: Sequence[Stance], by: User, before: list[dict[str, Any]]
) -> None:
    checked = checked_stances(statement.annotation_set, stances)
    if before:
        StanceLink.objects.filter(statement=statement).delete()
    StanceLink.objects.bulk_create(links_of_stances(statement, checked))
    record(
        study_id=statement.annotation_set.article.study_id,
        by=by,
        verb="stance.replace",
        target=statement,
        before={"stances": before},
        after={"stances": [stance.to_json() for stance in checked]},
    )
