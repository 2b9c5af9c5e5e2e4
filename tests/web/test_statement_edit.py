"""Every field of the open card is one save: codes, speaker, date, parent, flags, note and the rest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.audit.models import Event
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import QUOTATION, make_chain_link, make_code, make_statement
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX, address

pytestmark = pytest.mark.django_db


def post(client, statement, headers=HTMX, **given):
    fields = {name.replace("__", "."): value for name, value in given.items()}
    return client.post(address(statement, "edit"), {"version": 1, **fields}, headers=headers)


def codes_of(statement):
    return {
        code.variable.slug: code.label.slug for code in statement.codes.select_related("variable", "label")
    }


def kept(response, statement, version=2):
    """The card came back open, says that it saved, and the row has moved on by one."""
    page = response.content.decode()
    statement.refresh_from_db()
    return (
        response.status_code == 200
        and response["HX-Trigger"] == "saved"
        and f'<li class="card open" id="s-{statement.uid}"' in page
        and f'data-version="{version}"' in page
        and statement.version == version
    )


def test_a_code_is_set_changed_and_removed(client_of, ana, statement):
    client = client_of(ana)
    assert kept(post(client, statement, codes__quote_type="direct"), statement)
    assert codes_of(statement) == {"quote_type": "direct"}
    response = post(client, statement, version=2, codes__quote_type="mixed", codes__medium="letter")
    assert kept(response, statement, 3)
    assert codes_of(statement) == {"quote_type": "mixed", "medium": "letter"}
    assert '<span class="chip" title="Quote type">mixed</span>' in response.content.decode()
    assert kept(post(client, statement, version=3, codes__quote_type=["mixed", ""]), statement, 4)
    assert codes_of(statement) == {"medium": "letter"}


def test_the_answer_shows_what_was_saved_beside_what_stood(client_of, ana, statement, speaker):
    make_code(statement, "source_type", "expert")
    make_chain_link(statement, speaker)
    page = post(client_of(ana), statement, codes__quote_type="direct").content.decode()
    assert ">direct</span>" in page
    assert ">expert</span>" in page
    assert page.count(f'value="{speaker.uid}"') == 2, "in the speaker's field and in the chain"


@pytest.mark.parametrize(
    ("given", "field", "after"),
    [
        ({"voice": "author"}, "voice", "author"),
        ({"metonym": ["no", "yes"]}, "metonym", True),
        ({"collective": ["no", "yes"]}, "collective", True),
        ({"flags": ["", "denial", "correction"]}, "flags", ["denial", "correction"]),
        ({"note": " first\r\nsecond \n"}, "note", "first\nsecond"),
        (
            {"said_on.from": "2018-03-14"},
            "said_on",
            {"from": "2018-03-14", "to": "2018-03-14", "precision": "day", "anchored": True, "span": None},
        ),
        (
            {
                "said_on.from": "2018-03-01",
                "said_on.to": "2018-03-31",
                "said_on.precision": "month",
                "said_on.anchored": "no",
            },
            "said_on",
            {"from": "2018-03-01", "to": "2018-03-31", "precision": "month", "anchored": False, "span": None},
        ),
        (
            {"said_on.precision": "relative", "said_on.from": "", "said_on.to": "", "said_on.anchored": "no"},
            "said_on",
            {"from": None, "to": None, "precision": "relative", "anchored": False, "span": None},
        ),
    ],
)
def test_fields_are_saved(client_of, statement, given, field, after):
    assert kept(post(client_of(statement.created_by.user), statement, **given), statement)
    assert getattr(statement, field) == after


@pytest.mark.parametrize(
    "case",
    [
        ({"metonym": True}, {"metonym": "no"}, ("metonym", False)),
        ({"flags": ["denial"]}, {"flags": ""}, ("flags", [])),
        ({"note": "a thought"}, {"note": ""}, ("note", "")),
        (
            {
                "said_on": {
                    "from": "2018-03-14",
                    "to": "2018-03-14",
                    "precision": "day",
                    "anchored": True,
                    "span": None,
                }
            },
            {"said_on.from": "", "said_on.to": ""},
            ("said_on", None),
        ),
    ],
)
def test_emptying_a_field_removes_what_it_held(client_of, ana, shared_set, case):
    stood, given, after = case
    made = make_statement(shared_set, ana, **stood)
    assert kept(post(client_of(ana), made, **given), made)
    assert getattr(made, after[0]) == after[1]


def test_the_span_of_a_date_stays_when_its_days_change(client_of, ana, shared_set):
    start = shared_set.article.text.index("on Monday")
    span = {"start": start, "end": start + 9, "text": "on Monday"}
    said = {"from": None, "to": None, "precision": "relative", "anchored": False, "span": span}
    made = make_statement(shared_set, ana, said_on=said)
    given = {"said_on.from": "2018-03-12", "said_on.precision": "day", "said_on.anchored": "yes"}
    assert kept(post(client_of(ana), made, **given), made)
    assert made.said_on == {
        "from": "2018-03-12", "to": "2018-03-12", "precision": "day", "anchored": True, "span": span,
    }  # fmt: skip


def test_a_single_day_moves_as_one(client_of, ana, shared_set):
    said = {"from": "2018-03-01", "to": "2018-03-01", "precision": "day", "anchored": True, "span": None}
    made = make_statement(shared_set, ana, said_on=said)
    given = {"said_on.from": "2018-03-14", "said_on.to": "2018-03-01", "said_on.precision": "day"}
    assert kept(post(client_of(ana), made, **given), made)
    assert (made.said_on["from"], made.said_on["to"]) == ("2018-03-14", "2018-03-14")


def test_a_speaker_is_set_and_leads_the_chain(client_of, ana, statement, study, speaker):
    make_chain_link(statement, speaker)
    venn = make_speaker(study, "Ida Venn")
    response = post(client_of(ana), statement, speaker=str(venn.uid))
    assert kept(response, statement)
    assert statement.speaker == venn
    assert statement.chain.get().speaker == venn
    assert response.content.decode().count(">Ida Venn<") == 3, "head, chain, and chain in the form"


def test_a_speaker_is_removed(client_of, ana, statement):
    assert kept(post(client_of(ana), statement, speaker=[str(statement.speaker.uid), ""]), statement)
    assert statement.speaker is None


def test_the_last_speaker_of_the_set_is_taken_again(client_of, ana, study, shared_set, statement):
    venn = make_speaker(study, "Ida Venn")
    elsewhere = make_set(make_article(study, "Another text, she said.\n"))
    bare = make_statement(shared_set, ana, "Nobody warned us")
    make_statement(shared_set, ana, "no gate was opened before two", speaker=venn)
    make_statement(elsewhere, ana, "Another text", speaker=make_speaker(study, "Somebody else"))
    assert kept(post(client_of(ana), bare, speaker="last"), bare)
    assert bare.speaker == venn


def test_there_is_no_last_speaker_at_first(client_of, ana, shared_set):
    bare = make_statement(shared_set, ana)
    response = post(client_of(ana), bare, speaker="last")
    assert response.status_code == 422
    assert "No other statement of this article has a speaker yet" in response.content.decode()


def test_a_statement_is_put_inside_another_and_taken_out(client_of, ana, shared_set, statement):
    inner = make_statement(shared_set, ana, "They opened the gates")
    assert kept(post(client_of(ana), inner, parent=str(statement.uid)), inner)
    assert inner.parent == statement
    assert kept(post(client_of(ana), inner, version=2, parent=""), inner, 3)
    assert inner.parent is None


def test_one_change_is_one_event(client_of, ana, statement):
    post(client_of(ana), statement, codes__quote_type="direct")
    event = Event.objects.get(target_type="statement", target_id=str(statement.uid))
    assert (event.verb, event.by, event.after) == (
        "statement.revise", ana, {"codes": {"quote_type": "direct"}},
    )  # fmt: skip
    assert event.before == {"codes": {"quote_type": None}}


def test_what_was_loaded_before_is_what_the_log_says_stood(client_of, ana, statement):
    make_code(statement, "quote_type", "indirect")
    post(client_of(ana), statement, codes__quote_type="direct")
    assert Event.objects.get(target_id=str(statement.uid)).before == {"codes": {"quote_type": "indirect"}}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"codes.nonsense": "x"},
        {"codes.quote_type": "nonsense"},
        {"codes.stance": "support"},
        {"voice": "nonsense"},
        {"voice": ""},
        {"metonym": "perhaps"},
        {"flags": "nonsense"},
        {"note": "a\0b"},
        {"said_on.from": "yesterday"},
        {"said_on.from": "2018-03-14", "said_on.to": "2018-03-13"},
        {"said_on.from": "2018-03-14", "said_on.precision": "nonsense"},
        {"said_on.anchored": "perhaps"},
        {"speaker": "nonsense"},
        {"speaker": "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"},
        {"parent": "nonsense"},
        {"codes.quote_type": "direct", "version": "x"},
        {"codes.quote_type": "direct", "version": ""},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(client_of, ana, statement, given):
    response = post(client_of(ana), statement, **given)
    assert response.status_code == 422
    assert "data-problem" in response.content.decode()
    assert "<li" not in response.content.decode(), "a notice, not the card: what is typed in it stays"
    statement.refresh_from_db()
    assert (statement.version, codes_of(statement)) == (1, {})


def test_a_statement_cannot_stand_in_itself_or_in_another_set(client_of, ana, study, statement):
    other = make_statement(make_set(make_article(study, "Another text, she said.\n")), ana, "Another text")
    for parent in (statement, other):
        assert post(client_of(ana), statement, parent=str(parent.uid)).status_code == 422


def test_another_studys_speaker_reads_as_unknown(client_of, ana, statement, foreign):
    response = post(client_of(ana), statement, speaker=str(foreign.speaker.uid))
    unknown = post(client_of(ana), statement, speaker="5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001")
    assert response.status_code == unknown.status_code == 422
    assert response.content == unknown.content


def test_an_edit_in_ones_own_other_window_is_called_that(client_of, ana, statement):
    post(client_of(ana), statement, codes__quote_type="mixed")
    page = post(client_of(ana), statement, codes__quote_type="direct").content.decode()
    assert "<b>You</b> changed this in another window meanwhile" in page


def test_the_later_of_two_edits_sees_both_versions(client_of, ana, ben, statement):
    post(client_of(ben), statement, codes__quote_type="mixed")
    response = post(client_of(ana), statement, codes__quote_type="direct")
    page = response.content.decode()
    assert response.status_code == 409
    assert (response["HX-Retarget"], response["HX-Reswap"]) == (f"#s-{statement.uid}", "outerHTML")
    assert "HX-Trigger" not in response
    assert "<b>ben</b> changed this while you were editing" in page
    assert '<td dir="auto">mixed</td>' in page
    assert '<td dir="auto">direct</td>' in page
    assert codes_of(statement) == {"quote_type": "mixed"}


def test_mine_is_saved_on_top_with_the_fields_of_the_notice(client_of, ana, ben, statement):
    post(client_of(ben), statement, codes__quote_type="mixed")
    page = post(client_of(ana), statement, codes__quote_type="direct").content.decode()
    assert f'action="{address(statement, "edit")}"' in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert '<input type="hidden" name="codes.quote_type" value="direct">' in page
    assert kept(post(client_of(ana), statement, version=2, codes__quote_type="direct"), statement, 3)
    assert codes_of(statement) == {"quote_type": "direct"}


@pytest.mark.parametrize(
    "case",
    [
        ({"flags": ["", "denial"]}, "correction", "denial"),
        ({"note": "mine"}, "theirs", "mine"),
        ({"metonym": ["no", "yes"]}, "no", "yes"),
        ({"said_on.from": "2018-03-14"}, "2018-03-01", "2018-03-14"),
        ({"voice": "author"}, "attributed", "author voice"),
        ({"speaker": "last"}, "Jon Abel", "same as the last statement"),
    ],
)
def test_both_versions_are_in_words(client_of, ana, shared_set, speaker, case):
    given, theirs, yours = case
    said = {"from": "2018-03-01", "to": "2018-03-01", "precision": "day", "anchored": True, "span": None}
    made = make_statement(
        shared_set, ana, speaker=speaker, flags=["correction"], note="theirs", said_on=said, version=2
    )
    response = post(client_of(ana), made, **given)
    assert response.status_code == 409
    cells = response.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert f'<td dir="auto">{theirs}</td>' in cells
    assert f'<td dir="auto">{yours}</td>' in cells


def test_both_versions_tell_nothing_of_other_studies(client_of, ana, shared_set, foreign):
    made = make_statement(shared_set, ana, version=2)
    for field, row in (("speaker", foreign.speaker), ("parent", foreign.statement)):
        response = client_of(ana).post(
            address(made, "edit"), {"version": 1, field: str(row.uid)}, headers=HTMX
        )
        assert b"zq7canary" not in response.content


def test_without_htmx_a_save_leads_back_and_a_late_one_to_a_page(client_of, ana, statement):
    article = statement.annotation_set.article
    response = post(client_of(ana), statement, {}, codes__quote_type="direct")
    assert response.status_code == 302
    assert response["Location"] == f"{article.get_absolute_url()}?statement={statement.uid}"
    late = post(client_of(ana), statement, {}, codes__quote_type="mixed")
    assert late.status_code == 409
    assert b"<html" in late.content
    assert b"Save mine on top" in late.content


def test_a_save_is_a_post(client_of, ana, statement):
    assert client_of(ana).get(address(statement, "edit")).status_code == 405


def test_a_stranger_finds_nothing(client_of, otto, statement):
    assert post(client_of(otto), statement, codes__quote_type="direct").status_code == 404


def test_a_viewer_may_not(client_of, vic, statement):
    assert post(client_of(vic), statement, codes__quote_type="direct").status_code == 403
    assert codes_of(statement) == {}


def test_nobody_changes_a_colleagues_own_set(client_of, mira, ana, independent_study):
    own = make_statement(make_own_set(make_article(independent_study), ana), ana)
    assert post(client_of(mira), own, codes__quote_type="direct").status_code == 403


def test_a_set_that_is_done_is_closed(client_of, ana, article):
    made = make_statement(make_set(article, **submitted()), ana)
    response = post(client_of(ana), made, codes__quote_type="direct")
    assert response.status_code == 409
    assert "marked as done; reopen it" in response.content.decode()


def test_a_save_takes_few_queries_however_much_stands(client_of, ana, study, shared_set, statement):
    """Statement, codes, chain, stances; then lock, update, write, event. Session and user come before."""
    rich = make_statement(shared_set, ana, "Nobody warned us", speaker=statement.speaker)
    for n in range(12):
        make_chain_link(rich, make_speaker(study, f"Relay {n}"), n, "relay")
        make_statement(shared_set, ana, QUOTATION)
    client, counts = client_of(ana), {}
    post(client, statement, codes__source_type="official")
    for each, version in ((statement, 2), (rich, 1)):
        with CaptureQueriesContext(connection) as queries:
            assert kept(post(client, each, version=version, codes__quote_type="direct"), each, version + 1)
        counts[each] = [
            query["sql"]
            for query in queries
            if query["sql"].split()[0] in {"SELECT", "EXECUTE", "INSERT", "UPDATE", "DELETE"}
            and "django_session" not in query["sql"].split("WHERE")[0]
            and not query["sql"].startswith('SELECT "annotations_user"')
        ]
    # `kept` reads the row once more
    assert len(counts[statement]) == len(counts[rich]) == 9
