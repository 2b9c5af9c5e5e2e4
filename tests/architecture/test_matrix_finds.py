"""The matrix is no rubber stamp: with one check taken out of the application, its cells go red."""

import pytest

from annotations.corpus.models import ArticleQuerySet
from annotations.prepared import Prepared
from annotations.statements.models import StatementQuerySet
from annotations.studies.models import Role
from tests.architecture.test_urls import (
    Faults,
    each_role_on_objects_of_the_study,
    sessions_write_with_a_csrf_token_only,
    strange_objects_read_like_unknown_ones,
)

pytestmark = pytest.mark.django_db


def everybody_manages(path):
    """`visible_to` without the asker: whoever asks is given what the managers see."""
    return lambda rows, user: rows.filter(**{f"{path}memberships__role": Role.MANAGER})


@pytest.fixture
def _no_object_check(monkeypatch):
    # what was prepared with the check in it stays aside, and nothing is prepared without it
    monkeypatch.setattr(Prepared, "__call__", lambda query, *values: list(query._build(*values)))
    monkeypatch.setattr(ArticleQuerySet, "visible_to", everybody_manages("study__"))
    monkeypatch.setattr(
        StatementQuerySet, "visible_to", everybody_manages("annotation_set__article__study__")
    )


def found_by(check, name, desk, rival):
    faults = Faults()
    check(name, desk, rival, faults)
    return faults


@pytest.mark.usefixtures("_no_object_check")
@pytest.mark.parametrize(
    "name", ["article-detail", "article-edit", "api:article-detail", "api:statement-detail"]
)
def test_an_object_check_that_is_off_is_found_out(name, desk, rival):
    assert found_by(each_role_on_objects_of_the_study, name, desk, rival)
    foreign = found_by(strange_objects_read_like_unknown_ones, name, desk, rival)
    assert any("differs from an unknown id" in fault for fault in foreign)
    assert any("leaks" in fault for fault in foreign)


def test_forms_that_need_no_token_are_found_out(desk, rival, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Csrf" not in name]
    assert found_by(sessions_write_with_a_csrf_token_only, "study-edit", desk, rival)
