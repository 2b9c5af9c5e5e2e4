"""Pages and saves, each beside the empty signed-in view in the same run, within one process."""

from django.db import connection
from django.test import Client

from annotations.accounts.models import User
from annotations.corpus.models import Article
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.measuring import counted, interleaved, say, timed


def everything(study: Study, n_articles: int, user: User) -> None:
    client = Client()
    client.force_login(user)
    client.get("/")  # makes the personal study
    article = Article.objects.in_study(study).newest_first()[n_articles // 2]
    look(
        "open, 12 statements",
        client,
        article.get_absolute_url(),
        target=">= 0.15 of the empty view's rate; <= 10 SQL",
    )
    look("list, page 1", client, study.get_absolute_url(), target="<= 7 SQL")
    look(
        "list, one of many words",
        client,
        f"{study.get_absolute_url()}?q=jalape%C3%B1o",
        target="an index scan",
    )
    look(
        "list, one hit",
        client,
        f"{study.get_absolute_url()}?q=Headline+{n_articles // 2}+",
        target="an index scan",
    )
    save(client, study, Statement.objects.of_article(article)[0])


def look(work: str, client: Client, address: str, target: str) -> None:
    with counted() as sql:
        response = client.get(address)
    assert response.status_code == 200, (work, response.status_code)
    page, empty = interleaved(lambda: client.get(address), lambda: client.get("/empty/"))
    say(
        work,
        f"p50 {page.p50 * 1000:.1f} ms, {sql.n} SQL, {len(response.content) / 1000:.0f} kB",
        limit=f"empty view {empty.p50 * 1000:.2f} ms: {empty.p50 / page.p50:.2f} of its rate",
        target=target,
    )


def save(client: Client, study: Study, statement: Statement) -> None:
    address = f"{study.get_absolute_url()}statements/{statement.uid}/edit/"
    notes = iter(range(10_000))

    def write() -> None:
        version = Statement.objects.filter(pk=statement.pk).values_list("version", flat=True).get()
        response = client.post(
            address, {"version": version, "note": f"{next(notes)}"}, headers={"HX-Request": "true"}
        )
        assert response.status_code == 200, response.status_code

    write()
    with counted() as sql:
        write()
    version = timed(
        lambda: Statement.objects.filter(pk=statement.pk).values_list("version", flat=True).get()
    ).p50
    saved, empty = interleaved(write, lambda: client.get("/empty/"))
    own = saved.p50 - version
    say(
        "save a note",
        f"p50 {own * 1000:.1f} ms, {sql.n - 1} SQL",
        limit=f"empty view {empty.p50 * 1000:.2f} ms: {empty.p50 / own:.2f} of its rate",
        target=">= 0.25 of the empty view's rate; <= 8 SQL and the user",
    )
    connection.close()
