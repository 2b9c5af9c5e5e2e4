"""The W3C collection: one valid document, whose selectors find the words again in code points."""

import hashlib
import json

import pytest

from annotations.corpus.models import Article
from annotations.exchange.web_annotations import export_web_annotations
from annotations.statements.models import Statement
from tests.exchange.conftest import GOLDEN, read_in
from tests.factories.claims import make_claim, make_relation, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.factories.workload import make_own_set, submitted

pytestmark = pytest.mark.django_db(transaction=True)
MOTIVATIONS = {"assessing", "identifying", "linking"}


def document(study, reader=None):
    return json.loads(b"".join(export_web_annotations(study, reader, named=reader is None)))


def items(study, reader=None):
    return document(study, reader)["first"]["items"]


@pytest.fixture
def nasty(admin):
    return read_in((GOLDEN / "nasty.jsonl").read_bytes(), admin, texts=GOLDEN / "texts").study


def test_the_golden_file_comes_out_byte_for_byte(nasty):
    assert b"".join(export_web_annotations(nasty, None)) == (GOLDEN / "nasty.jsonld").read_bytes()


def test_every_quotation_is_found_at_its_place(nasty):
    texts = {f"urn:uuid:{row.uid}": row for row in Article.objects.all()}
    spans = n = 0
    for item in items(nasty):
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        if item["motivation"] == "linking":
            assert isinstance(item["body"], str)
            continue
        target = item["target"]
        article = texts[target["atodds:article"]]
        quote, place = target["selector"]
        assert article.text[place["start"] : place["end"]] == quote["exact"]
        assert target["atodds:sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
        assert target["state"]["type"] == "TimeState"
        if article.text_may_leave:
            n += 1
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert article.text[place["start"] - len(quote["prefix"]) :].startswith(around)
            assert max(len(quote["prefix"]), len(quote["suffix"])) <= 32
        else:
            assert "prefix" not in quote
        spans += 1
    assert spans == sum(len(row.spans) for row in Statement.objects.all())
    assert n


def test_what_a_statement_carries(statement, study, ana):
    claim, other = make_claim(study, "The gates were opened."), make_claim(study, "They were shut.")
    make_stance(statement, claim, "support", commitment="certain")
    make_chain_link(statement, statement.speaker)
    make_relation(claim, other)
    inner = make_statement(statement.annotation_set, ana, "“Nobody warned us,”", parent=statement)
    found = items(study)
    content = next(item for item in found if item["id"] == f"urn:uuid:{statement.uid}#content-0")
    bodies = {body["purpose"]: body for body in content["body"]}
    assert bodies["identifying"]["source"] == f"urn:uuid:{statement.speaker.uid}"
    assessed = bodies["assessing"]
    assert (assessed["source"], assessed["atodds:stance"]) == (f"urn:uuid:{claim.uid}", "support")
    assert content["creator"]["nickname"] == statement.created_by.pseudonym
    links = {item["id"].rpartition("#")[2]: item for item in found if item["motivation"] == "linking"}
    assert links["chain-0"]["target"] == content["id"]
    assert links["link-0"]["body"] == content["id"]
    assert links["link-0"]["target"] == f"urn:uuid:{inner.uid}#content-0"
    assert any(item.get("atodds:relation") == "contrary" for item in found)


def test_counts_and_losses_are_told_and_in_the_manifest(statement, study, vic, api_of):
    Statement.objects.update(external_id="s1", metonym=True)
    client = api_of(vic, scope="read")
    query = {"format": "webannotation", "q": "opened"}
    answer = client.get("/api/v1/studies/gates/export/", query)
    raw = b"".join(answer.streaming_content)
    assert answer["Content-Type"].startswith("application/ld+json")
    assert answer["Content-Disposition"] == 'attachment; filename="gates-q-opened.jsonld"'
    told = json.loads(raw)
    assert told["atodds:filter"] == {"q": "opened"}
    assert told["total"] == len(told["first"]["items"]) == 1
    assert told["atodds:loss"] == {"external_id": 1, "metonym_or_collective": 1, "context_kept_back": 1}
    manifest = client.get("/api/v1/studies/gates/export/manifest/", query).json()
    assert manifest["sha256"] == hashlib.sha256(raw).hexdigest()
    assert manifest["counts"] == {
        "annotation": 1,
        "lost_external_id": 1,
        "lost_metonym_or_collective": 1,
        "lost_context_kept_back": 1,
    }


def test_private_speakers_keep_their_role_and_nobody_is_named(shared_set, study, ana):
    speaker = make_speaker(study, "A child", role="a witness", private=True)
    make_statement(shared_set, ana, speaker=speaker)
    raw = b"".join(export_web_annotations(study, ana))
    assert b"A child" not in raw
    assert b"a witness" in raw
    assert b'"ana"' not in raw


def test_it_is_blind(independent_study, ana, ben):
    article = make_article(independent_study)
    mine = make_statement(make_own_set(article, ana), ana)
    make_statement(make_own_set(article, ben, **submitted()), ben)
    assert [item["id"] for item in items(independent_study, ana)] == [f"urn:uuid:{mine.uid}#content-0"]


def test_an_empty_study_is_a_valid_document(study):
    assert (document(study)["total"], items(study)) == (0, [])
