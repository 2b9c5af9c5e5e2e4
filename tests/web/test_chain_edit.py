"""The chain editor: from the mouth outwards, links added, moved, doubted and removed."""

import pytest

from annotations.statements.models import ChainLink
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX, address

pytestmark = pytest.mark.django_db


def chain_of(statement):
    rows = ChainLink.objects.filter(statement=statement).select_related("speaker")
    return [f"{row.speaker.name}{'?' if row.uncertain else ''} {row.role}" for row in rows]


def form_of(statement):
    """The fields of the chain's form as the card shows them."""
    fields = {}
    for n, row in enumerate(statement.chain.select_related("speaker")):
        fields[f"chain.{n}.speaker"] = str(row.speaker.uid)
        fields[f"chain.{n}.role"] = row.role
        fields[f"chain.{n}.uncertain"] = ["no", "yes"] if row.uncertain else "no"
    return fields


def post(client, statement, headers=HTMX, **given):
    fields = {"version": statement.version, **form_of(statement), **given}
    return client.post(address(statement, "chain"), fields, headers=headers)


@pytest.fixture
def outlet(article, study):
    article.outlet = make_outlet(study)
    article.save()
    return article.outlet


@pytest.fixture
def agency(study):
    return make_outlet(study, "Menopress")


@pytest.fixture
def chained(statement, speaker, agency, outlet):
    source = {"start": 98, "end": 106, "text": "Jon Abel"}
    make_chain_link(statement, speaker)
    make_chain_link(statement, agency, 1, "relay", source=source)
    make_chain_link(statement, outlet, 2, "publisher")
    text = statement.annotation_set.article.text
    source["start"] = text.index("Jon Abel")
    source["end"] = source["start"] + 8
    ChainLink.objects.filter(statement=statement, order=1).update(source=source)
    return statement


def test_one_click_makes_the_chain_from_speaker_to_outlet(client_of, ana, statement, outlet):
    response = post(client_of(ana), statement, do="whole")
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    assert chain_of(statement) == ["Jon Abel original", "Yarle Valley Courier publisher"]
    assert 'value="whole"' not in response.content.decode()


def test_the_click_keeps_the_relays(client_of, ana, statement, agency, outlet):
    make_chain_link(statement, agency, 0, "relay")
    post(client_of(ana), statement, do="whole")
    assert chain_of(statement) == ["Jon Abel original", "Menopress relay", "Yarle Valley Courier publisher"]


def test_a_relay_goes_before_the_publisher(client_of, ana, chained, study):
    board = make_speaker(study, "Water Board", type="organisation")
    response = post(client_of(ana), chained, speaker=str(board.uid))
    assert chain_of(chained) == [
        "Jon Abel original",
        "Menopress relay",
        "Water Board relay",
        "Yarle Valley Courier publisher",
    ]
    assert 'data-version="2"' in response.content.decode()


@pytest.mark.parametrize(
    ("do", "names"),
    [
        ("up.1", ["Menopress", "Jon Abel", "Yarle Valley Courier"]),
        ("up.0", ["Jon Abel", "Menopress", "Yarle Valley Courier"]),
        ("down.1", ["Jon Abel", "Yarle Valley Courier", "Menopress"]),
        ("down.2", ["Jon Abel", "Menopress", "Yarle Valley Courier"]),
        ("remove.1", ["Jon Abel", "Yarle Valley Courier"]),
    ],
)
def test_links_are_moved_and_removed(client_of, ana, chained, do, names):
    assert post(client_of(ana), chained, do=do).status_code == 200
    rows = ChainLink.objects.filter(statement=chained).select_related("speaker")
    assert [row.speaker.name for row in rows] == names
    assert [row.order for row in rows] == list(range(len(names)))


def test_a_link_is_doubted_and_the_card_shows_it(client_of, ana, chained):
    response = post(client_of(ana), chained, **{"chain.1.uncertain": ["no", "yes"]})
    assert chain_of(chained)[1] == "Menopress? relay"
    assert '<span class="q" title="uncertain">?</span>' in response.content.decode()


def test_a_part_changes_and_source_and_cue_spans_stay(client_of, ana, chained):
    before = chained.chain.get(order=1).source
    post(client_of(ana), chained, **{"chain.1.role": "publisher", "chain.2.role": "relay"})
    link = chained.chain.get(order=1)
    assert (link.role, link.source) == ("publisher", before)
    chained.refresh_from_db()
    post(client_of(ana), chained, do="down.1")
    assert chained.chain.get(order=2).source == before


def test_one_speaker_may_stand_in_it_twice(client_of, ana, chained, speaker, outlet):
    make_chain_link(chained, outlet, 3, "relay", uncertain=True)
    post(client_of(ana), chained, do="up.3")
    assert chain_of(chained) == [
        "Jon Abel original",
        "Menopress relay",
        "Yarle Valley Courier? relay",
        "Yarle Valley Courier publisher",
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"do": "up.9"},
        {"do": "up.x"},
        {"do": "nonsense.1"},
        {"do": "up"},
        {"speaker": "nonsense"},
        {"speaker": "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"},
        {"chain.1.role": "nonsense"},
        {"chain.1.role": ""},
        {"chain.1.uncertain": "perhaps"},
        {"chain.1.speaker": ""},
        {"chain.1.speaker": "nonsense"},
        {"version": "x"},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(client_of, ana, chained, given):
    before = chain_of(chained)
    response = post(client_of(ana), chained, **given)
    assert response.status_code == 422
    assert "data-problem" in response.content.decode()
    assert chain_of(chained) == before


def test_another_studys_speaker_reads_as_unknown(client_of, ana, chained, foreign):
    for name in ("speaker", "chain.1.speaker"):
        response = post(client_of(ana), chained, **{name: str(foreign.speaker.uid)})
        assert response.status_code == 422
        assert b"zq7canary" not in response.content


def test_the_later_of_two_edits_sees_both_chains(client_of, ana, ben, chained, study):
    board = make_speaker(study, "Water Board")
    mine = {"version": 1, **form_of(chained), "do": "remove.1"}
    post(client_of(ben), chained, speaker=str(board.uid))
    response = client_of(ana).post(address(chained, "chain"), mine, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Jon Abel ← Menopress ← Water Board ← Yarle Valley Courier" in page
    assert "Jon Abel ← Menopress ← Yarle Valley Courier; remove Menopress" in page
    assert (
        client_of(ana).post(address(chained, "chain"), {**mine, "version": 2}, headers=HTMX).status_code
        == 200
    )
    assert chain_of(chained) == ["Jon Abel original", "Yarle Valley Courier publisher"]


def test_who_may_and_who_may_not(client_of, vic, otto, chained):
    assert post(client_of(otto), chained, do="remove.1").status_code == 404
    assert post(client_of(vic), chained, do="remove.1").status_code == 403
    assert len(chain_of(chained)) == 3


def test_it_is_a_post(client_of, ana, chained):
    assert client_of(ana).get(address(chained, "chain")).status_code == 405


def test_a_set_that_is_done_is_closed(client_of, ana, article, speaker):
    made = make_statement(make_set(article, **submitted()), ana, speaker=speaker)
    assert post(client_of(ana), made, do="whole").status_code == 409
    assert chain_of(made) == []


def test_without_htmx_the_way_leads_back(client_of, ana, chained):
    response = post(client_of(ana), chained, {}, do="remove.1")
    assert response.status_code == 302
    assert response["Location"].endswith(f"?statement={chained.uid}")
