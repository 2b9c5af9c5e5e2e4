"""Lists with states and counts, as each member may see them."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone

from annotations.statements.article_table import ArticleFilter, article_table
from annotations.statements.models import Statement
from annotations.statements.overview import next_up, studies_of
from annotations.workload.models import AnnotationSet
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db


def states(study, user):
    return [line.state for line in article_table(study, user, ArticleFilter(sort="title")).lines]


def test_the_state_follows_the_sets(study, ana):
    make_article(study, "A\n")
    make_set(make_article(study, "B\n"))
    make_set(make_article(study, "C\n"), **submitted())
    assert states(study, ana) == ["new", "open", "done"]
    assert article_table(study, ana, ArticleFilter()).n_by_state == {"new": 1, "open": 1, "done": 1}


def test_a_machine_set_is_no_work_and_its_statements_do_not_count(study, ana):
    make_statement(make_set(make_article(study), kind=AnnotationSet.Kind.MACHINE))
    [line] = article_table(study, ana, ArticleFilter()).lines
    assert (line.state, line.n_statements) == ("new", 0)
    assert studies_of(ana)[0].n_statements == 0
    assert next_up(study, ana).unfinished is None


def test_binned_statements_and_articles_do_not_count(study, ana):
    gone = datetime(2026, 1, 1, tzinfo=UTC)
    into = make_set(make_article(study))
    make_statement(into, ana)
    make_statement(into, ana, deleted_at=gone)
    make_article(study, "Binned\n", deleted_at=gone)
    [line] = article_table(study, ana, ArticleFilter()).lines
    assert line.n_statements == 1
    assert (studies_of(ana)[0].n_articles, studies_of(ana)[0].n_statements) == (1, 1)


def test_each_sees_the_states_that_their_role_may_know(independent_study, members):
    article = make_article(independent_study)
    make_own_set(article, members["ana"])
    make_own_set(article, members["ben"], **submitted())
    seen = {name: states(independent_study, user)[0] for name, user in members.items()}
    assert seen == {"ana": "open", "ben": "done", "ada": "done", "mira": "open", "vic": "new"}


def test_the_last_change_is_that_of_the_statements_too(study, ana):
    later = timezone.now() + timedelta(days=3)
    make_statement(make_set(make_article(study)), ana, updated_at=later)
    [line] = article_table(study, ana, ArticleFilter()).lines
    assert line.last_change == later


def test_own_work_goes_before_the_work_of_others(study, ana, ben):
    now = timezone.now()
    mine, theirs = make_article(study, "“They opened the gates at noon,”\n"), make_article(study)
    make_statement(make_set(mine), ana, updated_at=now - timedelta(days=2))
    make_statement(make_set(theirs), ben, updated_at=now)
    assert next_up(study, ana).unfinished == mine
    assert next_up(study, ben).unfinished == theirs


def test_the_oldest_new_article_comes_first(study, ana):
    first = make_article(study, "First\n")
    make_article(study, "Second\n")
    assert next_up(study, ana).fresh == first


def test_rows_do_not_add_queries(study, ana, django_assert_num_queries):
    def filled(n):
        for i in range(n):
            make_statement(make_set(make_article(study, f"“They opened the gates at noon,” {n} {i}\n")), ana)

    filled(2)
    with django_assert_num_queries(2):
        article_table(study, ana, ArticleFilter())
    filled(18)
    with django_assert_num_queries(2):
        assert len(article_table(study, ana, ArticleFilter()).lines) == 20


@pytest.mark.parametrize("mode", ["study", "independent_study"])
def test_the_statements_of_one_study_are_those_that_a_member_may_see(mode, members, request):
    within, gone = request.getfixturevalue(mode), timezone.now()
    words = "“They opened the gates at noon,”"
    articles = make_article(within, f"{words} one\n"), make_article(within, f"{words} two\n", deleted_at=gone)
    for article in articles:
        own = (partial(make_own_set, article, members[name]) for name in ("ana", "ben"))
        for make in [partial(make_set, article)] if mode == "study" else own:
            into = make()
            make_statement(into, members["ana"])
            make_statement(into, members["ana"], deleted_at=gone)
    seen = {name: set(Statement.objects.visible_in(within, user)) for name, user in members.items()}
    assert seen == {
        name: set(Statement.objects.visible_to(user).in_study(within)) for name, user in members.items()
    }
    assert len(seen["ana"]) == 1
