"""Finding what an address names: one query each, 404 for strangers, 403 for members who may not."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from annotations.errors import Forbidden, NotFound
from annotations.permissions import Act
from annotations.web.lookups import article_for, member_for, statement_for, study_for
from tests.factories.corpus import make_article
from tests.factories.statements import make_chain_link, make_code, make_statement
from tests.factories.workload import make_own_set

pytestmark = pytest.mark.django_db


def by(user):
    return SimpleNamespace(user=user)


def test_a_study_with_the_role_of_the_asker(study, ana, mira, django_assert_num_queries):
    with django_assert_num_queries(1):
        at = study_for(by(ana), "gates", Act.ANNOTATE)
    assert (at.study, at.role, at.may_annotate, at.may_manage) == (study, "annotator", True, False)
    assert study_for(by(mira), "gates").may_manage


def test_the_refusal_names_role_act_and_way_out(study, vic):
    with pytest.raises(Forbidden, match="As viewer of “Gates” you may not add articles; a manager"):
        study_for(by(vic), "gates", Act.ADD_ARTICLE)


def test_superusers_are_no_members(study, django_user_model):
    root = django_user_model.objects.create_superuser("root")
    with pytest.raises(NotFound):
        study_for(by(root), "gates")


def test_an_article_in_one_query_without_its_text(article, ana, django_assert_num_queries):
    with django_assert_num_queries(1):
        at = article_for(by(ana), "gates", article.uid)
        assert (at.article.title, at.study.name, at.article.outlet) == (article.title, "Gates", None)
    assert "text" in at.article.get_deferred_fields()
    with django_assert_num_queries(1):
        assert article_for(by(ana), "gates", article.uid, text=True).article.text == article.text


def test_an_article_by_another_study_s_address_is_unknown(article, independent_study, ana):
    with pytest.raises(NotFound):
        article_for(by(ana), "blind", article.uid)


def test_an_article_in_the_bin_is_found_only_there(study, mira):
    binned = make_article(study, deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        article_for(by(mira), "gates", binned.uid)
    assert article_for(by(mira), "gates", binned.uid, binned=True).article == binned
    with pytest.raises(NotFound):
        article_for(by(mira), "gates", make_article(study, "Other\n").uid, binned=True)


def test_a_statement_with_all_its_card_shows(statement, speaker, ana, django_assert_max_num_queries):
    make_code(statement)
    make_chain_link(statement, speaker)
    with django_assert_max_num_queries(5):  # the row; codes, chain and stances in one each
        at = statement_for(by(ana), "gates", statement.uid, Act.EDIT_SET)
        assert at.statement.speaker == speaker
        assert [code.label.slug for code in at.statement.codes.all()] == ["direct"]
        assert [link.speaker for link in at.statement.chain.all()] == [speaker]
        assert list(at.statement.stances.all()) == []
        assert at.article.study == at.study


def test_the_blind_work_of_others_is_unknown(independent_study, ana, ben):
    statement = make_statement(make_own_set(make_article(independent_study), ben), ben)
    with pytest.raises(NotFound):
        statement_for(by(ana), "blind", statement.uid)
    assert statement_for(by(ben), "blind", statement.uid, Act.EDIT_SET).statement == statement


def test_a_viewer_reads_a_statement_and_may_not_change_it(statement, vic):
    assert statement_for(by(vic), "gates", statement.uid).role == "viewer"
    with pytest.raises(Forbidden):
        statement_for(by(vic), "gates", statement.uid, Act.EDIT_SET)


def test_a_statement_in_the_bin_is_found_only_there(shared_set, ana):
    binned = make_statement(shared_set, ana, deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        statement_for(by(ana), "gates", binned.uid)
    assert statement_for(by(ana), "gates", binned.uid, binned=True).statement == binned


@pytest.mark.parametrize("find", [article_for, statement_for])
def test_unknown_and_foreign_read_the_same(study, ana, foreign, find):
    row = foreign.article if find is article_for else foreign.statement
    told = []
    for slug, uid in (("gates", uuid.uuid4()), ("gates", row.uid), (foreign.study.slug, row.uid)):
        with pytest.raises(NotFound) as refused:
            find(by(ana), slug, uid)
        told.append(refused.value.message)
    assert len(set(told)) == 1


def test_a_member_of_another_study_is_unknown(study, mira, foreign):
    with pytest.raises(NotFound):
        member_for(by(mira), "gates", foreign.member.uid, Act.MANAGE_STUDY)
