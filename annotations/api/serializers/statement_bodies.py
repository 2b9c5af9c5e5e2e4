"""From the body of a statement, as its shape has read it, to what the actions are told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.api.references import References
from annotations.claims.stances import Stance, Value
from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.changes import Link, SaidOn, StatementChanges

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """The changes of a statement's own fields, and its stances if they are to be replaced."""

    changes: StatementChanges
    stances: list[Stance] | None


def told(body: Body, known: References, where: str = "") -> Told:
    """Return what a body tells; `where` is the place of the body, for lists of them."""
    prefix = f"{where}." if where else ""
    values: dict[str, Any] = {}
    for name, value in body.items():
        if name in READERS:
            values[name] = READERS[name](value, prefix + name, known)
        elif name not in {"stances", "article"}:
            values[name] = value
    stances = body.get("stances")
    return Told(
        StatementChanges(**values),
        None
        if stances is None
        else [_stance(stance, f"{prefix}stances[{i}]", known) for i, stance in enumerate(stances)],
    )


def named_in(body: Body) -> Iterator[tuple[str, str | Body]]:
    """Yield what a body names, each with its kind."""
    for one in (body, *body.get("spans", ()), *body.get("chain", ())):
        if one.get("speaker") is not None:
            yield "speaker", one["speaker"]
    yield from (("claim", one["claim"]) for one in body.get("stances", ()))
    yield from (("statement", uid) for name in ("restates", "replies_to") for uid in body.get(name, ()))
    single = {"parent": "statement", "utterance": "utterance", "article": "article"}
    yield from ((what, body[name]) for name, what in single.items() if body.get(name) is not None)


def _spans(given: list[Body], where: str, known: References) -> SpanList:
    return SpanList.of(
        RoleSpan(SpanRole(one["role"]), _place(one), _span_speaker(one, f"{where}[{i}].speaker", known))
        for i, one in enumerate(given)
    )


def _span_speaker(given: Body, where: str, known: References) -> str | None:
    """Return the public id of the speaker that a span names; `RoleSpan` says which roles may name one."""
    if given.get("speaker") is None:
        return None
    uid = str(known.speaker(given["speaker"], where).uid)
    return RoleSpan.from_json({**given, "speaker": uid}, where.removesuffix(".speaker")).speaker


def _place(given: Body) -> Span:
    return Span(given["start"], given["end"], given.get("text", ""))


def _place_or_none(given: Body | None) -> Span | None:
    return _place(given) if given else None


def _speaker(given: Any, where: str, known: References) -> object:  # noqa: ANN401  (an id or a description)
    return None if given is None else known.speaker(given, where)


def _said_on(given: Body | None, where: str, known: References) -> SaidOn | None:
    if given is None:
        return None
    return SaidOn(
        first=given.get("from"),
        last=given.get("to"),
        precision=given.get("precision", "day"),
        anchored=given.get("anchored", True),
        span=_place_or_none(given.get("span")),
    )


def _chain(given: list[Body], where: str, known: References) -> list[Link]:
    return [
        Link(
            speaker=known.speaker(one["speaker"], f"{where}[{i}].speaker"),
            role=one["role"],
            uncertain=one.get("uncertain", False),
            source=_place_or_none(one.get("source")),
            cue=_place_or_none(one.get("cue")),
        )
        for i, one in enumerate(given)
    ]


def _parent(given: str | None, where: str, known: References) -> object:
    return None if given is None else known.statement(given, where, within="set")


def _utterance(given: str | None, where: str, known: References) -> object:
    return None if given is None else known.utterance(given, where)


def _statements(given: list[str], where: str, known: References) -> list[object]:
    return [known.statement(uid, f"{where}[{i}]") for i, uid in enumerate(given)]


def _stance(given: Body, where: str, known: References) -> Stance:
    plain = {name: value for name, value in given.items() if name not in {"claim", "value"}}
    return Stance(
        claim=known.claim(given["claim"], f"{where}.claim"), value=_value(given.get("value")), **plain
    )


def _value(given: Body | None) -> Value | None:
    if given is None:
        return None
    return Value(**{**given, "span": _place_or_none(given.get("span"))})


READERS: Mapping[str, Callable[[Any, str, References], object]] = {
    "spans": _spans,
    "speaker": _speaker,
    "said_on": _said_on,
    "chain": _chain,
    "parent": _parent,
    "utterance": _utterance,
    "restates": _statements,
    "replies_to": _statements,
}
