"""The pages on which speakers and claims are merged, and taken apart."""

from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.claims.models import Claim
from annotations.merging.actions import merge_claims, merge_speakers, unmerge
from annotations.speakers.actions import delete_speaker
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.accounts import make_user
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_alias, make_speaker
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership
from tests.factories.workload import make_own_set, make_set


@pytest.fixture
def keep(study):
    return make_speaker(study, "Anna Venn", role="minister")


@pytest.fixture
def away(study, ana):
    row = make_speaker(study, "A. Venn")
    make_statement(make_set(make_article(study)), ana, speaker=row)
    return row


def address(what, row, kind="speaker"):
    return reverse(f"annotations:{kind}-{what}", args=[row.study.slug, row.uid])


def merged(client, keep, away):
    return client.post(address("merge", keep), {"with": away.uid, "version": keep.version}, follow=True)


class TestChoosing:
    def test_likely_ones_are_offered_first(self, client_of, mira, keep, away):
        make_alias(make_speaker(keep.study, "Jon Abel"), "the miller")
        page = client_of(mira).get(address("merge", keep)).content.decode()
        assert "Perhaps the same" in page
        assert "A. Venn" in page
        assert "Jon Abel" not in page

    def test_any_is_found_by_its_words(self, client_of, mira, keep, away):
        make_speaker(keep.study, "Jon Abel")
        page = client_of(mira).get(address("merge", keep), {"q": "abel"}).content.decode()
        assert "Jon Abel" in page
        assert "A. Venn" not in page

    def test_while_typing_the_list_alone_comes(self, client_of, mira, keep, away):
        answer = client_of(mira).get(address("merge", keep), {"q": "venn"}, headers={"HX-Request": "true"})
        assert answer.content.decode().strip().startswith("<section")


class TestPreview:
    def test_it_counts_what_moves(self, client_of, mira, keep, away):
        page = client_of(mira).get(address("merge", keep), {"with": away.uid}).content.decode()
        assert "<b>1</b> statement made" in page
        assert Speaker.objects.filter(pk=away.pk).exists()

    def test_it_counts_what_the_manager_may_read(self, client_of, independent_study, mira, ana):
        keep, away = make_speaker(independent_study, "Anna Venn"), make_speaker(independent_study, "A. Venn")
        article = make_article(independent_study)
        make_own_set(article, mira)
        make_statement(make_own_set(article, ana), ana, speaker=away)
        page = client_of(mira).get(address("merge", keep), {"with": away.uid}).content.decode()
        assert "statement made" not in page
        assert "sets that you may not read" in page

    def test_one_of_another_study_is_unknown(self, client_of, mira, keep, independent_study):
        other = make_speaker(independent_study)
        assert client_of(mira).get(address("merge", keep), {"with": other.uid}).status_code == 404


class TestMerging:
    def test_one_is_left_and_says_so(self, client_of, mira, keep, away):
        page = merged(client_of(mira), keep, away).content.decode()
        assert "“A. Venn” is merged into this speaker." in page
        assert "Merged into this speaker" in page
        assert 'formaction="/studies/gates/undo/"' in page
        assert Statement.objects.get().speaker == keep

    def test_a_stale_page_merges_nothing(self, client_of, mira, keep, away):
        Speaker.objects.filter(pk=keep.pk).update(version=3)
        answer = client_of(mira).post(address("merge", keep), {"with": away.uid, "version": 1})
        assert answer.status_code == 409
        assert b'name="version" value="3"' in answer.content
        assert Speaker.objects.filter(pk=away.pk).exists()

    def test_itself_is_refused_in_place(self, client_of, mira, keep):
        answer = client_of(mira).post(address("merge", keep), {"with": keep.uid, "version": 1})
        assert answer.status_code == 422
        assert "nothing is merged into itself" in answer.content.decode()

    @pytest.mark.parametrize("role", ["viewer", "annotator", "adjudicator"])
    def test_it_is_for_managers(self, client_of, study, keep, away, role):
        someone = make_user("someone")
        make_membership(study, someone, role)
        client = client_of(someone)
        assert "Merge with" not in client.get(address("detail", keep)).content.decode()
        assert merged(client, keep, away).status_code == 403


class TestTakingApart:
    def test_it_is_there_again(self, client_of, mira, keep, away):
        client = client_of(mira)
        merged(client, keep, away)
        page = client.post(address("unmerge", keep), {"away": away.uid, "version": 2}, follow=True)
        assert "“A. Venn” stands for itself again." in page.content.decode()
        assert "Merged into this speaker" not in page.content.decode()
        assert Statement.objects.get().speaker == away

    def test_it_says_what_was_changed_since(self, client_of, mira, keep, away):
        client = client_of(mira)
        merged(client, keep, away)
        Statement.objects.update(speaker=make_speaker(keep.study, "Jon Abel"))
        page = client.post(address("unmerge", keep), {"away": away.uid, "version": 2}, follow=True)
        assert (
            "Left as they are, since they were changed after the merge: 1 statement made."
            in page.content.decode()
        )

    def test_undo_and_redo_by_the_buttons(self, client_of, mira, keep, away):
        client = client_of(mira)
        merged(client, keep, away)
        said = client.post("/studies/gates/undo/", follow=True).content.decode()
        assert "Undone: merged the speaker “A. Venn” into “Anna Venn”." in said
        assert Statement.objects.get().speaker == away
        client.post("/studies/gates/redo/")
        assert Statement.objects.get().speaker == keep

    def test_who_manages_no_more_undoes_no_merge(self, client_of, study, mira, keep, away):
        merge_speakers(keep=keep, away=away, expected=1, by=mira)
        study.memberships.filter(user=mira).update(role="annotator")
        assert client_of(mira).post("/studies/gates/undo/").status_code == 403
        assert Statement.objects.get().speaker == keep


def test_the_log_tells_of_a_merge_once(client_of, mira, keep, away):
    client = client_of(mira)
    merged(client, keep, away)
    page = client.get("/studies/gates/").content.decode()
    assert "merged the speaker" in page
    assert "deleted the speaker" not in page


def test_claims_are_merged_on_the_same_pages(client_of, study, mira, ana):
    keep, away = make_claim(study), make_claim(study, "At noon the gates stood open.")
    statement = make_statement(make_set(make_article(study)), ana)
    make_stance(statement, away)
    client = client_of(mira)
    page = client.get(address("merge", keep, "claim"), {"with": away.uid}).content.decode()
    assert "<b>1</b> statement bearing on it" in page
    done = client.post(address("merge", keep, "claim"), {"with": away.uid, "version": 1}, follow=True)
    assert "Merged into this claim" in done.content.decode()
    assert statement.stances.get().claim == keep
    client.post(address("unmerge", keep, "claim"), {"away": away.uid, "version": 2})
    assert statement.stances.get().claim == Claim.objects.get(uid=away.uid)


class TestOldPages:
    """What was merged into another leads there, for whoever may see it."""

    @pytest.fixture
    def old(self, mira, keep, away):
        """The page of one who was merged into another, and that one into a third."""
        middle, page = make_speaker(keep.study, "Anna V."), address("detail", away)
        merge_speakers(keep=middle, away=away, expected=1, by=mira)
        merge_speakers(keep=keep, away=middle, expected=1, by=mira)
        return page

    def test_they_lead_to_where_it_stands_now(self, client_of, ana, keep, old):
        for page in (old, f"{old}edit/"):
            answer = client_of(ana).get(page)
            assert (answer.status_code, answer["Location"]) == (302, address("detail", keep))

    def test_a_claim_too(self, client_of, mira, ana, study):
        keep, away = make_claim(study), make_claim(study, "At noon the gates stood open.")
        page = address("detail", away, "claim")
        merge_claims(keep=keep, away=away, expected=1, by=mira)
        assert client_of(ana).get(page)["Location"] == address("detail", keep, "claim")

    def test_parts_of_pages_and_forms_lead_nowhere(self, client_of, ana, old):
        client = client_of(ana)
        assert client.get(old, headers={"HX-Request": "true"}).status_code == 404
        assert client.post(f"{old}edit/", {"name": "A", "version": 1}).status_code == 404

    def test_strangers_read_what_they_read_of_anything_unknown(self, client_of, keep, old):
        client = client_of(make_user("stranger"))
        unknown = old.replace(old.split("/")[-2], str(uuid4()))
        answers = [client.get(page) for page in (old, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert "There is no such speaker in this study." in answers[0].content.decode()

    def test_what_was_deleted_leads_nowhere(self, client_of, mira, keep, away):
        page = address("detail", away)
        merge_speakers(keep=keep, away=away, expected=1, by=mira)
        apart = unmerge(keep=keep, away=str(away.uid), expected=2, by=mira).away
        Statement.objects.all().delete()
        delete_speaker(speaker=apart, expected=apart.version, by=mira)
        assert client_of(mira).get(page).status_code == 404
