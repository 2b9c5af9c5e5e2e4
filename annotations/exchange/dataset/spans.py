"""Hold the spans, labels and stances of a statement against its article and its codebook; plain."""

from collections.abc import Iterator
from typing import Any

from annotations.claims.stances import Value
from annotations.errors import AnnotationError
from annotations.exchange.dataset.faults import Path, Trouble
from annotations.exchange.dataset.state import KnownCodebook, State
from annotations.exchange.dataset.texts import ArticleText
from annotations.spans import SpanList

Troubles = Iterator[Trouble]


def span_troubles(state: State, into: str, span: dict[str, Any], path: Path) -> Troubles:
    """Yield what is wrong with one span of an object in the set `into`; it may lie on furniture."""
    known = state.sets.get(into)
    article = state.texts.of(known.article) if known else None
    if article is not None and (trouble := _trouble(article, span, path, on_furniture=True)):
        yield trouble


def _trouble(article: ArticleText, span: dict[str, Any], path: Path, *, on_furniture: bool) -> Trouble | None:
    start, end = span["start"], span["end"]
    if not start < end <= len(article.text):
        return (*path, "end"), f"[{start}, {end}) is no span of a text of {len(article.text)} characters."
    words = article.text[start:end]
    if span.get("text", words) != words:
        found = article.text[start : min(end, start + 60)]
        return (*path, "text"), f"differs from the article at [{start}, {end}), which reads {found!r}."
    if not on_furniture:
        for line in article.furniture:
            if start < line.end and line.start < end:
                return path, f"[{start}, {end}) touches page furniture at [{line.start}, {line.end})."
    return None


def statement_troubles(state: State, record: dict[str, Any], book: KnownCodebook | None) -> Troubles:
    article = state.texts.of(record["article"])
    for path, span, on_furniture in _spans_of(record):
        if article is not None and (trouble := _trouble(article, span, path, on_furniture=on_furniture)):
            yield trouble
    spans = record["spans"]
    roles = [span["role"] for span in spans]
    if "content" not in roles:
        yield ("spans",), "a statement needs at least one content span."
    elif len(set(roles)) < len(roles):
        yield from _order_troubles(spans)
    for i, span in enumerate(spans):
        speaker = span.get("speaker")
        if speaker is not None and (
            span["role"] not in {"addressee", "target"} or speaker not in state.speakers
        ):
            yield ("spans", i, "speaker"), "only addressee and target name a speaker, one of this file."
    for i, link in enumerate(record.get("chain", ())):
        if link["speaker"] not in state.speakers:
            yield ("chain", i, "speaker"), f"there is no speaker {link['speaker']} in this file."
    yield from _stance_troubles(state, record, book)
    if book is not None:
        yield from _label_troubles(record, book)


def _spans_of(record: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any], bool]]:
    """Yield every span with its path, and whether it may lie on furniture: a date may stand in a byline."""
    for i, span in enumerate(record["spans"]):
        yield ("spans", i), span, False
    said_on = record.get("said_on")
    if said_on and said_on.get("span"):
        yield ("said_on", "span"), said_on["span"], True
    for i, link in enumerate(record.get("chain", ())):
        for name in ("source", "cue"):
            if link.get(name):
                yield ("chain", i, name), link[name], True
    for i, stance in enumerate(record.get("stances", ())):
        if stance.get("value") and stance["value"].get("span"):
            yield ("stances", i, "value", "span"), stance["value"]["span"], True


def _order_troubles(spans: list[dict[str, Any]]) -> Troubles:
    try:
        if len(SpanList.from_json(spans).items) < len(spans):
            yield ("spans",), "the same span stands twice."
    except AnnotationError as error:
        yield ("spans",), error.errors[0].message


def _stance_troubles(state: State, record: dict[str, Any], book: KnownCodebook | None) -> Troubles:
    seen = set()
    for i, stance in enumerate(record.get("stances", ())):
        claim, value = stance["claim"], stance.get("value")
        if claim not in state.claims:
            yield ("stances", i, "claim"), f"there is no claim {claim} in this file."
            continue
        if claim in seen:
            yield ("stances", i, "claim"), "this claim is linked twice."
        seen.add(claim)
        if value is not None:
            if book is not None and state.claims[claim] not in book.quantities:
                yield ("stances", i, "value"), "only a quantity claim takes a value."
            yield from _value_troubles(value, i)


def _value_troubles(value: dict[str, Any], i: int) -> Troubles:
    number, high = value["number"], value.get("number_high")
    try:
        Value(op=value["op"], number=number, number_high=high).check("value")
    except AnnotationError as error:
        name = error.errors[0].field.removeprefix("value.")
        yield ("stances", i, "value", name), error.errors[0].message


def _label_troubles(record: dict[str, Any], book: KnownCodebook) -> Troubles:
    for variable, label in record.get("codes", {}).items():
        if variable not in book.of_statements:
            yield (
                ("codes", variable),
                f"{variable!r} is no variable of statements in the codebook of the set.",
            )
        elif not book.knows(variable, label):
            yield book.trouble(variable, label, ("codes", variable))
    for variable, label, path in _labels_of(record):
        if not book.knows(variable, label):
            yield book.trouble(variable, label, path)


def _labels_of(record: dict[str, Any]) -> Iterator[tuple[str, str, Path]]:
    """Yield every label outside the codes, with its variable and its path."""
    for i, flag in enumerate(record.get("flags", ())):
        yield "flags", flag, ("flags", i)
    for i, link in enumerate(record.get("chain", ())):
        yield "chain_role", link["role"], ("chain", i, "role")
    for i, stance in enumerate(record.get("stances", ())):
        yield "stance", stance["stance"], ("stances", i, "stance")
        if stance.get("commitment"):
            yield "commitment", stance["commitment"], ("stances", i, "commitment")
