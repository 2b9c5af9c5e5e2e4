"""A quotation with its citation."""

from datetime import date

from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.web.cards.citation import citation_of
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.factories.workload import make_set


def cited(statement):
    return citation_of(Statement.objects.with_details().with_set().get(pk=statement.pk), "https://x.test/1")


def test_words_speaker_chain_outlet_date_and_link(study, ana):
    outlet, agency = make_outlet(study), make_speaker(study, "Menopress", type="media")
    article = make_article(study, outlet=outlet, published_on=date(2018, 3, 14))
    miller = make_speaker(study, role="miller")
    statement = make_statement(make_set(article), ana, speaker=miller)
    for order, (speaker, role) in enumerate([(miller, "original"), (agency, "relay"), (outlet, "publisher")]):
        make_chain_link(statement, speaker, order, role)
    assert cited(statement) == (
        "“They opened the gates at noon,”\n"
        "— Jon Abel (miller), as quoted by Menopress. In: Yarle Valley Courier,"
        " “Gates stood open, miller says”, 14 March 2018.\n"
        "https://x.test/1"
    )


def test_what_is_not_known_is_left_out(study, ana):
    statement = make_statement(make_set(make_article(study)), ana, "no gate was opened before two")
    assert cited(statement) == (
        "“no gate was opened before two”\n— Speaker not known. In: “Gates stood open, miller says”.\nhttps://x.test/1"
    )


def test_a_private_speaker_goes_by_role(study, ana):
    miller = make_speaker(study, role="miller", private=True)
    statement = make_statement(make_set(make_article(study)), ana, speaker=miller)
    assert "— miller. In:" in cited(statement)
    Speaker.objects.update(role="")
    assert "— a private person. In:" in cited(statement)


def test_the_page_shows_it_with_the_whole_address(client_of, vic, study, ana):
    statement = make_statement(make_set(make_article(study)), ana)
    address = f"/studies/gates/statements/{statement.uid}/citation/"
    page = client_of(vic).get(address).content.decode()
    assert (
        f"http://testserver/studies/gates/articles/{statement.annotation_set.article.uid}/?statement={statement.uid}"
        in page
    )
    assert address in client_of(vic).get("/studies/gates/statements/").content.decode()
