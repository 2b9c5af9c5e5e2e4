"""A speaker's fields on a page: saved as typed, refused at the field, both versions when stale; deleted."""

import pytest

from annotations.audit.models import Event
from annotations.speakers.models import Speaker
from tests.factories.speakers import make_affiliation, make_alias, make_speaker

pytestmark = pytest.mark.django_db


def typed(**data):
    """The whole form as a browser sends it."""
    names = ("role", "affiliation", "speaks_for", "aliases", "members", "external_id")
    return {
        "version": 1,
        "name": "Jon Abel",
        "type": "person",
        "named": "on",
        **dict.fromkeys(names, ""),
        **data,
    }


def address(speaker, act="edit"):
    return f"{speaker.get_absolute_url()}{act}/"


def aliases(speaker):
    return [alias.name for alias in speaker.aliases.all()]


@pytest.fixture
def ministry(study):
    return make_speaker(study, "Rivers Ministry", type="organisation")


def test_the_form_holds_what_stands(client_of, ana, study, ministry):
    speaker = make_speaker(study, role="miller", affiliation=ministry, external_id="s-1")
    make_alias(speaker, "the miller")
    speaker.members.add(make_speaker(study, "Member M"))
    page = client_of(ana).get(address(speaker)).content.decode()
    assert all(f'value="{value}"' in page for value in ("Jon Abel", "miller", "Rivers Ministry", "s-1"))
    assert ">\nthe miller</textarea>" in page
    assert ">\nMember M</textarea>" in page


def test_all_fields_are_saved(client_of, ana, speaker, ministry):
    given = typed(
        name="Jon  A. Abel",
        type="group",
        role="millers",
        affiliation="rivers ministry",
        speaks_for="The Guild",
        aliases="the miller\r\n\r\nAbel\r\nAbel",
        members="Rivers Ministry\r\nNew Member",
        private="on",
        external_id="s-1",
    )
    del given["named"]
    response = client_of(ana).post(address(speaker), given)
    assert response["Location"] == speaker.get_absolute_url()
    speaker = Speaker.objects.get(pk=speaker.pk)
    assert (speaker.name, speaker.type, speaker.role) == ("Jon A. Abel", "group", "millers")
    assert (speaker.named, speaker.private, speaker.external_id) == (False, True, "s-1")
    assert speaker.affiliation == ministry, "It is found, not added a second time."
    assert (speaker.speaks_for.name, speaker.speaks_for.type) == ("The Guild", "organisation")
    assert aliases(speaker) == ["Abel", "the miller"]
    assert {member.name for member in speaker.members.all()} == {"Rivers Ministry", "New Member"}


def test_what_is_emptied_is_cleared(client_of, ana, study, ministry):
    speaker = make_speaker(study, affiliation=ministry, speaks_for=ministry, external_id="s-1", role="x")
    make_alias(speaker)
    speaker.members.add(ministry)
    client_of(ana).post(address(speaker), typed())
    speaker = Speaker.objects.get(pk=speaker.pk)
    assert (speaker.affiliation, speaker.speaks_for, speaker.external_id, speaker.role) == (
        None,
        None,
        None,
        "",
    )
    assert (aliases(speaker), list(speaker.members.all())) == ([], [])


def test_only_what_differs_is_written(client_of, ana, speaker):
    make_alias(speaker, "the miller")
    client_of(ana).post(address(speaker), typed(aliases="the miller", role="miller"))
    event = Event.objects.get(verb="speaker.change")
    assert (event.before, event.after) == ({"role": ""}, {"role": "miller"})
    client_of(ana).post(address(speaker), typed(aliases="the miller", role="miller", version=2))
    assert Speaker.objects.get(pk=speaker.pk).version == 2
    assert Event.objects.count() == 1


def test_a_shared_name_keeps_who_is_meant(client_of, ana, study):
    make_speaker(study, "Guild")
    meant = make_speaker(study, "Guild")
    speaker = make_speaker(study, affiliation=meant)
    speaker.members.add(meant)
    client_of(ana).post(address(speaker), typed(affiliation="Guild", members="Guild", role="x"))
    speaker = Speaker.objects.get(pk=speaker.pk)
    assert speaker.affiliation == meant
    assert list(speaker.members.all()) == [meant]


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"name": ""}, "name", "This field is required"),
        ({"name": "a" * 301}, "name", "at most 300 characters"),
        ({"type": "robot"}, "type", "not one of the available choices"),
        ({"affiliation": "jon abel"}, "affiliation", "cannot stand in this relation to itself"),
        ({"affiliation": "ß" * 200}, "affiliation", "longer than 300 characters"),
        ({"speaks_for": "the miller"}, "speaks_for", "cannot stand in this relation to itself"),
        ({"members": "Somebody new\nJon Abel"}, "members", "cannot stand in this relation to itself"),
        ({"aliases": "fine\n" + "a" * 301}, "aliases", "longer than 300 characters"),
        ({"aliases": "ß" * 200}, "aliases", "longer than 300 characters"),
        ({"external_id": "taken"}, "external_id", "names another speaker of this study already"),
    ],
)
def test_a_fault_is_told_at_its_field(client_of, ana, study, speaker, data, field, said):  # noqa: PLR0917
    make_speaker(study, "Ida", external_id="taken")
    make_alias(speaker, "the miller")
    n = Speaker.objects.count()
    response = client_of(ana).post(address(speaker), typed(role="typed role", **data))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page.partition(f'id="id_{field}_error"')[2].partition("</ul>")[0]
    assert 'value="typed role"' in page
    assert Speaker.objects.get(pk=speaker.pk).version == 1
    assert Speaker.objects.count() == n, "Nothing is half-written."


def test_a_stale_save_shows_both_and_can_be_made_again(client_of, ana, ben, speaker, ministry):
    theirs = typed(role="by ben", aliases="B\nA", affiliation="Rivers Ministry", private="on")
    client_of(ben).post(address(speaker), theirs)
    mine = typed(role="by ana", aliases="anas alias", speaks_for="Somebody new")
    response = client_of(ana).post(address(speaker), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert all(words in page for words in ("by ben", "A<br>B", "Rivers Ministry", "<dt>Private</dt>"))
    assert 'value="by ana"' in page
    assert ">\nanas alias</textarea>" in page
    assert 'name="version" value="2"' in page
    assert not Speaker.objects.filter(name="Somebody new").exists()
    client_of(ana).post(address(speaker), {**mine, "version": 2})
    speaker = Speaker.objects.get(pk=speaker.pk)
    assert (speaker.role, aliases(speaker), speaker.affiliation) == ("by ana", ["anas alias"], None)


def test_lists_in_another_order_do_not_differ(client_of, ana, ben, speaker):
    client_of(ben).post(address(speaker), typed(role="by ben", aliases="A\nB"))
    page = client_of(ana).post(address(speaker), typed(aliases="B\nA")).content.decode()
    assert "<dt>Role</dt>" in page
    assert "<dt>Also called</dt>" not in page


def test_a_stale_save_of_nothing_new_is_stale_too(client_of, ana, ben, speaker):
    client_of(ben).post(address(speaker), typed(role="x"))
    assert client_of(ana).post(address(speaker), typed(role="x")).status_code == 409


def test_undo_takes_back_a_save_with_whom_it_added(client_of, ana, speaker):
    client = client_of(ana)
    client.post(address(speaker), typed(affiliation="The Guild", aliases="the miller"))
    client.post("/studies/gates/undo/")
    speaker = Speaker.objects.get(pk=speaker.pk)
    assert (speaker.affiliation, aliases(speaker)) == (None, [])
    assert not Speaker.objects.filter(name="The Guild").exists()


def test_deleting_and_the_way_back(client_of, mira, speaker):
    make_alias(speaker, "the miller")
    client = client_of(mira)
    response = client.post(address(speaker, "delete"), {"version": 1}, follow=True)
    assert "“Jon Abel” is deleted; Undo brings it back." in response.content.decode()
    assert client.get(speaker.get_absolute_url()).status_code == 404
    client.post("/studies/gates/undo/")
    assert aliases(Speaker.objects.get(uid=speaker.uid)) == ["the miller"]


def test_a_speaker_in_use_stays_and_the_page_says_why(client_of, mira, statement, speaker):
    response = client_of(mira).post(address(speaker, "delete"), {"version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Jon Abel is still speaker, relay or outlet of something in this study" in page
    assert 'name="version" value="1"' in page
    assert Speaker.objects.filter(pk=speaker.pk).exists()


def test_a_stale_delete_is_refused(client_of, mira, speaker):
    assert client_of(mira).post(address(speaker, "delete"), {"version": 5}).status_code == 409
    assert Speaker.objects.filter(pk=speaker.pk).exists()


def test_only_managers_are_offered_to_delete(client_of, ana, mira, speaker):
    assert "Delete this speaker" not in client_of(ana).get(address(speaker)).content.decode()
    assert "Delete this speaker" in client_of(mira).get(address(speaker)).content.decode()


@pytest.mark.parametrize(("act", "may"), [("edit", "ana"), ("delete", "mira")])
def test_who_may(client_of, members, otto, speaker, act, may):  # noqa: PLR0917
    assert client_of(otto).post(address(speaker, act), typed()).status_code == 404
    refused = ["vic"] if act == "edit" else ["vic", "ana", "ada"]
    for name in refused:
        assert client_of(members[name]).post(address(speaker, act), typed()).status_code == 403
    assert client_of(members[may]).post(address(speaker, act), typed()).status_code == 302


def dated(*rows):
    """The rows of affiliations with dates as a browser sends them."""
    names = ("kind", "body", "role", "since", "until")
    sent = {
        f"dated-{n}-{name}": value
        for n, row in enumerate(rows)
        for name, value in zip(names, row, strict=True)
    }
    return {"dated-TOTAL_FORMS": len(rows), "dated-INITIAL_FORMS": 0, **sent}


def test_affiliations_at_other_times_are_saved_and_shown(client_of, ana, speaker, ministry):
    client = client_of(ana)
    rows = dated(
        ("affiliation", "rivers ministry", "clerk", "2015-01-02", ""),
        ("speaks_for", "The Guild", "", "", "2018-03-14"),
        ("affiliation", "", "", "", ""),
    )
    page = client.post(address(speaker), typed(**rows), follow=True).content.decode()
    assert "since 2 Jan 2015" in page
    assert "until 14 Mar 2018" in page
    assert set(speaker.affiliations.values_list("body__name", flat=True)) == {"Rivers Ministry", "The Guild"}
    form = client.get(address(speaker)).content.decode()
    assert 'value="2015-01-02"' in form
    client.post(address(speaker), typed(version=2, **dated(("affiliation", "", "", "", ""))))
    assert not speaker.affiliations.exists()


def test_a_form_without_them_leaves_them(client_of, ana, speaker, ministry):
    make_affiliation(speaker, ministry)
    client_of(ana).post(address(speaker), typed(role="miller"))
    assert speaker.affiliations.count() == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("affiliation", "Ministry", "", "2018-01-01", "2015-01-01"), "It ends before it begins"),
        (("affiliation", "", "clerk", "", ""), "Say with whom"),
        (("owns", "Ministry", "", "", ""), "Select a valid choice"),
    ],
)
def test_a_bad_affiliation_is_refused_in_its_row(client_of, ana, speaker, row, said):
    answer = client_of(ana).post(address(speaker), typed(**dated(row)))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_late_affiliations_are_shown_beside_what_stands(client_of, ana, speaker, ministry):
    make_affiliation(speaker, ministry)
    Speaker.objects.filter(pk=speaker.pk).update(version=2)
    answer = client_of(ana).post(address(speaker), typed(**dated(("affiliation", "The Guild", "", "", ""))))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rivers Ministry (? – ?)" in page
    assert 'value="The Guild"' in page
