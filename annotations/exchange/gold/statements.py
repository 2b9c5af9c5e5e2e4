"""Mentions, utterances, statements with codes, chain and stances, and verdicts of a gold file."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from annotations.claims.models import StanceLink
from annotations.claims.stances import Value
from annotations.conflicts.models import Verdict
from annotations.exchange.gold.document import read_span
from annotations.exchange.gold.rows import GoldRows
from annotations.exchange.places import Place
from annotations.spans import RoleSpan, Span, SpanList, SpanRefused, SpanRole
from annotations.statements.changes import PRECISIONS, SaidOn
from annotations.statements.checks import GAP
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance

CODES = ("quote_type", "report_form", "source_type", "on_record", "evidence", "speech_act", "medium")
LISTED = (SpanRole.CONTENT, SpanRole.QUOTED, SpanRole.SOURCE, SpanRole.CUE)
SINGLE = (SpanRole.ADDRESSEE, SpanRole.TARGET)
_DAYS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def read_mentions(root: Place, rows: GoldRows) -> None:
    for place in root["mentions"].items():
        gold_id = rows.statements.new_id(place)
        into, text, furniture = rows.in_article(place)
        span = read_span(place["span"], text, furniture)
        rows.mentions.append(
            Mention(
                annotation_set=into,
                external_id=gold_id,
                speaker=rows.speakers.named(place["speaker"]),
                start=span.start,
                end=span.end,
                text=span.text,
                form=rows.label("mention_form", place["form"]),
                note=place["note"].text(default=""),
            )
        )


def read_utterances(root: Place, rows: GoldRows) -> None:
    for place in root["utterances"].items():
        gold_id = rows.utterances.new_id(place)
        into, text, furniture = rows.in_article(place)
        segments = [read_span(segment, text, furniture) for segment in place["segments"].items()]
        breaks = [_kept_span(line, text) for line in place["interrupted_by"].items()]
        rows.utterances.add(
            gold_id,
            Utterance(
                annotation_set=into,
                external_id=gold_id,
                speaker=rows.speakers.named_or_none(place["speaker"]),
                medium=rows.label_or_empty("medium", place["medium"]),
                segments=[span.to_json() for span in segments],
                marks=place["marks"].text(20, default=""),
                interrupted_by=breaks,
                note=place["note"].text(default=""),
            ),
        )


def _kept_span(place: Place, text: str) -> dict[str, object]:
    kind = place["kind"].text_or_none(60)
    return read_span(place, text).to_json() | ({"kind": kind} if kind else {})


def read_statements(root: Place, rows: GoldRows) -> None:
    for place in root["statements"].items():
        _read_statement(place, rows)
    for place in root["statements"].items():
        statement = rows.statements.named(place["id"])
        for name in ("restates", "replies_to"):
            others = [rows.statements.named(other) for other in place[name].items()]
            if statement in others:
                raise place[name].fault("a statement cannot stand in this relation to itself.")
            setattr(statement, name, [str(other.uid) for other in others])
        _check_parent(place, rows)


def parents_of_statements(root: Place, rows: GoldRows) -> list[Statement]:
    """Set the parent of the stored statements; return those that have one."""
    nested = []
    for place in root["statements"].items():
        parent = rows.statements.named_or_none(place["parent"])
        if parent is not None:
            statement = rows.statements.named(place["id"])
            statement.parent = parent
            nested.append(statement)
    return nested


def _check_parent(place: Place, rows: GoldRows) -> None:
    """Refuse a parent in another article, and statements nested in themselves."""
    parent = rows.statements.named_or_none(place["parent"])
    if parent is None:
        return
    statement = rows.statements.named(place["id"])
    if parent.annotation_set is not statement.annotation_set:
        raise place["parent"].fault("stands in another article.")
    rows.parents[statement.uid] = parent
    above: Statement | None = parent
    while above is not None:
        if above is statement:
            raise place["parent"].fault("a statement cannot be nested in itself.")
        above = rows.parents.get(above.uid)


def _read_statement(place: Place, rows: GoldRows) -> None:
    gold_id = rows.statements.new_id(place)
    into, text, furniture = rows.in_article(place)
    spans = _spans(place, text, furniture, rows)
    statement = rows.statements.add(
        gold_id,
        Statement(
            annotation_set=into,
            external_id=gold_id,
            voice=rows.label("voice", place["voice"]),
            start=spans.start,
            end=spans.end,
            spans=spans.to_json(),
            quotation=GAP.join(span.text for span in spans.content),
            speaker=rows.speakers.named_or_none(place["speaker"]),
            metonym=place["metonym"].flag(),
            collective=place["collective"].flag(),
            utterance=rows.utterances.named_or_none(place["utterance"]),
            said_on=_said_on(place["date"], text, furniture),
            flags=list(dict.fromkeys(rows.label("flags", flag) for flag in place["flags"].items())),
            note=place["note"].text(default=""),
            created_by=rows.author,
        ),
    )
    if statement.utterance is not None and statement.utterance.annotation_set is not into:
        raise place["utterance"].fault("stands in another article.")
    rows.codes += _codes(place, statement, rows)
    rows.chain += _chain(place, statement, text, furniture, rows)
    rows.stances += _stances(place, statement, text, furniture, rows)


def _spans(place: Place, text: str, furniture: list[Span], rows: GoldRows) -> SpanList:
    items = [
        RoleSpan(role, read_span(span, text, furniture))
        for role in LISTED
        for span in place[role.value].items()
    ]
    for role in SINGLE:
        for span in _one_or_many(place[role.value]):
            speaker = rows.speakers.named_or_none(span["speaker"])
            uid = str(speaker.uid) if speaker else None
            items.append(RoleSpan(role, read_span(span, text, furniture), uid))
    if not any(item.role == SpanRole.CONTENT for item in items):
        raise place["content"].fault("a statement needs at least one span of content.")
    try:
        return SpanList.of(items)
    except SpanRefused as error:
        raise place.fault(error.errors[0].message) from error


def _one_or_many(place: Place) -> Iterator[Place]:
    if isinstance(place.value, list):
        yield from place.items()
    elif not place.is_null:
        yield place


def _said_on(place: Place, text: str, furniture: list[Span]) -> dict[str, object] | None:
    if place.is_null:
        return None
    precision = place["type"].text(default="day")
    if precision not in PRECISIONS:
        raise place["type"].fault(f"must be one of {', '.join(PRECISIONS)}, not {place['type'].shown}.")
    first, last = _days(place["refers_to"])
    span = None if place["start"].is_null else read_span(place, text, furniture)
    anchored = place["anchored"].flag()
    return SaidOn(first=first, last=last, precision=precision, anchored=anchored, span=span).to_json()


def _days(place: Place) -> tuple[date | None, date | None]:
    """Return first and last day of a day, a month or a year, such as 2018-03-12, 2018-03, 2018."""
    if place.is_null:
        return None, None
    found = _DAYS.fullmatch(place.text())
    year, month, day = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise place.fault(f"{place.shown} is no day (2018-03-12) and no month (2018-03).") from error
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])


def _codes(place: Place, statement: Statement, rows: GoldRows) -> Iterator[Code]:
    for variable in CODES:
        at = place[variable]
        if not at.is_null:
            label = rows.vocabulary.label(variable, at.text(), at.path)
            yield Code(statement=statement, variable=rows.vocabulary.variables[variable], label=label)


def _chain(
    place: Place, statement: Statement, text: str, furniture: list[Span], rows: GoldRows
) -> Iterator[ChainLink]:
    for order, link in enumerate(place["chain"].items()):
        source, cue = (
            None if link[name].is_null else read_span(link[name], text, furniture).to_json()
            for name in ("source", "cue")
        )
        yield ChainLink(
            statement=statement,
            order=order,
            speaker=rows.speakers.named(link["speaker"]),
            role=rows.label("chain_role", link["role"]),
            uncertain=link["uncertain"].flag(),
            source=source,
            cue=cue,
        )


def _stances(
    place: Place, statement: Statement, text: str, furniture: list[Span], rows: GoldRows
) -> Iterator[StanceLink]:
    seen = set()
    for order, link in enumerate(place["claims"].items()):
        claim = rows.claims.named(link["claim"])
        if claim.uid in seen:
            raise link["claim"].fault("is linked twice; one statement takes one stance on a claim.")
        seen.add(claim.uid)
        kind = rows.vocabulary.labels["claim_kind"][claim.kind]
        if not link["value"].is_null and kind.comparison != "quantity":
            raise link["value"].fault("only a quantity claim takes a value; this claim is of another kind.")
        yield StanceLink(
            statement=statement,
            claim=claim,
            order=order,
            stance=rows.label("stance", link["stance"]),
            commitment=rows.label_or_empty("commitment", link["commitment"]),
            explicit=link["explicit"].flag(default=True),
            presupposed=link["presupposed"].flag(),
            label=link["label"].text_or_none(300),
            note=link["note"].text(default=""),
            value=_value(link["value"], text, furniture),
        )


def _value(place: Place, text: str, furniture: list[Span]) -> dict[str, object] | None:
    if place.is_null:
        return None
    value = Value(
        op=place["op"].text(),
        number=place["number"].number(),
        number_high=place["number_high"].number_or_none(),
        as_written=place["as_written"].text(default=""),
        span=None if place["span"].is_null else read_span(place["span"], text, furniture),
    )
    value.check(place.path)
    return value.to_json()


def read_verdicts(root: Place, rows: GoldRows) -> None:
    """Build one verdict a pair; what is no pair of statements, or judged again, is kept in the file only."""
    kinds = (
        ("conflicts", Verdict.Decision.CONFIRMED, "rationale"),
        ("repeats", Verdict.Decision.REPEAT, "note"),
        ("non_conflicts", Verdict.Decision.REJECTED, "why"),
    )
    judged: set[frozenset[UUID]] = set()
    for name, decision, reason in kinds:
        for place in root[name].items():
            gold_id = None if place["id"].is_null else rows.statements.new_id(place)
            pair = _pair(place, rows, voices_allowed=decision == Verdict.Decision.REJECTED)
            ends = frozenset(statement.uid for statement in pair or ())
            if pair is None or ends in judged:
                rows.n_kept_in_file += 1
                continue
            judged.add(ends)
            verdict = _verdict(place, rows, pair)
            verdict.verdict, verdict.external_id = decision, gold_id
            verdict.note = place[reason].text(default="")
            rows.verdicts.append(verdict)


def _pair(place: Place, rows: GoldRows, *, voices_allowed: bool) -> tuple[Statement, Statement] | None:
    """Return the two statements; None for a near miss between speakers or articles."""
    ends = place["a"], place["b"]
    voices = {*rows.speakers.rows, *rows.articles.rows} - rows.statements.rows.keys()
    if voices_allowed and any(end.text() in voices for end in ends):
        for end in ends:
            if end.text() not in voices and end.text() not in rows.statements.rows:
                raise end.fault(f"there is no statement, speaker or article {end.text()!r} in this file.")
        return None
    a, b = (rows.statements.named(end) for end in ends)
    if a is b:
        raise place["b"].fault("a statement cannot be set against itself.")
    return a, b


def _verdict(place: Place, rows: GoldRows, pair: tuple[Statement, Statement]) -> Verdict:
    """Build the verdict but for its decision, external id and reason, which depend on the list."""
    return Verdict(
        study=rows.study,
        a=pair[0],
        b=pair[1],
        judge=rows.author,
        kind=rows.label_or_empty("conflict_kind", place["kind"]),
        strength=rows.label_or_empty("conflict_strength", place["strength"]),
        explicit=place["explicit"].flag(),
        basis=_basis(place["basis"], rows),
        cluster=place["cluster"].text(200, default=""),
    )


def _basis(place: Place, rows: GoldRows) -> dict[str, object] | None:
    if place.is_null:
        return None
    claims = [str(rows.claims.named(claim).uid) for claim in place["claims"].items()]
    return {"relation": rows.label("conflict_basis", place["relation"]), "claims": claims}
