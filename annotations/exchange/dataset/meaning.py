"""What a well-shaped line may still get wrong: references, words, labels, what may stand only once.

Each function yields the troubles of one line, and remembers in the state what later lines need.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from annotations.codebook.scheme import Scheme, from_record, to_record
from annotations.corpus.text import TextRefused, check_text, paragraphs, sha256_of
from annotations.errors import Invalid
from annotations.exchange.dataset.faults import Trouble
from annotations.exchange.dataset.lines import Line
from annotations.exchange.dataset.spans import span_troubles, statement_troubles
from annotations.exchange.dataset.state import Awaited, KnownCodebook, KnownSet, State

Troubles = Iterator[Trouble]
SCHEME_KEYS = ("id", "version", "name", "language", "notes", "variables")


def study(state: State, line: Line) -> Troubles:
    state.studies += 1
    if state.studies > 1:
        yield (), "a file holds one study; this is the second."


def author(state: State, line: Line) -> Troubles:
    pseudonym = line.record["pseudonym"]
    if pseudonym in state.pseudonyms:
        yield ("pseudonym",), f"{pseudonym!r} stands for two authors."
    state.pseudonyms.add(pseudonym)


def codebook(state: State, line: Line) -> Troubles:
    try:
        scheme = scheme_of_record(line.record)
    except Invalid as error:
        yield (), error.message
        return
    if scheme.id == state.default.id and to_record(scheme) != to_record(state.default):
        yield ("id",), "this is the id of the codebook that AtOdds ships, but the content is another."
    state.codebooks[line.record["id"]] = KnownCodebook.of(scheme)
    if not state.is_first("codebook number", scheme.version):
        yield ("version",), f"two codebooks of this file are version {scheme.version}."


def scheme_of_record(record: Mapping[str, Any]) -> Scheme:
    return from_record({key: record[key] for key in SCHEME_KEYS})


def issue(state: State, line: Line) -> Troubles:
    state.issues.add(line.record["id"])
    yield from ()


def speaker(state: State, line: Line) -> Troubles:
    record = line.record
    uid = record["id"]
    state.speakers[uid] = record["speaker_type"]
    links = [((name,), record.get(name)) for name in ("affiliation", "speaks_for")]
    members = [(("members", i), other) for i, other in enumerate(record.get("members", ()))]
    dated = record.get("affiliations", ())
    bodies = [(("affiliations", i, "body"), each["body"]) for i, each in enumerate(dated)]
    for path, other in [*links, *members, *bodies]:
        if other == uid:
            yield path, "a speaker cannot stand in this relation to itself."
        elif other is not None:
            state.awaited.append(Awaited(line.number, line.offset, path, "speaker", other, uid))
    for i, each in enumerate(dated):
        if each.get("from") and each.get("to") and each["from"] > each["to"]:
            yield ("affiliations", i, "to"), "it ends before it begins."
    keys = [" ".join(name.split()).casefold() for name in record.get("aliases", ())]
    if len(set(keys)) < len(keys):
        yield ("aliases",), "two of the aliases are the same name."


def side(state: State, line: Line) -> Troubles:
    yield from state.missing("speaker", line.record, "speaker", "side")
    if not state.is_first("side", line.record["speaker"]):
        yield ("speaker",), "this speaker is on a side already."


def claim(state: State, line: Line) -> Troubles:
    state.claims[line.record["id"]] = line.record["kind"]
    yield from state.missing("issue", line.record, "issue")
    yield from _somewhere(state, "claim_kind", line.record, "kind")


def claim_relation(state: State, line: Line) -> Troubles:
    record = line.record
    yield from state.missing("claim", record, "a", "b")
    yield from _somewhere(state, "claim_relation", record, "relation")
    if record["a"] == record["b"]:
        yield ("b",), "a claim cannot stand in a relation to itself."
    if not state.is_first("relation", record["a"], record["b"], record["relation"]):
        yield (), "these two claims stand in this relation already."


def article(state: State, line: Line) -> Troubles:
    record = line.record
    state.articles[record["id"]] = None
    state.texts.add(record["id"], line.offset)
    yield from state.stranger(record, "created_by")
    yield from _revision_troubles(state, line)
    outlet = record.get("outlet")
    if outlet is not None and state.speakers.get(outlet) != "media":
        yield ("outlet",), f"there is no speaker of type media {outlet} in this file."
    if record.get("url") and not _is_web_address(record["url"]):
        yield ("url",), "is no web address; only http and https are taken."
    words = state.texts.text_of_record(record)
    if words is None:
        state.without_text.append(f"{record['title']} ({record['id']}, SHA-256 {record['sha256']})")
        return
    yield from _text_troubles(state, record, words)


def _revision_troubles(state: State, line: Line) -> Troubles:
    uid, earlier = line.record["id"], line.record.get("revision_of")
    if earlier is None:
        return
    state.earlier[uid] = earlier
    state.awaited.append(Awaited(line.number, line.offset, ("revision_of",), "article", earlier, uid))
    if not state.is_first("revision", earlier):
        yield ("revision_of",), "another article has taken the place of this one already."


def _is_web_address(value: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return False
    return True


def _text_troubles(state: State, record: dict[str, Any], words: str) -> Troubles:
    try:
        check_text(words)
    except TextRefused as error:
        yield ("text",), error.message
        return
    if (found := sha256_of(words)) != record["sha256"]:
        yield ("sha256",), f"the text has the SHA-256 {found}."
    if len(words) != record["length"]:
        yield ("length",), f"the text has {len(words)} characters (code points)."
    if not record.get("duplicate_allowed") and not state.is_first("text", record["sha256"]):
        yield ("sha256",), "another article of this file has the same text."
    whole = {(line.start, line.end) for line in paragraphs(words)} if record.get("furniture") else set()
    for i, line in enumerate(record.get("furniture", ())):
        if (line["start"], line["end"]) not in whole or line["start"] == line["end"]:
            yield ("furniture", i), f"[{line['start']}, {line['end']}) is no whole line of the text."


def annotation_set(state: State, line: Line) -> Troubles:
    record = line.record
    number = state.number_of_set(record)
    state.sets[record["id"]] = KnownSet(record["article"], record["codebook"], number)
    yield from state.missing("article", record, "article")
    yield from state.missing("codebook", record, "codebook")
    yield from state.stranger(record, "author")
    kind, author_name = record["kind"], record.get("author") or ""
    if kind == "annotator" and not author_name:
        yield ("author",), "a set of an annotator has an author."
    whose = author_name if kind == "annotator" else ""
    if kind != "machine" and not state.is_first("set", record["article"], kind, whose):
        yield ("article",), f"this article has such a set ({kind}) already."
    if (record.get("state") == "submitted") != (record.get("submitted_at") is not None):
        yield ("submitted_at",), "a submitted set, and no other, says when it was submitted."


def utterance(state: State, line: Line) -> Troubles:
    record = line.record
    state.utterances[record["id"]] = record["set"]
    yield from state.missing("set", record, "set")
    yield from state.missing("speaker", record, "speaker")
    yield from _in_set(state, record, "medium", "medium")
    for i, span in enumerate(record["segments"]):
        yield from span_troubles(state, record["set"], span, ("segments", i))
    for i, span in enumerate(record.get("interrupted_by", ())):
        yield from span_troubles(state, record["set"], span, ("interrupted_by", i))


def mention(state: State, line: Line) -> Troubles:
    record = line.record
    yield from state.missing("set", record, "set")
    yield from state.missing("speaker", record, "speaker")
    yield from _in_set(state, record, "mention_form", "form")
    yield from span_troubles(state, record["set"], record["span"], ("span",))


def statement(state: State, line: Line) -> Troubles:
    record = line.record
    uid = record["id"]
    yield from state.missing("set", record, "set")
    yield from state.stranger(record, "created_by")
    yield from state.missing("speaker", record, "speaker")
    into = state.sets.get(record["set"])
    if into is None:
        return
    if record["article"] != into.article:
        yield ("article",), "is not the article of the set."
    said_by = record.get("utterance")
    speech = state.sets.get(state.utterances.get(said_by or "", ""))
    if said_by is not None and (speech is None or speech.number != into.number):
        yield ("utterance",), f"there is no utterance {said_by} in the same set."
    lists = [
        ((name, i), other)
        for name in ("restates", "replies_to")
        for i, other in enumerate(record.get(name, ()))
    ]
    for path, other in [(("parent",), record.get("parent")), *lists]:
        if other == uid:
            yield path, "a statement cannot stand in this relation to itself."
        elif other is not None:
            state.awaited.append(Awaited(line.number, line.offset, path, "statement", other, uid))
    yield from statement_troubles(state, record, state.codebooks.get(into.codebook))


def verdict(state: State, line: Line) -> Troubles:
    record = line.record
    yield from state.missing("statement", record, "a", "b")
    yield from state.stranger(record, "judge")
    yield from _somewhere(state, "conflict_kind", record, "kind")
    yield from _somewhere(state, "conflict_strength", record, "strength")
    if record["a"] == record["b"]:
        yield ("b",), "a statement cannot be set against itself."
    if not state.is_first("verdict", record["a"], record["b"], record["judge"]):
        yield (), "this judge has given a verdict on these two already."


def _somewhere(state: State, variable: str, record: dict[str, Any], name: str) -> Troubles:
    """Refuse a label that no codebook of the file knows; empty stands for none."""
    label = record.get(name)
    if label and not any(label in book.labels.get(variable, ()) for book in state.codebooks.values()):
        yield (name,), f"{label!r} is no label of {variable} in any codebook of this file."


def _in_set(state: State, record: dict[str, Any], variable: str, name: str) -> Troubles:
    """Refuse a label that the codebook of the set does not know; empty stands for none."""
    into, label = state.sets.get(record["set"]), record.get(name)
    book = state.codebooks.get(into.codebook) if into else None
    if book and label and not book.knows(variable, label):
        yield book.trouble(variable, label, (name,))


MEANINGS: Mapping[str, Callable[[State, Line], Troubles]] = {
    "study": study,
    "author": author,
    "codebook": codebook,
    "issue": issue,
    "speaker": speaker,
    "side": side,
    "claim": claim,
    "claim_relation": claim_relation,
    "article": article,
    "set": annotation_set,
    "utterance": utterance,
    "mention": mention,
    "statement": statement,
    "verdict": verdict,
}
