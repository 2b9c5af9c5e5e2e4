"""Pages and saves over HTTP from gunicorn with two sync workers; its start and its memory.

Each request opens a connection, as sync workers close theirs. The clients run on the same machine, and share its cores.
"""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from annotations.corpus.models import Article
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.measuring import interleaved, say
from project.machine import free_port

CLIENTS = 8
SECONDS = 5
TARGETS: Mapping[str, str] = {
    "open, 12 statements": ">= 0.15 of the empty view's rate",
    "open, 1,000 statements": "<= 12 times 12",
    "list, last page": "<= 1.3 of page 1",
    "save a note": ">= 0.25 of the empty view's rate",
}


class Browser:
    """One signed-in client."""

    def __init__(self, port: int, client: Client) -> None:
        self.port, self.token = port, "t" * 32
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        cookies[settings.CSRF_COOKIE_NAME] = self.token
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def ask(self, address: str, fields: dict[str, object] | None = None) -> bytes:
        """Return the body of a page, or of the answer to a form that htmx sends."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie}
        if fields is None:
            line.request("GET", address, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
            line.request("POST", address, urlencode({**fields, "csrfmiddlewaretoken": self.token}), headers)
        response = line.getresponse()
        body = response.read()
        line.close()
        if response.status != 200:
            raise RuntimeError(f"{address}: {response.status} {body[:300]!r}")
        return body

    def saver(self, study: Study, statement: Statement) -> Callable[[], bytes]:
        """Return what saves a note, each time with the version that the one before left."""
        versions = count(statement.version)
        address = f"{study.get_absolute_url()}statements/{statement.uid}/edit/"

        def save() -> bytes:
            version = next(versions)
            return self.ask(address, {"version": version, "note": f"note {version}"})

        return save


def everything(study: Study, long: Article, client: Client) -> None:
    with serving() as (port, pid, took):
        say("cold start", f"{took:.2f} s to the first 200", target="<= 1.5 s")
        say("memory, idle", f"{memory_of(pid):.0f} MB (PSS, 2 workers and their parent)", target="<= 150 MB")
        browser = Browser(port, client)
        articles = Article.objects.in_study(study).newest_first()[:CLIENTS]
        statements = [Statement.objects.of_article(article).in_text_order()[0] for article in articles]
        address = articles[0].get_absolute_url()
        home = study.get_absolute_url()
        pages: dict[str, Callable[[], bytes]] = {
            "open, 12 statements": lambda: browser.ask(address),
            "open, 1,000 statements": lambda: browser.ask(long.get_absolute_url()),
            "list, page 1": lambda: browser.ask(home),
            "list, last page": lambda: browser.ask(f"{home}?page=1000000"),
            "list, one hit": lambda: browser.ask(f"{home}?q=Headline+{study.articles.count() // 2}+"),
            "list, every text hit": lambda: browser.ask(f"{home}?q=jalape%C3%B1o"),
            "statements": lambda: browser.ask(f"{home}statements/"),
            "save a note": browser.saver(study, statements[0]),
        }
        for work, ask in pages.items():
            over_http(work, ask, lambda: browser.ask("/empty/"), TARGETS.get(work, ""))
        savers = [browser.saver(study, statement) for statement in savers_of(statements)]
        per_second("opens", [lambda: browser.ask(address)] * CLIENTS)
        per_second("saves", savers)
        say("memory after all that", f"{memory_of(pid):.0f} MB")
        files = static_files(browser.ask(address).decode())
        say(
            "static files of an article",
            f"{len(files)} files, {sum(files) / 1000:.0f} kB compressed",
            target="<= 8; <= 80 kB",
        )


def savers_of(statements: list[Statement]) -> list[Statement]:
    """Return the statements as they stand after what was measured before."""
    return list(Statement.objects.filter(pk__in=[statement.pk for statement in statements]))


def over_http(work: str, ask: Callable[[], bytes], empty: Callable[[], bytes], target: str) -> None:
    size = len(ask())
    page, limit = interleaved(ask, empty)
    say(
        f"http: {work}",
        f"p50 {page.p50 * 1000:.1f} ms, at best {min(page.runs) * 1000:.1f}, {size / 1000:.0f} kB",
        limit=f"empty view {limit.p50 * 1000:.1f} ms: {limit.p50 / page.p50:.2f} of its rate",
        target=target,
    )


def per_second(work: str, asks: list[Callable[[], bytes]]) -> None:
    """Let each client do its work again and again at the same time."""
    until = time.perf_counter() + SECONDS

    def run(ask: Callable[[], bytes]) -> int:
        done = 0
        while time.perf_counter() < until:
            ask()
            done += 1
        return done

    with ThreadPoolExecutor(len(asks)) as pool:
        done = sum(pool.map(run, asks))
    say(f"http: {work}, {len(asks)} clients", f"{done / SECONDS:.0f} a second")


@contextmanager
def serving() -> Iterator[tuple[int, int, float]]:
    """Run gunicorn; give its port, its process and how long it took to the first answer."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "project/server.py", "-k", "sync", "--threads", "1"]
    began = time.perf_counter()
    server = subprocess.Popen(  # noqa: S603  (this Python, and words of ours)
        [*command, "bench.served:application"],
        env=os.environ | {"ATODDS_BIND": f"127.0.0.1:{port}"},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            time.sleep(0.02)
        yield port, server.pid, time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", settings.STATIC_URL + "annotations/mark.svg")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def memory_of(pid: int) -> float:
    """Return the proportional memory of a process and its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sums = (Path(f"/proc/{each}/smaps_rollup").read_text() for each in (pid, *children))
    return (
        sum(int(found[1]) for text in sums if (found := re.search(r"^Pss: +(\d+)", text, re.MULTILINE)))
        / 1024
    )


def static_files(page: str) -> list[int]:
    """Return the size of each file that a page names, as it is sent."""
    names = set(re.findall(rf'(?:src|href)="{settings.STATIC_URL}([^"]+)"', page))
    paths = [Path(settings.STATIC_ROOT) / name for name in names]
    packed = [path.with_name(f"{path.name}.gz") for path in paths]
    return [
        min(each.stat().st_size for each in pair if each.exists()) for pair in zip(paths, packed, strict=True)
    ]
