"""The work that is measured, each piece beside its limit on the same rows in the same run."""

import time
from pathlib import Path

import orjson
from django.core.management import call_command
from django.db import connection
from django.test import Client

from annotations.accounts.models import User
from annotations.corpus.models import Article
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.downloads import Export
from annotations.exchange.formats.jsonl import to_jsonl
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.corpus import corpus
from bench.measuring import counted, interleaved, memory, say, timed

STUDY = "bench"


def everything(n_articles: int, folder: Path) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = User.objects.create_superuser("bench", password="bench")  # noqa: S106  (gone with the database)
    say("work", "AtOdds", limit="limit", target="target")
    bring_in(n_articles, folder, user)
    study = Study.objects.get(slug=STUDY)
    client = Client()
    client.force_login(user)
    client.get("/")  # makes the personal study
    for export in (Export("jsonl"), Export("csv", "statements")):
        send_out(study, export)
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
    save(client, Statement.objects.of_article(article)[0])


def bring_in(n_articles: int, folder: Path, user: User) -> None:
    path = folder / "corpus.jsonl"
    with path.open("wb") as file:
        file.writelines(to_jsonl(corpus(n_articles)))
    before, began = memory(), time.perf_counter()
    with counted() as sql, path.open("rb") as file:
        import_dataset(file=file, slug=STUDY, by=user)
    took = time.perf_counter() - began
    began = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    parsed = time.perf_counter() - began
    say(
        f"import, {n_articles:,} articles",
        f"{n_articles / took:,.0f} articles/s, +{memory() - before} MB, {sql.n * 1000 / n_articles:.0f} SQL a 1,000",
        limit=f"parsing alone {n_articles / parsed:,.0f}/s",
        target=">= 0.5 of parse + COPY; <= 60 SQL; +100 MB",
    )


def send_out(study: Study, export: Export) -> None:
    before, began, first, size = memory(), time.perf_counter(), 0.0, 0
    for piece in export.pieces(study, None):
        first = first or time.perf_counter() - began
        size += len(piece)
    took, n = time.perf_counter() - began, Statement.objects.in_study(study).count()
    began = time.perf_counter()
    rows = Statement.objects.in_study(study).values_list(
        "uid", "spans", "quotation", "said_on", "flags", "note", "start", "end"
    )
    bare = sum(len(orjson.dumps(row)) for row in rows.iterator(chunk_size=2000))
    limit = time.perf_counter() - began
    say(
        f"export {export.format}, {n:,} statements",
        f"{n / took:,.0f} rows/s, first byte {first * 1000:.0f} ms, +{memory() - before} MB, {size / 1e6:.0f} MB",
        limit=f"cursor + orjson {n / limit:,.0f} rows/s, {bare / 1e6:.0f} MB",
        target=f"{'>= 0.5' if export.format == 'jsonl' else '>= 0.4 of COPY'}; <= 100 ms; +64 MB",
    )


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


def save(client: Client, statement: Statement) -> None:
    address = f"/studies/{STUDY}/statements/{statement.uid}/edit/"
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
