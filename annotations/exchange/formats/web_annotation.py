"""Statements as W3C Web Annotations: records in, JSON-LD out; plain.

One annotation for each marked stretch, as the standard says that several targets are annotated each by itself. The
content of a statement carries its speaker, codes and stances; what says who passed it on, and how statements and
claims stand to one another, are linking annotations. docs/formats.md lists what has no place here.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Node = dict[str, Any]
CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"atodds": "urn:atodds:"}]
AROUND: Final = 32
"""Code points of the text before and after a quotation, by which it is found again."""


@dataclass(frozen=True)
class Source:
    """An article as a target; `text` only where its licence lets it leave."""

    uid: str
    url: str
    sha256: str
    created_at: str
    licence: str
    text: str | None


@dataclass(frozen=True)
class Names:
    """What is called how, by public id: speakers and claims; how the text names `hidden` speakers is kept back."""

    speakers: Mapping[str, str]
    claims: Mapping[str, str]
    hidden: Container[str] = ()

    def keeps_back(self, span: Node, statement: Node) -> bool:
        owner = span.get("speaker") or (statement["speaker"] if span["role"] == "source" else None)
        return owner in self.hidden


def annotations_of(statement: Node, source: Source, names: Names) -> Iterator[Node]:
    """Yield the annotations of one statement, those of its content first."""
    seen: dict[str, int] = {}
    for span in sorted(statement["spans"], key=lambda span: span["role"] != "content"):
        role = span["role"]
        position = seen[role] = seen.get(role, -1) + 1
        if names.keeps_back(span, statement):
            continue
        bodies = _content(statement, names) if role == "content" else _part(span, names)
        yield {
            **_head(f"{_urn(statement['id'])}#{role}-{position}", statement),
            "motivation": "assessing" if role == "content" and statement["stances"] else "identifying",
            "body": bodies,
            "target": _target(span, source),
        }
    yield from _links(statement, names)


def relation_annotation(relation: Node) -> Node:
    """Return how two claims stand to one another."""
    return {
        "id": _urn(relation["id"]),
        "type": "Annotation",
        "motivation": "linking",
        "created": relation["created_at"],
        "modified": relation["updated_at"],
        "body": _urn(relation["b"]),
        "target": _urn(relation["a"]),
        "atodds:relation": relation["relation"],
    }


def _head(iri: str, statement: Node) -> Node:
    return {
        "id": iri,
        "type": "Annotation",
        "creator": {"type": "Person", "nickname": statement["created_by"]},
        "created": statement["created_at"],
        "modified": statement["updated_at"],
    }


def _content(statement: Node, names: Names) -> list[Node]:
    bodies = [_speaker(statement["speaker"], names)] if statement["speaker"] else []
    tags = [f"{name}={label}" for name, label in sorted(statement["codes"].items())]
    tags += [f"voice={statement['voice']}", *(f"flag={flag}" for flag in statement["flags"])]
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    bodies += [_stance(stance, names) for stance in statement["stances"]]
    if statement["note"]:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": statement["note"]})
    return bodies


def _part(span: Node, names: Names) -> list[Node]:
    bodies: list[Node] = [{"type": "TextualBody", "purpose": "tagging", "value": span["role"]}]
    return bodies + ([_speaker(span["speaker"], names)] if span.get("speaker") else [])


def _speaker(uid: str, names: Names) -> Node:
    return {
        "type": "SpecificResource",
        "source": _urn(uid),
        "purpose": "identifying",
        "atodds:name": names.speakers[uid],
    }


def _stance(stance: Node, names: Names) -> Node:
    kept = ("stance", "commitment", "explicit", "presupposed", "label", "note", "value")
    given = {name: stance[name] for name in kept if stance[name] is not None and stance[name] != ""}
    return {
        "type": "SpecificResource",
        "source": _urn(stance["claim"]),
        "purpose": "assessing",
        "atodds:claim": names.claims[stance["claim"]],
        **{f"atodds:{name}": value for name, value in given.items()},
    }


def _target(span: Node, source: Source) -> Node:
    quote = {"type": "TextQuoteSelector", "exact": span["text"], **_around(span, source.text)}
    place = {"type": "TextPositionSelector", "start": span["start"], "end": span["end"]}
    return {
        "type": "SpecificResource",
        "source": source.url or _urn(source.uid),
        "selector": [quote, place],
        "state": {"type": "TimeState", "sourceDate": source.created_at},
        "atodds:article": _urn(source.uid),
        "atodds:sha256": source.sha256,
        **({"atodds:licence": source.licence} if source.licence else {}),
    }


def _around(span: Node, text: str | None) -> Node:
    """Return the words before and after; the article's own words leave only where its licence lets them."""
    if text is None:
        return {}
    start, end = span["start"], span["end"]
    return {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}


def _links(statement: Node, names: Names) -> Iterator[Node]:
    iri = _urn(statement["id"])
    for position, link in enumerate(statement["chain"]):
        yield {
            **_link(f"{iri}#chain-{position}", statement, _urn(link["speaker"])),
            "atodds:name": names.speakers[link["speaker"]],
            "atodds:role": link["role"],
            "atodds:position": position,
            "atodds:uncertain": link["uncertain"],
        }
    others = [("parent", statement["parent"])] if statement["parent"] else []
    others += [(name, uid) for name in ("restates", "replies_to") for uid in statement[name]]
    for position, (relation, uid) in enumerate(others):
        yield {
            **_link(f"{iri}#link-{position}", statement, f"{_urn(uid)}#content-0"),
            "atodds:relation": relation,
        }


def _link(iri: str, statement: Node, body: str) -> Node:
    return {
        **_head(iri, statement),
        "motivation": "linking",
        "body": body,
        "target": f"{_urn(statement['id'])}#content-0",
    }


def _urn(uid: str) -> str:
    return f"urn:uuid:{uid}"
