"""Figures of a study are kept until its next event, and for each reader apart."""

import pytest

from annotations.audit.actions import record
from annotations.audit.figures import Figures
from annotations.corpus.actions import ArticleDraft, add_article
from annotations.studies.models import Study
from tests.factories.corpus import make_article
from tests.factories.workload import make_own_set

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    """Keep figures as an installation does."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test figures"}
    settings.CACHES = {**settings.CACHES, "figures": memory}
    from django.core.cache import caches

    caches["figures"].clear()


def asked(study, user, *given):
    calls = []
    [found] = Study.objects.filter(pk=study.pk).with_last_event()
    Figures(study.pk, user.pk, found.last_event or 0).get("n", lambda: calls.append(1) or 0, *given)
    return bool(calls)


def test_a_figure_is_made_once_until_the_next_event(study, ana):
    assert asked(study, ana)
    assert not asked(study, ana)  # nought is a figure too
    record(study_id=study.pk, by=ana, verb="study.change", target=study)
    assert asked(study, ana)


def test_it_is_kept_for_one_reader_one_study_and_what_was_given(study, independent_study, ana, ben):
    assert asked(study, ana, "a")
    assert asked(study, ben, "a")
    assert asked(study, ana, "b")
    assert asked(independent_study, ana, "a")
    assert not asked(study, ana, "a")


def test_the_home_shows_what_was_just_added(client_of, ana, study):
    client = client_of(ana)
    assert "There is no article in this study yet" in client.get("/studies/gates/").content.decode()
    add_article(study=study, draft=ArticleDraft(text="Gate opened\n"), by=ana)
    page = client.get("/studies/gates/").content.decode()
    assert 'class="title"' in page
    assert "Start the next new one" in page


def test_kept_figures_stay_blind(client_of, members, independent_study):
    """What ben has begun is no news to ana, whoever of the two has asked first."""
    make_own_set(make_article(independent_study), members["ben"])
    address = independent_study.get_absolute_url()
    tabs = {
        name: client_of(members[name]).get(f"{address}?state=new").content.decode() for name in ("ben", "ana")
    }
    assert 'class="title"' not in tabs["ben"]
    assert 'class="title"' in tabs["ana"]
