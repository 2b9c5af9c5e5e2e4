"""A study as one W3C annotation collection, streamed; what has no place in it is counted at its end."""

from collections import Counter
from collections.abc import Generator, Iterator
from typing import Any, Final

import orjson
from django.db.models import Case, F, When

from annotations.accounts.models import User
from annotations.coding.filtering import StatementFilter
from annotations.corpus.models import Article
from annotations.exchange.batches import batches
from annotations.exchange.formats.web_annotation import (
    CONTEXT,
    Names,
    Node,
    Source,
    annotations_of,
    relation_annotation,
)
from annotations.exchange.privacy import name_in_files, shared_roles
from annotations.exchange.records import moment, relation_record
from annotations.exchange.scope import Scope
from annotations.exchange.snapshot import snapshot
from annotations.exchange.statement_rows import statement_records
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

BATCH: Final = 500
GENERATOR: Final = {"type": "Software", "name": "AtOdds"}


def export_web_annotations(
    study: Study, reader: User | None, wanted: StatementFilter | None = None, *, named: bool = False
) -> Generator[bytes]:
    """Yield the document as `reader` may read it; its last line counts annotations and losses."""
    with snapshot() as alias:
        scope, lost, total = Scope(study.pk, reader, alias, wanted, named=named), Counter[str](), 0
        yield _beginning(scope)
        for items in batches(_annotations(scope, lost), BATCH):
            comma = b",\n" if total else b""
            total += len(items)
            yield comma + b",\n".join(orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in items)
        _count_rows(scope, lost)
        end = orjson.dumps({"total": total, "atodds:loss": dict(lost)}, option=orjson.OPT_SORT_KEYS)
        yield b"]},\n" + end[1:] + b"\n"


def counts_in(last_line: bytes) -> dict[str, int]:
    """Return the counts that the last line tells, losses by `lost_` and their name."""
    told = orjson.loads(b"{" + last_line)
    return {"annotation": told["total"], **{f"lost_{name}": n for name, n in told["atodds:loss"].items()}}


def _beginning(scope: Scope) -> bytes:
    study = scope.study()
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{study.uid}",
        "type": "AnnotationCollection",
        "label": study.name,
        "generator": GENERATOR,
        **({"atodds:filter": dict(scope.wanted.asked)} if scope.wanted else {}),
    }
    page = {"type": "AnnotationPage", "partOf": head["id"], "startIndex": 0}
    return orjson.dumps(head)[:-1] + b',"first":' + orjson.dumps(page)[:-1] + b',"items":[\n'


def _annotations(scope: Scope, lost: Counter[str]) -> Iterator[Node]:
    names = _names(scope)
    for relation in scope.relations().iterator(chunk_size=1000):
        yield relation_annotation(relation_record(relation))
    for statements in batches(statement_records(scope), BATCH):
        sources = _sources(scope, {statement["article"] for statement in statements})
        for statement in statements:
            source = sources[statement["article"]]
            lost.update(_losses(statement, source, names))
            yield from annotations_of(statement, source, names)


def _names(scope: Scope) -> Names:
    """Private speakers appear with their role where their name would stand, unless names are asked for."""
    everybody = Speaker.objects.using(scope.using).within(scope.study_id)
    shared = shared_roles(everybody)
    columns = everybody.values_list("uid", "name", "private", "role")
    hidden = {str(uid): name_in_files(uid, role, shared) for uid, _, private, role in columns if private}
    hidden = {} if scope.named else hidden
    return Names(
        {str(uid): hidden.get(str(uid), name) for uid, name, _, _ in columns},
        {str(uid): text for uid, text in scope.claims().values_list("uid", "text").iterator()},
        hidden,
    )


def _sources(scope: Scope, uids: set[str]) -> dict[str, Source]:
    """Read the articles of a batch, the text only where the licence lets it leave."""
    words = Case(When(text_may_leave=True, then=F("text")))
    rows = Article.objects.using(scope.using).filter(uid__in=uids).annotate(words=words)
    columns = rows.values_list("uid", "url", "sha256", "created_at", "licence_name", "words")
    return {
        str(uid): Source(str(uid), url, sha256, moment(created_at) or "", licence, text)
        for uid, url, sha256, created_at, licence, text in columns
    }


def _losses(statement: Node, source: Source, names: Names) -> dict[str, int]:
    parts = {
        "said_on": statement["said_on"] is not None,
        "utterance": statement["utterance"] is not None,
        "external_id": statement["external_id"] is not None,
        "adopted_from": statement["adopted_from"] is not None,
        "metonym_or_collective": statement["metonym"] or statement["collective"],
        "context_kept_back": source.text is None,
    }
    spans = sum(bool(link[name]) for link in statement["chain"] for name in ("source", "cue"))
    kept_back = sum(names.keeps_back(span, statement) for span in statement["spans"])
    several = {"chain_span": spans, "name_kept_back": kept_back}
    return {name: int(n) for name, n in {**parts, **several}.items() if n}


def _count_rows(scope: Scope, lost: Counter[str]) -> None:
    rows = {
        "mention": scope.mentions().count(),
        "side": scope.sides().count(),
        "verdict": scope.verdicts().count(),
        "set_without_statement": scope.sets().filter(statements=None).count(),
    }
    lost.update({name: n for name, n in rows.items() if n})
