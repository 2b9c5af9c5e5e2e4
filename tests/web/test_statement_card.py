"""The card itself: what its head says, what stands open in it, for whom, and at which cost."""

import html
import json
import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from annotations.claims.models import stances_of_statements
from annotations.codebook.actions import publish_scheme
from annotations.codebook.default import DEFAULT
from annotations.codebook.scheme import from_record, to_record
from annotations.codebook.vocabulary import vocabulary_of
from annotations.statements.models import Statement
from annotations.web.cards.card import Card
from annotations.web.cards.head import shortened
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import QUOTATION, make_chain_link, make_code, make_statement, spans_of
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db


def get(client, statement, query="", headers=HTMX):
    study = statement.annotation_set.article.study
    return client.get(f"/studies/{study.slug}/statements/{statement.uid}/{query}", headers=headers)


def head_of(statement):
    """The card's head as words, from a fresh read."""
    row = Statement.objects.with_details().prefetch_related(stances_of_statements()).get(pk=statement.pk)
    vocabulary = vocabulary_of(statement.annotation_set.codebook)
    context = {"statement": row, "vocabulary": vocabulary, "opened": False, "may_edit": True}
    return render_to_string("annotations/_statement_card.html", context)


def card_of(statement):
    row = Statement.objects.with_details().prefetch_related(stances_of_statements()).get(pk=statement.pk)
    return Card.of(row, vocabulary_of(statement.annotation_set.codebook))


def words_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_the_head_says_who_what_and_through_whom(statement, study, claim):
    speaker = statement.speaker
    speaker.role, speaker.affiliation = "miller", make_speaker(study, "Millers’ Guild", type="organisation")
    speaker.save()
    make_stance(statement, claim, "oppose")
    make_code(statement, "quote_type", "direct")
    make_code(statement, "report_form", "clause")  # folds away, so it has no chip
    make_chain_link(statement, speaker)
    make_chain_link(statement, make_speaker(study, "Menopress"), 1, "relay", uncertain=True)
    make_chain_link(statement, make_outlet(study), 2, "publisher")
    statement.flags = ["denial", "correction"]
    statement.save()
    said = words_of(head_of(statement))
    assert "Jon Abel miller, Millers’ Guild “They opened the gates at noon,”" in said
    assert "Jon Abel ← Menopress ? ← Yarle Valley Courier" in said
    assert "− oppose: The gates were opened at noon direct 2 flags" in said
    assert "clause" not in said


def test_the_head_names_an_affiliation_once(statement, study):
    speaker = statement.speaker
    speaker.role, speaker.affiliation = "interior minister of Quorrane", make_speaker(study, "Quorrane")
    speaker.save()
    assert card_of(statement).head.about == "interior minister of Quorrane"


def test_a_statement_without_speaker_says_so(shared_set, ana):
    bare = make_statement(shared_set, ana)
    assert "No speaker yet" in head_of(bare)
    author = make_statement(shared_set, ana, "no gate was opened before two", voice="author")
    assert "No speaker yet" not in head_of(author)
    assert "The outlet itself" in head_of(author)


def test_segments_are_joined_by_an_ellipsis(shared_set, ana):
    spans = spans_of(TEXT, content=["They opened the gates", "Nobody warned us"], source="Jon Abel")
    card = card_of(make_statement(shared_set, ana, spans=spans))
    assert card.head.quote == "They opened the gates … Nobody warned us"
    assert json.loads(card.head.places) == [[item.role, item.span.start, item.span.end] for item in spans]


@pytest.mark.parametrize(
    ("stances", "drawn"),
    [
        ([], "none"),
        (["support"], "support"),
        (["oppose", "oppose"], "oppose"),
        (["support", "oppose"], "mixed"),
        (["neutral"], "neutral"),
        (["mixed"], "mixed"),
        (["unclear"], "unclear"),
    ],
)
def test_the_marks_are_drawn_after_the_stances(statement, study, stances, drawn):
    for n, stance in enumerate(stances):
        make_stance(statement, make_claim(study, f"Claim {n}."), stance, order=n)
    assert f'data-stance="{drawn}"' in head_of(statement)


def test_a_chip_gives_the_value_or_the_naming_word(statement, study):
    deaths = make_claim(study, "Number of dead.", kind="quantity")
    value = {"op": ">=", "number": 4000, "number_high": None, "as_written": "at least 4,000", "span": None}
    make_stance(statement, deaths, value=value)
    make_stance(statement, make_claim(study, "What the men are.", kind="label"), label="saboteurs", order=1)
    assert [chip.words for chip in card_of(statement).head.chips] == [
        "Number of dead: at least 4,000",
        "What the men are: saboteurs",
    ]


def test_long_claims_are_shortened_at_a_word():
    assert shortened("Menovar’s engineers opened gates of Korrin Dam on the night") == (
        "Menovar’s engineers opened gates of Korrin…"
    )
    assert shortened("x" * 60) == "x" * 43 + "…"
    assert shortened("short") == "short"


def test_an_open_card_has_the_form_and_a_closed_one_only_the_head(client_of, ana, statement):
    opened, closed = get(client_of(ana), statement), get(client_of(ana), statement, "?view=closed")
    assert opened.status_code == closed.status_code == 200
    assert opened.content.count(b"<form") > 4
    assert b"<form" not in closed.content
    assert len(closed.content) < 1200
    assert "HX-Trigger" not in opened


def test_rare_fields_are_sent_when_they_are_unfolded(client_of, ana, statement):
    folded = get(client_of(ana), statement).content.decode()
    unfolded = get(client_of(ana), statement, "?unfolded=1").content.decode()
    assert 'name="codes.quote_type"' in folded
    assert 'name="codes.speech_act"' not in folded
    assert 'name="codes.speech_act"' in unfolded
    assert 'name="note"' in unfolded
    assert unfolded.count('name="flags"') == 17, "sixteen flags, and one empty field"


def test_without_htmx_the_card_opens_on_the_articles_page(client_of, ana, statement):
    response = get(client_of(ana), statement, headers={})
    article = statement.annotation_set.article
    assert response.status_code == 302
    assert response["Location"] == f"{article.get_absolute_url()}?statement={statement.uid}"


def test_a_viewer_reads_without_forms(client_of, vic, statement, claim):
    make_stance(statement, claim, "support", commitment="probable")
    make_code(statement, "speech_act", "deny")
    page = get(client_of(vic), statement).content.decode()
    assert "<form" not in page
    assert "Speech act deny" in words_of(page)
    assert "probable" in page


def test_a_closed_set_is_read_only(client_of, ana, article):
    made = make_statement(make_set(article, **submitted()), ana)
    page = get(client_of(ana), made).content.decode()
    assert "card-body" in page
    assert "<form" not in page


def test_a_stranger_finds_nothing(client_of, otto, statement):
    assert get(client_of(otto), statement).status_code == 404


def test_a_blind_colleague_finds_nothing(client_of, ana, ben, independent_study):
    own = make_statement(make_own_set(make_article(independent_study), ana), ana)
    assert get(client_of(ben), own).status_code == 404


def test_the_card_is_read_by_get_alone(client_of, ana, statement, study):
    assert client_of(ana).post(f"/studies/{study.slug}/statements/{statement.uid}/").status_code == 405


def test_what_people_write_is_text(client_of, ana, statement, study):
    nasty = "<img src=x onerror=alert(1)>\"'&"
    statement.speaker.name = nasty
    statement.speaker.save()
    make_stance(statement, make_claim(study, nasty), "support")
    page = get(client_of(ana), statement, "?unfolded=1").content.decode()
    assert "<img" not in page
    assert html.escape(nasty, quote=False)[:20] in page


def test_the_form_follows_a_forked_codebook(client_of, mira, study, article):
    record = json.loads(json.dumps(to_record(DEFAULT)))
    record |= {"id": "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001", "version": "2.0.0", "name": "Fork"}
    variables = {variable["slug"]: variable for variable in record["variables"]}
    variables["quote_type"]["name"] = "Zitatform"
    variables["quote_type"]["folded"] = True
    variables["speech_act"]["folded"] = False
    variables["stance"]["labels"][0] |= {"slug": "pro", "name": "dafür", "key": "d"}
    fork = publish_scheme(scheme=from_record(record), study=study, by=mira)
    made = make_statement(make_set(article, codebook=fork), mira)
    make_stance(made, make_claim(study), "pro")
    page = get(client_of(mira), made).content.decode()
    assert 'data-stance="support"' in page
    assert "+ dafür:" in words_of(page)
    assert "Zitatform" not in page
    assert 'name="codes.speech_act"' in page
    assert "Zitatform" in get(client_of(mira), made, "?unfolded=1").content.decode()


def test_a_number_in_the_words_is_proposed_for_a_new_claim(client_of, ana, study, shared_set):
    article = make_article(study, "The keeper said that at least 4,000 people fled.\n")
    made = make_statement(make_set(article), ana, "at least 4,000 people fled")
    fled = make_claim(study, "Number of people who fled.", kind="quantity")
    page = get(client_of(ana), made, f"?claim={fled.uid}").content.decode()
    assert f'data-draft="{fled.uid}"' in page
    assert 'value="4000"' in page
    assert 'value="at least 4,000"' in page
    assert re.search(r'value="&gt;="\s+selected', page)


@pytest.mark.parametrize("claim", ["nonsense", "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"])
def test_an_unknown_claim_has_no_row(client_of, ana, statement, claim):
    response = get(client_of(ana), statement, f"?claim={claim}")
    assert response.status_code == 200
    assert b"data-draft" not in response.content


def test_another_studys_claim_has_no_row(client_of, ana, statement, foreign):
    response = get(client_of(ana), statement, f"?claim={foreign.claim.uid}")
    assert b"data-draft" not in response.content


def test_the_card_costs_the_same_however_much_is_coded(client_of, ana, study, shared_set, statement):
    rich = make_statement(shared_set, ana, "Nobody warned us", speaker=statement.speaker)
    for n in range(12):
        make_stance(rich, make_claim(study, f"Claim {n}."), "support", order=n)
        make_chain_link(rich, make_speaker(study, f"Relay {n}"), n, "relay")
    for variable, label in (("quote_type", "direct"), ("source_type", "official"), ("medium", "letter")):
        make_code(rich, variable, label)
    client, counts = client_of(ana), []
    for each in (statement, statement, rich):
        with CaptureQueriesContext(connection) as queries:
            assert get(client, each, "?unfolded=1").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 6, "session, user, statement, codes, chain, stances"


def test_definitions_come_with_examples_and_may_be_kept(client_of, vic, study, codebook):
    client = client_of(vic)
    address = f"/studies/{study.slug}/codebook/{codebook.uid}/stance/"
    part, page = client.get(address, headers=HTMX), client.get(address)
    assert "The content asserts, presupposes or entails the claim." in part.content.decode()
    assert "“We opened it,” the keeper said." in part.content.decode()
    assert b"<html" not in part.content
    assert b"<html" in page.content
    assert "max-age=86400" in part["Cache-Control"]
    assert "private" in part["Cache-Control"]


@pytest.mark.parametrize("variable", ["nonsense", "stance-"])
def test_definitions_of_an_unknown_variable_are_not_found(client_of, vic, study, codebook, variable):
    assert client_of(vic).get(f"/studies/{study.slug}/codebook/{codebook.uid}/{variable}/").status_code == 404


def test_definitions_of_another_studys_codebook_are_not_found(client_of, vic, otto, study, foreign):
    record = to_record(DEFAULT) | {"id": "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0002", "version": "2.0.0"}
    secret = publish_scheme(scheme=from_record(json.loads(json.dumps(record))), study=foreign.study, by=otto)
    assert client_of(vic).get(f"/studies/{study.slug}/codebook/{secret.uid}/stance/").status_code == 404


def test_the_quotation_is_marked_up_once(statement):
    assert head_of(statement).count(QUOTATION) == 1


def test_in_a_shared_study_people_go_by_name_in_a_blind_one_by_pseudonym(
    client_of, ana, article, independent_study
):
    shared = make_statement(make_set(article), ana)
    blind = make_statement(make_own_set(make_article(independent_study), ana), ana)
    assert "Marked by ana ," in words_of(get(client_of(ana), shared).content.decode())
    page = words_of(get(client_of(ana), blind).content.decode())
    assert f"Marked by {blind.created_by.pseudonym} ," in page
    assert "Marked by ana" not in page
