"""CSV that no spreadsheet runs, and that gives every word back."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.formats import csv_cells
from annotations.exchange.formats.csv_cells import is_dangerous, neutral, restored, to_csv
from annotations.exchange.tables import TABLES, export_csv
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.cast import CANARY
from tests.exchange.conftest import GOLDEN, exported, lines_of, read_in
from tests.factories.claims import make_claim, make_stance
from tests.factories.codebook import make_codebook, make_label, make_variable
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_code, make_statement, spans_of
from tests.factories.workload import make_own_set, make_set, submitted

PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\t=1+1", "\r=1+1", "\n=1+1",
    " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\u3000=1+1", '"=1+1"', "'=1+1", "＝1+1", "＋1", "－1", "＠x",
    "=", "-",
)  # fmt: skip
HARMLESS = (
    "",
    "-5",
    "+5",
    "-5.25",
    "1e9",
    "-1E-3",
    "plain",
    "“They said”",
    "a=b",
    "1+1",
    "2018-03-14",
    "'quoted'",
    "—",
    "’s",
)


def test_there_are_22_payloads():
    assert len(set(PAYLOADS)) == 22


@pytest.mark.parametrize("words", PAYLOADS)
def test_a_dangerous_cell_gets_an_apostrophe_and_gives_it_back(words):
    assert neutral(words) == f"'{words}"
    assert restored(neutral(words)) == words


@pytest.mark.parametrize("words", HARMLESS)
def test_a_harmless_cell_stays(words):
    assert neutral(words) == words
    assert restored(words) == words


@given(st.text(alphabet=st.sampled_from("=+-@'\"\t\r\n \u00a0\u200b\ufeff＝1aé“0.eE")) | st.text())
def test_every_cell_is_given_back(words):
    assert restored(neutral(words)) == words
    assert not neutral(words).startswith(("=", "@", "\t", "\r", "\n"))


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_a_reader_of_csv_reads_what_was_written(rows):
    raw = b"".join(to_csv(["a", "b"], rows))
    read = list(csv.reader(StringIO(raw.decode(), newline="")))
    assert read[0] == ["a", "b"]
    assert [[restored(one) for one in row] for row in read[1:]] == rows


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (date(2018, 3, 4), "2018-03-04"),
        (datetime(2018, 3, 4, 12, 5, tzinfo=UTC), "2018-03-04T12:05:00+00:00"),
        (-3, "-3"),
        (2.5, "2.5"),
        (1e-7, "1e-07"),
        ("-3", "-3"),
    ],
)
def test_cells(value, shown):
    assert b"".join(to_csv(["a", "b"], [[value, "x"]])) == f"a,b\r\n{shown},x\r\n".encode()


CELLS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(',"\r\n -=a\u2028é')


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_the_file_is_the_one_that_pythons_own_writer_makes(rows):
    own = StringIO()
    writer = csv.writer(own, lineterminator="\r\n")
    writer.writerow(["a", "b"])
    for row in rows:
        cells = [str(value).lower() if isinstance(value, bool) else value for value in row]
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in cells])
    assert b"".join(to_csv(["a", "b"], rows)) == own.getvalue().encode()


def test_the_header_is_there_before_the_first_row():
    def rows():
        yield from ()
        raise AssertionError("a row was asked for")

    assert next(to_csv(["a", "b"], rows())) == b"a,b\r\n"


def test_lines_end_as_rfc_4180_has_it():
    assert b"".join(to_csv(["a", "b"], [['say "x"', "1,2"]])) == b'a,b\r\n"say ""x""","1,2"\r\n'


def table(study, name="statements", reader=None):
    """The rows of a table as dictionaries."""
    raw = b"".join(export_csv(study, reader, name)).decode()
    return list(csv.DictReader(StringIO(raw, newline="")))


def write_payloads(study, ana):
    """22 payloads in every text that a table shows."""
    for i, payload in enumerate(PAYLOADS):
        text = f"a{i} {payload} b\n{payload}"
        outlet = make_outlet(study, payload, external_id=f"{payload}o{i}", role=payload)
        article = make_article(
            study, text, title=payload, outlet=outlet, external_id=f"{payload}{i}", furniture=[]
        )
        speaker = make_speaker(study, payload, external_id=f"{payload}s{i}", role=payload, affiliation=outlet)
        issue = study.issues.create(name=payload)
        claim = make_claim(
            study,
            payload,
            note=payload,
            external_id=f"{payload}{i}",
            issue=issue,
            quantity={"measure": payload, "unit": payload},
        )
        into = make_set(article)
        fields = {
            "spans": spans_of(text, content=payload, source=payload),
            "note": payload,
            "speaker": speaker,
        }
        statement = make_statement(into, ana, external_id=f"{payload}{i}", **fields)
        value = {"op": "=", "number": 1, "number_high": None, "as_written": payload, "span": None}
        make_stance(statement, claim, label=payload, note=payload, value=value)
        span = {"start": 0, "end": 1, "text": payload}
        make_chain_link(statement, speaker, source=span, cue=span)


def dangerous_cells(study):
    """What a spreadsheet might compute: table and cell."""
    cells = [(name, value) for name in TABLES for row in table(study, name) for value in row.values()]
    return [(name, value) for name, value in cells if is_dangerous(value) and not value.startswith("'")]


@pytest.mark.django_db(transaction=True)
class TestTables:
    def test_one_row_for_each_statement_and_stance(self, demo, demo_gold):
        rows = table(demo)
        wanted = [
            (s["id"], link["claim"])
            for s in demo_gold["statements"]
            for link in s["claims"] or [{"claim": ""}]
        ]
        assert sorted((row["external_id"], row["claim_external_id"]) for row in rows) == sorted(wanted)
        row = next(r for r in rows if (r["external_id"], r["claim_external_id"]) == ("a02", "c07"))
        assert (row["value_op"], row["value_number"], row["value_as_written"]) == (
            ">=",
            "4000",
            "“at least 4,000”",
        )
        assert (row["claim_kind"], row["issue_name"], row["stance"]) == ("quantity", "Toll", "support")
        assert (row["article_external_id"], row["published_on"]) == ("demo-a", "2018-03-14")
        assert (row["said_from"], row["said_precision"], row["said_anchored"]) == (
            "2018-03-14",
            "day",
            "true",
        )
        assert (row["speaker_name"], row["quote_type"], row["coder"]) == ("Ilsa Dremmond", "mixed", "gold-1")
        assert row["outlet_name"] == "The Yarle Valley Courier"

    def test_a_statement_without_a_stance_keeps_a_row(self, statement, study):
        row = table(study)[0]
        assert (row["statement"], row["claim"], row["stance"]) == (str(statement.uid), "", "")
        assert row["quotation"] == "“They opened the gates at noon,”"

    def test_the_other_tables(self, demo, demo_gold):
        statements = {line["id"]: line for line in lines_of(exported(demo))["statement"]}
        spans = table(demo, "spans")
        assert len(spans) == sum(len(line["spans"]) for line in statements.values())
        assert {(r["role"], r["start"], r["text"]) for r in spans} >= {
            (
                "content",
                "146",
                "its upstream neighbour Menovar of concealing the cause of Monday night’s flood",
            )
        }
        chain = table(demo, "chain")
        assert len(chain) == sum(len(s["chain"]) for s in demo_gold["statements"])
        relay = next(r for r in chain if r["source_text"] == "the state agency Menopress")
        assert (relay["position"], relay["role"], relay["cue_text"]) == ("1", "relay", "according to")
        codes = table(demo, "codes")
        assert sum(r["variable"] == "flags" for r in codes) == sum(
            len(s["flags"]) for s in demo_gold["statements"]
        )
        assert sum(r["variable"] != "flags" for r in codes) == 7 * 49
        speakers = {r["external_id"]: r for r in table(demo, "speakers")}
        assert len(speakers) == 22
        assert (speakers["dremmond"]["affiliation_name"], speakers["dremmond"]["side_name"]) == (
            "Interior Ministry of Quorrane",
            "Quorrane",
        )
        claims = {r["external_id"]: r for r in table(demo, "claims")}
        assert (claims["c06"]["measure"], claims["c06"]["unit"]) == ("deaths in the flood", "persons")
        assert len(claims) == 23

    @pytest.mark.parametrize("name", TABLES)
    def test_every_row_is_as_long_as_the_header(self, name, admin):
        done = read_in((GOLDEN / "nasty.jsonl").read_bytes(), admin, texts=GOLDEN / "texts")
        raw = b"".join(export_csv(done.study, None, name)).decode()
        rows = list(csv.reader(StringIO(raw, newline="")))
        assert len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows[1:]:
            assert not [value for value in row if re.match(r"[\s\u200b\ufeff]*[=@]", value)]

    def test_nothing_dangerous_leaves_and_every_word_comes_back(self, study, ana, codebook):
        write_payloads(study, ana)
        assert dangerous_cells(study) == []
        for name in TABLES:
            texts = {restored(value) for row in table(study, name) for value in row.values()}
            if name != "codes":
                assert texts >= set(PAYLOADS)
        assert {row["note"] for row in map(plain, table(study))} == set(PAYLOADS)
        assert {line["note"] for line in lines_of(exported(study))["statement"]} == set(PAYLOADS)

    def test_raw_cells_are_found_out(self, study, ana, codebook, monkeypatch):
        write_payloads(study, ana)
        monkeypatch.setattr(csv_cells, "neutral", str)
        assert {name for name, _ in dangerous_cells(study)} >= {"statements", "spans", "speakers", "claims"}

    def test_private_speakers_show_their_role(self, statement, study, speaker):
        Speaker.objects.filter(pk=speaker.pk).update(private=True, role="a miller")
        for name, column in (("statements", "speaker_name"), ("speakers", "name")):
            assert {row[column] for row in table(study, name)} == {"a miller"}
            assert speaker.name not in str(table(study, name)).replace("the miller Jon Abel", "")

    def test_a_variable_of_the_studys_own_has_its_column(self, study, ana):
        book = make_codebook(study)
        for slug in ("tone", "note"):
            make_label(make_variable(book, slug), "calm")
        statement = make_statement(make_set(make_article(study), codebook=book), ana)
        make_code(statement, "tone", "calm")
        make_code(statement, "note", "calm")
        row = table(study)[0]
        assert (row["tone"], row["code_note"], row["note"]) == ("calm", "calm", "")

    def test_the_blind_do_not_see(self, independent_study, ana, ben, codebook):
        article = make_article(independent_study)
        make_statement(make_own_set(article, ana), ana, note="mine")
        make_statement(make_own_set(article, ben, **submitted()), ben, note="theirs")
        assert [row["note"] for row in table(independent_study, reader=ana)] == ["mine"]
        for name in ("spans", "chain", "codes"):
            theirs = str(Statement.objects.get(note="theirs").uid)
            assert theirs not in str(table(independent_study, name, ana))

    def test_another_study_is_not_in_it(self, statement, study, foreign, ana):
        for name in TABLES:
            assert CANARY not in str(table(study, name, ana))


def plain(row):
    return {name: restored(value) for name, value in row.items()}
