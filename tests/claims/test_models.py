"""Claims are found by their words, and the database keeps stances and relations once."""

import pytest
from django.db.models import ProtectedError

from annotations.claims.models import Claim, ClaimRelation, Issue, stances_of_statements
from annotations.statements.models import Statement
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.refusals import refused_by_database


def test_external_ids_are_taken_once_in_a_study(study, independent_study):
    for make, words in ((make_claim, "Gates shut."), (make_issue, "Gates")):
        make(study, external_id="x1")
        make(study, words)
        make(independent_study, external_id="x1")
        with refused_by_database():
            make(study, words, external_id="x1")


def test_words_are_needed(study):
    make_claim(study, "A.")
    make_issue(study, "A")
    with refused_by_database():
        make_claim(study, "")
    with refused_by_database():
        make_issue(study, "")


def test_a_relation_is_kept_once_and_leads_to_another(study, claim):
    other = make_claim(study, "The gates stayed shut.")
    make_relation(claim, other)
    make_relation(other, claim)
    make_relation(claim, other, "entails")
    with refused_by_database():
        make_relation(claim, other)
    with refused_by_database():
        make_relation(claim, claim)


def test_a_statement_takes_one_stance_on_a_claim(statement, claim, study):
    make_stance(statement, claim)
    make_stance(statement, make_claim(study, "The gates stayed shut."), "oppose")
    with refused_by_database():
        make_stance(statement, claim, "oppose")


def test_a_claim_with_stances_cannot_go(statement, claim):
    make_stance(statement, claim)
    with pytest.raises(ProtectedError):
        claim.delete()


def test_claims_outlive_their_issue(study):
    claim = make_claim(study, issue=make_issue(study))
    claim.issue.delete()
    assert Claim.objects.get().issue is None


def test_claims_are_found_by_words_in_any_order(study, foreign):
    noon = make_claim(study, "The gates were opened at noon.")
    shut = make_claim(study, "The GATES  stayed shut.")
    rows = Claim.objects.in_study(study)
    assert list(rows.worded_like("gates the").by_text()) == [shut, noon]
    assert list(rows.worded_like("Noon gate")) == [noon]
    assert list(rows.worded_like("noon shut")) == []
    assert list(rows.worded("the gates stayed  shut.")) == [shut]
    assert list(rows.worded("the gates stayed")) == []


def test_members_see_the_vocabulary_of_their_study(study, claim, foreign, everyone):
    vic, otto, dora = (everyone[name] for name in ("vic", "otto", "dora"))
    issue = make_issue(study)
    relation = make_relation(claim, make_claim(study, "Other."))
    assert claim in Claim.objects.visible_to(vic)
    assert list(Issue.objects.visible_to(vic)) == [issue]
    assert list(ClaimRelation.objects.visible_to(vic)) == [relation]
    assert list(ClaimRelation.objects.visible_to(otto)) == [foreign.relation]
    assert list(Issue.objects.visible_to(otto)) == [foreign.issue]
    assert not Claim.objects.visible_to(dora).exists()


def test_stances_come_with_their_claims_in_one_query(statement, claim, study, django_assert_num_queries):
    make_stance(statement, claim, order=1)
    make_stance(statement, make_claim(study, "Other."), "oppose", order=0)
    with django_assert_num_queries(2):
        row = Statement.objects.prefetch_related(stances_of_statements()).get()
        assert [link.to_json()["stance"] for link in row.stances.all()] == ["oppose", "support"]
