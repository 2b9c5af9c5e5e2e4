"""Private speakers leave under their role, in every file; each is told apart, and the file is as good as any."""

import csv
import io
import json

import pytest

from annotations.exchange.downloads import Export
from annotations.exchange.privacy import name_in_files
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.api.conftest import program_of
from tests.exchange.conftest import emptied, lines_of, read_in
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_alias, make_speaker
from tests.factories.statements import make_chain_link, make_statement, span_of
from tests.factories.workload import make_set

together = pytest.mark.django_db(transaction=True)
NAMES = ("Vera Quist", "Ole Quist", "the baker's wife")


@pytest.fixture
def quists(study, ana):
    """Two private speakers of one role and one without, one of them speaking."""
    vera = make_speaker(study, NAMES[0], role="shopkeeper", private=True)
    make_alias(vera, NAMES[2])
    make_speaker(study, NAMES[1], role="shopkeeper", private=True)
    make_speaker(study, "Nils Quist", private=True)
    statement = make_statement(make_set(make_article(study, text_may_leave=True)), ana, speaker=vera)
    source = span_of("the miller Jon Abel", TEXT).to_json()
    make_chain_link(statement, vera, source=source)
    Statement.objects.filter(pk=statement.pk).update(spans=[*statement.spans, {"role": "source", **source}])
    return vera


def taken(study, reader, **asked):
    return b"".join(Export(**asked).pieces(study, reader))


def rows(raw):
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


@together
@pytest.mark.parametrize(
    "asked",
    [{}, *({"format": "csv", "table": table} for table in ("statements", "spans", "chain", "speakers"))],
)
def test_no_file_of_a_member_names_them(quists, study, mira, asked):
    assert b"Quist" not in taken(study, mira, **asked)
    assert b"baker" not in taken(study, mira, **asked)


@together
def test_each_is_told_apart(quists, study, ana):
    shown = [row["name"] for row in rows(taken(study, ana, format="csv", table="speakers")) if row["private"]]
    private = {line["name"] for line in lines_of(taken(study, ana))["speaker"] if line["private"]}
    shops = [
        f"shopkeeper ({str(uid)[:8]})"
        for uid in Speaker.objects.filter(role="shopkeeper").values_list("uid", flat=True)
    ]
    assert private == {*shops, "private person"}
    assert len(private) == 3
    assert private <= set(shown)


@together
def test_the_words_that_name_them_are_kept_back_in_tables(quists, study, ana):
    spans = rows(taken(study, ana, format="csv", table="spans"))
    assert [row["text"] for row in spans if row["role"] == "source"] == [""]
    assert all(row["text"] for row in spans if row["role"] == "content")
    assert rows(taken(study, ana, format="csv", table="chain"))[0]["source_text"] == ""


@together
def test_the_file_comes_in_and_goes_out_byte_for_byte(quists, study, mira):
    raw = taken(study, mira)
    done = read_in(raw, emptied())
    assert taken(done.study, None) == taken(done.study, None, names="role") == raw


@together
def test_managers_may_ask_for_the_names(quists, study, mira, ana):
    address = "/studies/gates/export/?names=private"
    named = b"".join(program_of(mira).get(address).streaming_content)
    speakers = [json.loads(line) for line in named.splitlines() if b'"type":"speaker"' in line]
    assert set(NAMES[:2]) <= {line["name"] for line in speakers}
    assert program_of(ana).get(address).status_code == 403
    assert program_of(ana).get("/studies/gates/export/manifest/?names=private").status_code == 403
    assert program_of(ana).get("/studies/gates/export/?names=none").status_code == 400


@together
def test_so_do_the_pages(quists, client_of, study, mira, ana):
    address = "/studies/gates/export/download/?file=jsonl&names=private"
    assert client_of(ana).get(address).status_code == 403
    assert NAMES[0].encode() in b"".join(client_of(mira).get(address).streaming_content)
    assert "Private speakers by their names" in client_of(mira).get("/studies/gates/export/").content.decode()
    assert "by their names" not in client_of(ana).get("/studies/gates/export/").content.decode()


@pytest.mark.parametrize("role", ["", "a" * 300])
def test_what_they_are_called_fits_as_a_name(role):
    uid = "3f2a91c0-0000-4000-8000-000000000000"
    label = name_in_files(uid, role, ())
    assert 0 < len(label) <= 300
    told_apart = name_in_files(uid, role, {label})
    assert told_apart == f"{label} (3f2a91c0)"
    assert len(told_apart) <= 300
