"""Rows c1, c2 and c4: a span keeps its words through reading, storing, sending, exporting and importing."""

import unicodedata
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings

from annotations.corpus.models import Article
from annotations.corpus.text import TextRefused, check_text, decode
from annotations.errors import AnnotationError
from annotations.exchange.dataset import lines
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.exporter import export_jsonl
from annotations.spans import Span, SpanList
from annotations.statements.models import Statement
from tests.api.conftest import program_of
from tests.factories.accounts import make_user
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_set
from tests.nasty import corpus, texts_with_span

# c1: the pure functions -----------------------------------------------------------------------------


def shifted(text, start, end):
    """What is wrong with one span after everything that is done to it outside the database."""
    try:
        check_text(text)
    except TextRefused:
        return []  # refused by name and place, and never stored
    read = decode(text.encode()).text if not text.startswith("\ufeff") else text
    span = Span(start, end).read_from(read)
    again = SpanList.from_json(SpanList.from_json([{"role": "content", **span.to_json()}]).to_json())
    faults = [] if read == text else ["the text was changed"]
    faults += [] if again.content == [span] else ["the span was changed"]
    return faults + (
        [] if read[span.start : span.end] == span.text == text[start:end] else ["the words moved"]
    )


def test_no_span_moves(size):
    @settings(
        max_examples=size(1000, 200_000), deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
    )
    @given(texts_with_span())
    def holds(case):
        assert shifted(*case) == []

    holds()


# c1, c4: stored, exported, imported -----------------------------------------------------------------


def stored(study, user, n):
    """Write the corpus with its spans past all checks; return each text with the words of its spans."""
    wanted = {}
    for text, places in corpus(n):
        article = make_article(study, text, furniture=[], text_may_leave=True)
        into = make_set(article)
        for start, end in places:
            spans = SpanList.from_json([{"role": "content", "start": start, "end": end}]).read_from(text)
            make_statement(into, user, spans=spans, note=text)
        wanted[text] = sorted((start, end, text[start:end]) for start, end in places)
    return wanted


def changed_in(study, wanted):
    """The texts of a study that are not those written, and the spans that do not hold their words."""
    rows = Statement.objects.filter(annotation_set__article__study=study).select_related(
        "annotation_set__article"
    )
    found = {text: [] for text in Article.objects.in_study(study).values_list("text", flat=True)}
    for row in rows:
        text = row.annotation_set.article.text
        found[text] += [(span["start"], span["end"], span["text"]) for span in row.spans]
        if row.note != text or row.quotation != text[row.start : row.end]:
            found[text].append(("note or quotation", row.note, row.quotation))
    found = {text: sorted(spans, key=str) for text, spans in found.items()}
    wanted = {text: sorted(spans, key=str) for text, spans in wanted.items()}
    return [text for text in found.keys() | wanted.keys() if found.get(text) != wanted.get(text)]


def lost_on_the_way(study, user, wanted):
    """Export the study, import the file elsewhere: what is changed, or the refusal."""
    raw = b"".join(export_jsonl(study, None))
    try:
        done = import_dataset(file=BytesIO(raw), slug="elsewhere", by=user, new_ids=True)
    except AnnotationError as refused:
        return [f"refused: {refused}"]
    return changed_in(done.study, wanted)


@pytest.fixture
def writer(db):
    return make_user("writer", is_superuser=True)


@pytest.fixture
def study(writer):
    return make_study("corpus")


@pytest.mark.django_db(transaction=True)
def test_the_corpus_comes_back_out_of_a_file(study, writer, size):
    wanted = stored(study, writer, size(100, 2035))
    assert changed_in(study, wanted) == []
    assert lost_on_the_way(study, writer, wanted) == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_splits_at_every_line_end_is_found_out(study, writer, monkeypatch):
    wanted = stored(study, writer, 15)
    monkeypatch.setattr(lines.checked_lines, "__code__", split_at_every_line_end.__code__)
    assert lost_on_the_way(study, writer, wanted)


def split_at_every_line_end(file, faults, trailer):
    """`checked_lines` with `splitlines`; runs with the names of that module."""
    digest, offset, reached = hashlib.sha256(), 0, 0  # noqa: F821
    for number, line in enumerate(file.read().decode().splitlines(keepends=True), 1):
        raw = line.encode()
        record = _record(raw, number, faults)  # noqa: F821
        if record is not None and record.get("type") == "end":
            trailer.last = record
            continue
        digest.update(raw)
        if record is not None and (kind := _kind(record, number, reached, faults)):  # noqa: F821
            trailer.counts[kind] += 1
            yield Line(number, offset, raw, kind, record)  # noqa: F821
        offset += len(raw)
    trailer.sha256 = digest.hexdigest()


# c2: through the API --------------------------------------------------------------------------------


def changed_by_the_api(user, n):
    """Send the corpus, read it back: the texts that came back otherwise, with the answer."""
    program, faults = program_of(user), []
    for text, places in corpus(n):
        article = program.post("/studies/corpus/articles/", {"text": text, "furniture": []})
        if article.status_code != 201 or article.json()["text"] != text:
            faults.append((text, article.content))
            continue
        one = f"/articles/{article.json()['id']}/"
        words = [{"start": start, "end": end, "text": text[start:end]} for start, end in places]
        body = [{"spans": [{"role": "content", **span}], "note": text} for span in words]
        made = program.post(f"{one}statements/", body)
        read = program.get(f"{one}statements/?page_size=100").json()["results"]
        came_back = sorted((s["start"], s["end"], s["text"]) for row in read for s in row["spans"])
        wanted = [(start, end, text[start:end]) for start, end in places]
        if made.status_code != 201 or came_back != wanted or program.get(one).json()["text"] != text:
            faults.append((text, made.content))
    return faults


@pytest.mark.django_db
def test_the_corpus_comes_back_through_the_api(study, mira_of_corpus, size):
    assert changed_by_the_api(mira_of_corpus, size(20, 2035)) == []


@pytest.mark.django_db
def test_a_store_that_normalises_is_found_out(study, mira_of_corpus, monkeypatch):
    field = Article._meta.get_field("text")

    def composed(value, connection, prepared=False):
        return unicodedata.normalize("NFC", value)

    monkeypatch.setattr(field, "get_db_prep_save", composed)
    assert changed_by_the_api(mira_of_corpus, 6)


@pytest.fixture
def mira_of_corpus(study, mira):
    make_membership(study, mira, "manager")
    return mira
