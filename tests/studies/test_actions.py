"""Studies, members and pseudonyms: one test for each way out of an action."""

import pytest

from annotations.audit.models import Event
from annotations.errors import Invalid, StaleEdit
from annotations.studies import actions
from annotations.studies.actions import LastManager
from annotations.studies.models import Author, Membership, Role, Study
from tests.factories.studies import make_author, make_study
from tests.refusals import refused


def member(study, user):
    return Membership.objects.get(study=study, user=user)


def last_event():
    return Event.objects.latest("pk")


def test_whoever_creates_a_study_manages_it(ana):
    study = actions.create_study(name="  Flood \n reports ", by=ana)
    assert (study.name, study.slug, study.mode) == ("Flood reports", "flood-reports", "shared")
    assert member(study, ana).role == Role.MANAGER
    event = last_event()
    assert (event.verb, event.by, event.study_id, event.target_id) == (
        "study.create",
        ana,
        study.pk,
        str(study.uid),
    )
    assert event.after == {"name": "Flood reports", "slug": "flood-reports", "mode": "shared"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "A", "mode": "open"}, "mode"),
        ({"name": "A", "slug": "A b"}, "slug"),
        ({"name": "A", "slug": "-a"}, "slug"),
        ({"name": "A", "slug": "a--b"}, "slug"),
        ({"name": "A", "slug": "a" * 81}, "slug"),
        ({"name": "A", "slug": "new"}, "slug"),
        ({"name": "A", "slug": "gates"}, "slug"),
    ],
)
def test_a_study_that_cannot_be(study, ana, values, field):
    with refused(Invalid, field=field):
        actions.create_study(by=ana, **values)
    assert list(Study.objects.all()) == [study]


@pytest.mark.parametrize(
    ("name", "slug"), [("Gates", "gates-2"), ("New", "new-2"), ("水门", "study"), ("Ä" * 200, "a" * 70)]
)
def test_a_free_slug_is_found(study, ana, name, slug):
    assert actions.create_study(name=name, by=ana).slug == slug


def test_a_slug_taken_between_check_and_insert(study, ana, monkeypatch):
    """What two managers at the same moment meet: the second one's check has seen nothing yet."""
    monkeypatch.setattr(actions, "_free_slug", lambda name: study.slug)
    with refused(Invalid, field="slug", says="a moment ago"):
        actions.create_study(name="Gates", by=ana)
    assert Study.objects.count() == 1


def test_the_first_sign_in_finds_a_personal_study(dora):
    dora.first_name, dora.last_name = "Dora", "Quist"
    study = actions.personal_study(user=dora)
    assert (study.name, study.mode) == ("Dora Quist’s study", "shared")
    assert actions.personal_study(user=dora) == study
    assert Study.objects.count() == 1


def test_other_studies_do_not_replace_the_personal_one(study, ana):
    assert actions.personal_study(user=ana) not in {study, None}
    assert Study.objects.visible_to(ana).count() == 2


def test_rename_and_archive(study, mira):
    actions.change_study(study=study, expected=1, name="Gates and locks", by=mira)
    assert last_event().before == {"name": "Gates"}
    actions.change_study(study=study, expected=2, archived=True, by=mira)
    kept = Study.objects.get()
    assert kept.name == "Gates and locks"
    assert kept.archived_at
    assert kept.version == 3
    actions.change_study(study=study, expected=3, archived=False, by=mira)
    assert Study.objects.get().archived_at is None


def test_a_stale_rename_changes_nothing(study, mira):
    actions.change_study(study=Study.objects.get(), expected=1, name="First", by=mira)
    with pytest.raises(StaleEdit) as stale:
        actions.change_study(study=study, expected=1, name="Second", by=mira)
    assert stale.value.current.name == "First"
    assert Study.objects.get().name == "First"
    assert Event.objects.filter(verb="study.change").count() == 1


@pytest.mark.parametrize("name", [" ", "a" * 201])
def test_a_study_keeps_a_name(study, mira, name):
    with refused(Invalid, field="name"):
        actions.change_study(study=study, expected=1, name=name, by=mira)


def test_members_come_once(study, otto, mira):
    added = actions.add_member(study=study, user=otto, role="viewer", by=mira)
    assert last_event().after == {"user": "otto", "role": "viewer"}
    with refused(Invalid, field="user", says="otto is a member already"):
        actions.add_member(study=study, user=otto, role="annotator", by=mira)
    assert member(study, otto) == added


def test_an_unknown_role_is_refused_with_the_list(study, otto, ana, mira):
    with refused(Invalid, field="role", says="viewer, annotator, adjudicator, manager"):
        actions.add_member(study=study, user=otto, role="owner", by=mira)
    with refused(Invalid, field="role"):
        actions.change_role(member=member(study, ana), role="owner", expected=1, by=mira)


def test_roles_change(study, ana, mira):
    actions.change_role(member=member(study, ana), role="manager", expected=1, by=mira)
    assert member(study, ana).role == Role.MANAGER
    assert (last_event().before, last_event().after) == ({"role": "annotator"}, {"role": "manager"})


def test_a_stale_role_changes_nothing(study, ana, mira):
    before = member(study, ana)
    actions.change_role(member=member(study, ana), role="viewer", expected=1, by=mira)
    with pytest.raises(StaleEdit):
        actions.change_role(member=before, role="manager", expected=1, by=mira)
    with pytest.raises(StaleEdit):
        actions.remove_member(member=before, expected=1, by=mira)
    assert member(study, ana).role == Role.VIEWER


def test_the_last_manager_stays(study, mira, ana):
    with refused(LastManager, says="mira is the last manager"):
        actions.change_role(member=member(study, mira), role="viewer", expected=1, by=mira)
    with refused(LastManager):
        actions.remove_member(member=member(study, mira), expected=1, by=mira)
    actions.change_role(member=member(study, ana), role="manager", expected=1, by=mira)
    actions.remove_member(member=member(study, mira), expected=1, by=mira)
    assert not Membership.objects.filter(study=study, user=mira).exists()


def test_a_manager_may_be_confirmed_as_manager(study, mira):
    actions.change_role(member=member(study, mira), role="manager", expected=1, by=mira)
    assert member(study, mira).version == 2


def test_whoever_leaves_keeps_the_work_under_the_pseudonym(study, ana, mira):
    author = actions.author_of(study=study, user=ana)
    actions.remove_member(member=member(study, ana), expected=1, by=mira)
    assert Author.objects.get(study=study) == author
    assert last_event().before == {"user": "ana", "role": "annotator"}
    actions.add_member(study=study, user=ana, role="annotator", by=mira)
    assert actions.author_of(study=study, user=ana) == author


def test_pseudonyms_are_taken_in_order_and_never_again(study, ana, ben, ada):
    assert actions.author_of(study=study, user=ben).pseudonym == "c01"
    assert actions.author_of(study=study, user=ana).pseudonym == "c02"
    assert actions.author_of(study=study, user=ben).pseudonym == "c01"
    Author.objects.filter(pseudonym="c01").update(user=None)
    make_author(study, None, "c17")
    make_author(study, None, "imported")
    assert actions.author_of(study=study, user=ben).pseudonym == "c18"
    assert actions.author_of(study=make_study("other"), user=ada).pseudonym == "c01"
