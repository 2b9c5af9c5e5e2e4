"""Corrected texts leave with a file and come back, with what waits in the earlier ones."""

import json
import uuid

import pytest
from django.db.models import F

from annotations.corpus.actions import ArticleDraft
from annotations.corpus.models import Article
from annotations.exchange.dataset.faults import DatasetInvalid
from annotations.revisions.actions import revise_article
from annotations.statements.models import Statement
from tests.exchange.conftest import emptied, exported, file_of, lines_of, read_in
from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import make_statement, make_utterance
from tests.factories.workload import make_set

together = pytest.mark.django_db(transaction=True)


@pytest.fixture
def corrected(demo, admin):
    """The demo study and an article that was corrected twice: a nested statement has followed, the outer one waits."""
    article = make_article(demo, text_may_leave=True)
    into = make_set(article)
    outer = make_statement(into, words="The keeper, Ida Venn, said on Monday that no gate was opened")
    make_statement(
        into, words="no gate was opened", parent=outer, utterance=make_utterance(into, segments=[])
    )
    for words in (TEXT.replace("Ida Venn", "Ada Venn"), TEXT.replace("Ida Venn", "Ada Venn") + "More.\n"):
        article = revise_article(
            article=article, expected=1, draft=ArticleDraft(text=words), by=admin
        ).article
    return demo


@together
def test_they_come_back_byte_for_byte(corrected):
    waiting = set(Statement.objects.waiting().values_list("uid", flat=True))
    assert waiting
    raw = exported(corrected)
    root = emptied()
    done = read_in(raw, root, slug="elsewhere")
    assert exported(done.study) == raw
    assert set(Statement.objects.waiting().values_list("uid", flat=True)) == waiting
    assert Article.objects.in_study(done.study).superseded().count() == 2
    apart = Statement.objects.exclude(parent=None).exclude(parent__annotation_set=F("annotation_set"))
    assert apart.count() == 1


@together
def test_a_line_says_so_only_of_a_revision(corrected):
    lines = lines_of(exported(corrected))["article"]
    told = {line["id"]: line["revision_of"] for line in lines if "revision_of" in line}
    superseded = Article.objects.in_study(corrected).superseded().select_related("revised_by")
    assert told == {str(row.revised_by.uid): str(row.uid) for row in superseded}


@together
def test_an_earlier_text_in_the_bin_is_not_named(corrected):
    first = Article.objects.in_study(corrected).get(revised_by__revised_by__isnull=False)
    Article.objects.filter(pk=first.pk).update(deleted_at=first.created_at)
    lines = lines_of(exported(corrected))["article"]
    assert sum("revision_of" in line for line in lines) == 1


def refused(lines, by):
    with pytest.raises(DatasetInvalid) as error:
        read_in(file_of(lines), by, slug="copy")
    return error.value.message


@together
def test_links_that_lead_nowhere(corrected, admin):
    lines = lines_of(exported(corrected))
    last = next(line for line in lines["article"] if line["id"] not in {o.get("revision_of") for o in lines["article"]} and "revision_of" in line)  # fmt: skip
    right = last["revision_of"]
    last["revision_of"] = str(uuid.uuid4())
    assert "there is no article" in refused(lines, admin)
    last["revision_of"] = last["id"]
    assert "earlier revision of itself" in refused(lines, admin)
    first = next(line for line in lines["article"] if line["id"] == right)["revision_of"]
    last["revision_of"] = first
    assert "taken the place of this one already" in refused(lines, admin)
    last["revision_of"] = right
    next(line for line in lines["article"] if line["id"] == first)["revision_of"] = last["id"]
    assert "earlier revision of itself" in refused(lines, admin)


@together
def test_articles_without_revisions_say_nothing_of_them(study, admin):
    make_article(study, text_may_leave=True)
    assert b"revision_of" not in exported(study)
    assert "revision_of" not in json.loads(exported(study).splitlines()[-2])
