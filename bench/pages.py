"""Pages and saves, each beside the empty signed-in view in the same run, within one process."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import orjson
from django.core.cache import caches
from django.db import connection
from django.test import Client

from annotations.accounts.models import User
from annotations.corpus.models import Article
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.formats.jsonl import to_jsonl
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.corpus import Record, corpus
from bench.measuring import counted, interleaved, say, timed

LONG = "long"


def everything(study: Study, user: User) -> tuple[Client, Article]:
    client = Client()
    client.force_login(user)
    client.get("/")  # makes the personal study
    import_dataset(file=BytesIO(b"".join(to_jsonl(one_long_article()))), slug=LONG, by=user)
    [long] = Article.objects.filter(study__slug=LONG)
    n, home = study.articles.count(), study.get_absolute_url()
    article = Article.objects.in_study(study).newest_first()[n // 2]
    look("open, 12 statements", client, article.get_absolute_url(), target="<= 10 SQL")
    look("open, 1,000 statements", client, long.get_absolute_url(), target="<= 12 times 12; same SQL")
    look("list, page 1", client, home, target="<= 7 SQL")
    look("list, after a change", client, home, target="<= 7 SQL", anew=True)
    look("list, last page", client, f"{home}?page=1000000", target="<= 7 SQL; <= 1.3 of page 1")
    look("list, one hit", client, f"{home}?q=Headline+{n // 2}+", target="an index scan")
    look("list, every text hit", client, f"{home}?q=jalape%C3%B1o", target="an index scan")
    look("list, every hit anew", client, f"{home}?q=jalape%C3%B1o", target="an index scan", anew=True)
    look("statements, text order", client, f"{home}statements/", target="<= 10 SQL")
    look("statements, last changed", client, f"{home}statements/?sort=-changed", target="<= 10 SQL")
    save("save a note", client, study, Statement.objects.of_article(article)[0])
    save("save a note among 1,000", client, long.study, Statement.objects.of_article(long)[500])
    return client, long


def one_long_article() -> Iterator[tuple[str, Record]]:
    """Yield a study of its own with 20,000 words and 1,000 statements; the ids of the made corpus begin anew."""
    for kind, record in corpus(1, per_article=1000, n_sentences=1250):
        yield kind, orjson.loads(re.sub(rb'"be0(.0000-)', rb'"ce0\1', orjson.dumps(record)))


def look(work: str, client: Client, address: str, target: str, *, anew: bool = False) -> None:
    """Measure a page; with `anew` as after a change, when nothing that was counted before holds."""

    def ask() -> Any:  # noqa: ANN401  (the test client adds to what views return)
        if anew:
            caches["figures"].clear()
        return client.get(address)

    assert ask().status_code == 200, work  # what each process reads once is read now
    with counted() as sql:
        response = ask()
    page, empty = interleaved(ask, lambda: client.get("/empty/"))
    say(
        work,
        f"p50 {page.p50 * 1000:.1f} ms, {sql.n} SQL, {len(response.content) / 1000:.0f} kB",
        limit=f"empty view {empty.p50 * 1000:.2f} ms: {empty.p50 / page.p50:.2f} of its rate",
        target=target,
    )


def save(work: str, client: Client, study: Study, statement: Statement) -> None:
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
        work,
        f"p50 {own * 1000:.1f} ms, {sql.n - 1} SQL",
        limit=f"empty view {empty.p50 * 1000:.2f} ms: {empty.p50 / own:.2f} of its rate",
        target="<= 8 SQL and the user",
    )
    connection.close()
