"""What goes for good, what stays, and what the log keeps of it."""

import hashlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from annotations.audit.models import Event, IdempotencyKey
from annotations.corpus.models import Article
from annotations.retention.actions import Purged, purge_article, purge_bin, purge_overdue, purge_statement
from annotations.statements.models import Statement
from annotations.studies.actions import delete_study, restore_study
from annotations.studies.models import Study
from tests.cast import fill
from tests.factories.access import make_token
from tests.factories.audit import make_idempotency_key
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - timedelta(days=days, minutes=1)


def rows():
    """A digest for each table; the log apart, and of studies what a way through the bin changes."""
    found = {}
    for model in apps.get_app_config("annotations").get_models():
        if model in {Event, IdempotencyKey}:
            continue
        left_out = {"version", "updated_at", "last_login"} if model is Study else {"last_login"}
        names = [field.name for field in model._meta.concrete_fields if field.name not in left_out]
        values = list(model._default_manager.order_by("pk").values_list(*names))
        found[model.__name__] = (len(values), hashlib.sha256(repr(values).encode()).hexdigest())
    return found


@pytest.fixture
def world(study, ana, codebook):
    return fill(study, ana)


def test_a_study_comes_back_as_it_was(world, mira):
    before = rows()
    delete_study(study=world.study, expected=1, by=mira)
    assert rows() != before
    restore_study(study=world.study, expected=2, by=mira)
    assert rows() == before
    assert [event.verb for event in Event.objects.order_by("pk")][-2:] == ["study.delete", "study.restore"]


def test_a_purged_study_leaves_its_log_and_nothing_else(world, foreign, ana, mira, settings):
    settings.BIN_DAYS = 30
    make_token(ana, study=world.study)
    make_verdict(world.statement, make_statement(world.set, ana, "The keeper"), world.author)
    with_both = rows()
    delete_study(study=world.study, expected=1, by=mira)
    Study.objects.filter(pk=world.study.pk).update(deleted_at=days_ago(30))
    assert purge_overdue() == Purged(studies=1)
    assert list(Study.objects.all()) == [foreign.study]
    left = rows()
    for name in ("Article", "Statement", "Speaker", "Claim", "AnnotationSet", "Author", "Membership"):
        assert 0 < left[name][0] < with_both[name][0], name
    assert Article.objects.get().study == foreign.study
    last = Event.objects.of_study(world.study.pk).last()
    assert (last.verb, last.target_id, last.label) == ("study.purge", str(world.study.uid), "Gates")


def test_only_what_is_overdue_goes(study, shared_set, settings):
    settings.BIN_DAYS = 30
    old = make_article(study, "Old.\n", deleted_at=days_ago(30))
    young = make_article(study, "Young.\n", deleted_at=days_ago(29))
    gone = make_statement(shared_set, deleted_at=days_ago(31))
    kept = make_statement(shared_set, words="Nobody warned us", deleted_at=days_ago(1))
    present = make_statement(shared_set, words="at noon", parent=gone)
    assert purge_overdue() == Purged(articles=1, statements=1)
    assert set(Article.objects.all()) == {young, shared_set.article}
    assert set(Statement.objects.all()) == {kept, present}
    present.refresh_from_db()
    assert (present.parent, present.version) == (None, 2)
    told = Event.objects.order_by("pk").values_list("verb", "target_id", "by")
    assert list(told) == [
        ("article.purge", str(old.uid), None),
        ("statement.purge", str(gone.uid), None),
    ]
    assert purge_overdue() == Purged()


def test_a_study_in_the_bin_stays_whole(study, shared_set, settings):
    settings.BIN_DAYS = 30
    make_article(study, "Old.\n", deleted_at=days_ago(99))
    make_statement(shared_set, deleted_at=days_ago(99))
    Study.objects.filter(pk=study.pk).update(deleted_at=days_ago(2))
    before = rows()
    assert not purge_overdue()
    assert rows() == before


def test_a_bin_without_an_end_keeps_everything(study, settings, capsys):
    settings.BIN_DAYS = 0
    make_article(study, "Old.\n", deleted_at=days_ago(9999))
    call_command("purge_bin")
    assert "keeps everything" in capsys.readouterr().out
    assert Article.objects.count() == 1


def test_the_command_purges_and_says_how_much(study, settings, capsys):
    settings.BIN_DAYS = 7
    make_article(study, "Old.\n", deleted_at=days_ago(8))
    call_command("purge_bin")
    assert capsys.readouterr().out.startswith("Purged 1 article from bins")


def test_what_was_taken_back_meanwhile_stays(study, mira, shared_set):
    article = make_article(study, "Old.\n")
    statement = make_statement(shared_set)
    assert not purge_article(article=article, by=mira)
    assert not purge_statement(statement=statement, by=mira)
    assert not Event.objects.exists()


def test_the_bin_of_one_study_is_purged_alone(study, independent_study, mira):
    for each in (study, independent_study):
        make_article(each, f"Old of {each.slug}.\n", deleted_at=days_ago(0))
    assert purge_bin(study=study, by=mira) == Purged(articles=1)
    assert Article.objects.get().study == independent_study
    assert Event.objects.get().by == mira


def test_old_idempotency_keys_are_forgotten(ana, settings):
    make_idempotency_key(ana, "old", at=days_ago(7))
    young = make_idempotency_key(ana, "young", at=days_ago(6))
    call_command("purge_bin")
    assert list(IdempotencyKey.objects.all()) == [young]
