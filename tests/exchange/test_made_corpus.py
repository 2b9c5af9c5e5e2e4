"""The study that is measured: the same bytes each time, and a study like any other."""

from io import BytesIO

import pytest

from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.formats.jsonl import to_jsonl
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.corpus import corpus
from tests.exchange.conftest import exported


def made(n, **shape):
    return b"".join(to_jsonl(corpus(n, **shape)))


@pytest.mark.django_db(transaction=True)
def test_it_comes_in_and_goes_out_as_it_was_made(admin):
    raw = made(3)
    import_dataset(file=BytesIO(raw), slug="bench", by=admin)
    study = Study.objects.get(slug="bench")
    assert Statement.objects.in_study(study).count() == 36
    lines = [line for line in exported(study).splitlines()[:-1] if b'"type":"codebook"' not in line]
    assert lines == raw.splitlines()[:-1]


def test_it_is_the_same_each_time():
    assert made(2) == made(2)
    assert made(2) != made(2, per_article=6)


def test_one_article_can_be_long():
    (article,) = [line for kind, line in corpus(1, per_article=1000, n_sentences=1250) if kind == "article"]
    assert article["n_words"] > 20_000
    assert sum(kind == "statement" for kind, _ in corpus(1, per_article=1000, n_sentences=1250)) == 1000
