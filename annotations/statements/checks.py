"""Check what a statement is told against its set: text, furniture, codebook, study."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.corpus.models import Article
from annotations.errors import Invalid
from annotations.rows import Row
from annotations.spans import SpanList
from annotations.statements.changes import KEPT, Link, SaidOn, StatementChanges
from annotations.statements.models import Statement
from annotations.statements.named import Named
from annotations.workload.models import AnnotationSet

GAP = " [...] "
"""Joins the segments of a discontinuous content in `Statement.quotation`."""


@dataclass(frozen=True)
class StatementValues:
    """`columns` for the row, `chain` with its words read, and `plain`: the whole change as JSON values."""

    columns: dict[str, Any]
    chain: list[Link]
    plain: dict[str, Any]


def checked_values(
    into: AnnotationSet, statement: Statement | None, changes: StatementChanges, named: Named | None = None
) -> StatementValues:
    """Return the columns to write; `into` is the locked set, `statement` None for a new one.

    `named` knows what the statement names; for one of many it has been asked for all of them.
    """
    named = named or Named(into.article.study_id, [changes])
    vocabulary = vocabulary_of(into.codebook)
    columns: dict[str, Any] = {}
    for name in changes.given():
        value = getattr(changes, name)
        if name == "spans":
            columns |= _span_columns(into.article, value, named)
        elif name == "external_id":
            columns[name] = value or None
        elif name not in {"codes", "chain"}:
            columns[name] = value
    _check_codebook_values(changes, vocabulary)
    _check_links(into, statement, changes, named)
    plain = {name: plain_value(value) for name, value in columns.items()}
    if changes.said_on is not KEPT and changes.said_on is not None:
        columns["said_on"] = plain["said_on"] = _said_on(into.article, changes.said_on)
    if changes.codes is not KEPT:
        plain["codes"] = dict(changes.codes)
    chain: list[Link] = []
    if changes.chain is not KEPT:
        chain = [_checked_link(into, link, f"chain[{i}]", vocabulary) for i, link in enumerate(changes.chain)]
        plain["chain"] = [link.to_json() for link in chain]
    for name in ("restates", "replies_to"):
        if name in columns:
            columns[name] = plain[name]
    return StatementValues(columns, chain, plain)


def _span_columns(article: Article, spans: SpanList, named: Named) -> dict[str, Any]:
    read = spans.read_from(article.text, article.furniture_spans)
    _check_span_speakers(read, named)
    return {
        "spans": read.to_json(),
        "start": read.start,
        "end": read.end,
        "quotation": GAP.join(span.text for span in read.content),
    }


def _check_span_speakers(spans: SpanList, named: Named) -> None:
    for i, item in enumerate(spans):
        if item.speaker and item.speaker not in named.speakers:
            raise Invalid.field(f"spans[{i}].speaker", "There is no such speaker in this study.")


def _check_codebook_values(changes: StatementChanges, vocabulary: Vocabulary) -> None:
    if changes.voice is not KEPT:
        vocabulary.label("voice", changes.voice, "voice")
    if changes.flags is not KEPT:
        for i, flag in enumerate(changes.flags):
            vocabulary.label("flags", flag, f"flags[{i}]")
    if changes.codes is not KEPT:
        for variable, label in changes.codes.items():
            where = f"codes.{variable}"
            if variable not in vocabulary.variables or vocabulary.variables[variable].scope != "statement":
                known = ", ".join(variable.slug for variable in vocabulary.of_scope("statement"))
                raise Invalid.field(where, f"{variable!r} is no variable of statements; use one of {known}.")
            if label is not None:
                vocabulary.label(variable, label, where)


def _check_links(
    into: AnnotationSet, statement: Statement | None, changes: StatementChanges, named: Named
) -> None:
    study = into.article.study_id
    if changes.speaker is not KEPT and changes.speaker is not None and changes.speaker.study_id != study:
        raise Invalid.field("speaker", "There is no such speaker in this study.")
    if changes.utterance is not KEPT and changes.utterance and changes.utterance.annotation_set_id != into.pk:
        raise Invalid.field("utterance", "There is no such utterance in this set.")
    if changes.parent is not KEPT and changes.parent is not None:
        _check_parent(into, statement, changes.parent)
    if changes.external_id is not KEPT and changes.external_id:
        check_external_id(into, changes.external_id, statement, named)
    for name in ("restates", "replies_to"):
        others = getattr(changes, name)
        if others is not KEPT and others:
            _check_others(statement, name, others, named)


def check_external_id(
    into: AnnotationSet, external_id: str, statement: Statement | None, named: Named | None = None
) -> None:
    """Refuse an external id that names another present statement of the set."""
    if len(external_id) > 200:
        raise Invalid.field("external_id", "The external id is longer than 200 characters; shorten it.")
    named = named or Named(into.article.study_id, [StatementChanges(external_id=external_id)])
    if named.is_taken(into, external_id, besides=statement):
        raise Invalid.field("external_id", f"{external_id!r} names another statement of this set already.")


def _check_parent(into: AnnotationSet, statement: Statement | None, parent: Statement) -> None:
    """Refuse a parent of another set, the statement itself, and one that is nested in it."""
    if parent.annotation_set_id != into.pk:
        raise Invalid.field("parent", "There is no such statement in this set.")
    above, seen = parent.pk if statement else None, set[int]()
    while statement is not None and above is not None and above not in seen:
        if above == statement.pk:
            raise Invalid.field("parent", "A statement cannot be nested in itself.")
        seen.add(above)
        # read anew: the set is locked now, and what the caller has loaded may have been nested meanwhile
        above = Statement.objects.filter(pk=above).values_list("parent_id", flat=True).first()


def _check_others(statement: Statement | None, name: str, others: Sequence[Statement], named: Named) -> None:
    keys = {other.pk for other in others}
    if statement is not None and statement.pk in keys:
        raise Invalid.field(name, "A statement cannot stand in this relation to itself.")
    if not keys <= named.statements:
        raise Invalid.field(name, "There is no such statement in this study.")


def _said_on(article: Article, said: SaidOn) -> dict[str, object]:
    said.check()
    out = said.to_json()
    if said.span:
        out["span"] = said.span.read_from(article.text, "said_on.span").to_json()
    return out


def _checked_link(into: AnnotationSet, link: Link, where: str, vocabulary: Vocabulary) -> Link:
    vocabulary.label("chain_role", link.role, f"{where}.role")
    if link.speaker.study_id != into.article.study_id:
        raise Invalid.field(f"{where}.speaker", "There is no such speaker in this study.")
    text = into.article.text if link.source or link.cue else ""
    source = link.source.read_from(text, f"{where}.source") if link.source else None
    cue = link.cue.read_from(text, f"{where}.cue") if link.cue else None
    return replace(link, source=source, cue=cue)


def plain_value(value: object) -> object:
    """Return a column's value as the event keeps it."""
    if isinstance(value, Row):
        return str(value.uid)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    return value
