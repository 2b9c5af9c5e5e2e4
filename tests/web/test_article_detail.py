"""The workbench: one page with the text and the statements of one set."""

import gzip
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.workload.actions import submit_set
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import QUOTATION, make_chain_link, make_code, make_statement, spans_of
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def cards_in(page):
    return re.findall(r'<li class="card[^"]*" id="s-([0-9a-f-]+)"', page)


@pytest.mark.parametrize("name", ["mira", "ana", "ada", "vic"])
def test_every_member_sees_text_and_statements(client_of, members, article, statement, name):
    page = page_of(client_of(members[name]).get(article.get_absolute_url()))
    assert "The river rose overnight 🌊 and took the lower mill." in page
    assert cards_in(page) == [str(statement.uid)]
    assert ('id="mark-form"' in page) is (name != "vic")
    assert ('id="done-form"' in page) is (name != "vic")
    assert ('form="furniture-form"' in page) is (name != "vic")


def test_the_page_goes_out_compressed_to_browsers_that_take_it(client_of, ana, article):
    address = article.get_absolute_url()
    plain = client_of(ana).get(address)
    packed = client_of(ana).get(address, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) * 3 < len(plain.content)
    assert TEXT.splitlines()[0] in gzip.decompress(packed.content).decode()
    assert "Accept-Encoding" in packed["Vary"]


def test_a_viewer_gets_no_form_that_writes(client_of, vic, article, statement):
    page = page_of(client_of(vic).get(f"{article.get_absolute_url()}?statement={statement.uid}"))
    forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', page)
    assert forms == ["/sign-out/"]


def test_strangers_find_nothing(client_of, otto, article, statement):
    response = client_of(otto).get(article.get_absolute_url())
    assert response.status_code == 404
    assert QUOTATION not in response.content.decode()


def test_binned_articles_and_articles_of_other_studies_are_not_there(client_of, ana, article, foreign):
    client = client_of(ana)
    assert client.get(f"/studies/gates/articles/{foreign.article.uid}/").status_code == 404
    assert client.get(f"/studies/gates/articles/{uuid.uuid4()}/").status_code == 404
    article.deleted_at = article.created_at
    article.save()
    assert client.get(article.get_absolute_url()).status_code == 404


def test_the_page_is_only_read(client_of, ana, article):
    assert client_of(ana).post(article.get_absolute_url()).status_code == 405


def test_lines_and_offsets(client_of, ana, article):
    page = page_of(client_of(ana).get(article.get_absolute_url()))
    starts = [int(start) for start in re.findall(r'data-start="(\d+)"', page)]
    assert [0, *(n + 1 for n, character in enumerate(TEXT) if character == "\n")] == starts
    assert f'data-length="{len(TEXT)}"' in page
    assert page.count('class="furniture"') == len(article.furniture) == 2


def test_hostile_text_is_text(client_of, ana, study):
    words = "“<img src=x onerror=alert(1)>” he said\n<a hx-get='/sign-out/'>x</a>\r\nend"
    page = page_of(client_of(ana).get(make_article(study, words, title="<b>T</b>").get_absolute_url()))
    assert "<img" not in page
    assert "<a hx-get" not in page
    assert "<b>T</b>" not in page
    assert "x&lt;/a&gt;&#13;</p>" in page


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("قال الوزير إن البوابة أُغلقت.", "ar"),
        ("قال الوزير إن البوابة أُغلقت.", ""),
        ("The gate was shut.", "en"),
    ],
)
def test_direction_and_language(client_of, ana, study, words, language):
    page = page_of(client_of(ana).get(make_article(study, words, language=language).get_absolute_url()))
    opening = re.search(r'<div id="text".*?>', page, re.DOTALL).group()
    assert ('dir="rtl"' if words.startswith("قال") else 'dir="ltr"') in opening
    assert (f'lang="{language}"' in opening) is bool(language)


def test_a_statement_named_in_the_address_is_open(client_of, ana, article, statement, shared_set):
    other = make_statement(shared_set, ana, "“Nobody warned us,”")
    page = page_of(client_of(ana).get(f"{article.get_absolute_url()}?statement={other.uid}"))
    assert re.findall(r'<li class="card open" id="s-([0-9a-f-]+)"', page) == [str(other.uid)]
    page = page_of(client_of(ana).get(f"{article.get_absolute_url()}?statement={uuid.uuid4()}"))
    assert "card open" not in page


def test_statements_stand_in_text_order_without_the_binned(client_of, ana, article, shared_set):
    late = make_statement(shared_set, ana, "no gate was opened before two")
    early = make_statement(shared_set, ana, "“Nobody warned us,”")
    make_statement(shared_set, ana, QUOTATION, deleted_at=late.created_at)
    page = page_of(client_of(ana).get(article.get_absolute_url()))
    assert cards_in(page) == [str(early.uid), str(late.uid)]


def test_the_article_before_and_after_in_the_list(client_of, ana, study):
    oldest, middle, newest = (make_article(study, f"Number {n}\nText {n}") for n in range(3))
    make_article(study, "Gone\nGone", deleted_at=newest.created_at)
    for article, before, after in ((oldest, middle, None), (middle, newest, oldest), (newest, None, middle)):
        page = page_of(client_of(ana).get(article.get_absolute_url()))
        for rel, other in (("prev", before), ("next", after)):
            found = re.search(rf'rel="{rel}"\s+href="([^"]+)"', page)
            assert (found and found.group(1)) == (other and other.get_absolute_url())


def test_articles_of_one_moment_still_have_an_order(client_of, ana, study):
    articles = [make_article(study, f"Number {n}\nText") for n in range(3)]
    for article in articles:
        article.created_at = articles[0].created_at
        article.save()
    page = page_of(client_of(ana).get(articles[1].get_absolute_url()))
    assert re.search(r'rel="prev"\s+href="([^"]+)"', page).group(1) == articles[2].get_absolute_url()
    assert re.search(r'rel="next"\s+href="([^"]+)"', page).group(1) == articles[0].get_absolute_url()


def test_an_article_without_statements_says_how_to_begin(client_of, ana, vic, article):
    assert "Select what somebody is made to say" in page_of(client_of(ana).get(article.get_absolute_url()))
    page = page_of(client_of(vic).get(article.get_absolute_url()))
    assert "No statements yet." in page
    assert "Select what" not in page


def test_a_submitted_set_is_closed_to_marking_and_can_be_reopened(client_of, ana, article):
    make_set(article, **submitted())
    page = page_of(client_of(ana).get(article.get_absolute_url()))
    assert "Done on" in page
    assert "looked, found nothing" in page
    assert 'id="mark-form"' not in page
    assert f'action="{article.get_absolute_url()}reopen/"' in page


def blind(independent_study, ana, ben):
    article = make_article(independent_study)
    sets = {user.username: make_own_set(article, user) for user in (ana, ben)}
    words = {"ana": QUOTATION, "ben": "“Nobody warned us,”"}
    return article, sets, {n: make_statement(sets[n], words=words[n]) for n in sets}


def test_in_an_independent_study_an_annotator_sees_their_own_set_alone(
    client_of, ana, ben, independent_study
):
    article, sets, made = blind(independent_study, ana, ben)
    page = page_of(client_of(ana).get(article.get_absolute_url()))
    assert cards_in(page) == [str(made["ana"].uid)]
    assert str(sets["ben"].uid) not in page
    response = client_of(ana).get(f"{article.get_absolute_url()}?set={sets['ben'].uid}")
    assert response.status_code == 404


def test_a_manager_chooses_among_the_sets(client_of, mira, ana, ben, independent_study):
    article, sets, made = blind(independent_study, ana, ben)
    client = client_of(mira)
    for name in ("ana", "ben"):
        page = page_of(client.get(f"{article.get_absolute_url()}?set={sets[name].uid}"))
        assert cards_in(page) == [str(made[name].uid)]
        assert 'id="mark-form"' not in page
    own = page_of(client.get(f"{article.get_absolute_url()}?set=own"))
    assert cards_in(own) == []
    assert 'id="mark-form"' in own
    assert client.get(f"{article.get_absolute_url()}?set=nonsense").status_code == 404


def test_a_viewer_of_an_independent_study_sees_settled_sets_only(client_of, vic, ana, ben, independent_study):
    article, *_ = blind(independent_study, ana, ben)
    assert cards_in(page_of(client_of(vic).get(article.get_absolute_url()))) == []
    settled = make_statement(make_set(article, kind="adjudicated"), words="Gates stood open")
    assert cards_in(page_of(client_of(vic).get(article.get_absolute_url()))) == [str(settled.uid)]


def _with_parts(into, n):
    parent = None
    study = into.article.study
    speaker, claim = make_speaker(study, f"Speaker {n}"), make_claim(study, f"Claim {n}")
    for i in range(n):
        spans = spans_of(into.article.text, content=QUOTATION, source="Jon Abel", cue="told")
        made = make_statement(into, spans=spans, speaker=speaker, parent=parent, note=str(i))
        make_code(made, "quote_type", "direct")
        make_chain_link(made, speaker)
        make_stance(made, claim)
        parent = made


def test_more_statements_take_no_more_queries(client_of, ana, article, shared_set):
    client = client_of(ana)
    counts = []
    for more in (2, 18):
        _with_parts(shared_set, more)
        page_of(client.get(article.get_absolute_url()))  # the codebook is read once per process
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = page_of(client.get(article.get_absolute_url()))
        counts.append(len(queries))
    assert len(cards_in(page)) == 20
    assert counts[0] == counts[1] <= 10, [query["sql"][:90] for query in queries]


def test_ones_own_set_is_called_so_where_there_is_a_choice(client_of, ana, ada, ben, independent_study):
    article, sets, _ = blind(independent_study, ana, ben)
    assert 'id="set-choice"' not in page_of(client_of(ana).get(article.get_absolute_url()))
    for name, by in (("ana", ana), ("ben", ben)):
        submit_set(annotation_set=sets[name], expected=1, by=by)
    make_own_set(article, ada)
    page = page_of(client_of(ada).get(article.get_absolute_url()))
    assert len(re.findall(">Your own, c0[0-9]<", page)) == 1
    assert page.count(", done<") == 2


def test_a_shared_study_never_speaks_of_sets(client_of, ana, article, statement):
    page = page_of(client_of(ana).get(article.get_absolute_url()))
    assert str(statement.uid) in page
    assert 'id="set-choice"' not in page
    assert "Your own" not in page
