"""Article text and metadata out of a saved web page, in a limited child process.

Parsers of HTML have slow and hungry paths, so none runs in this process: whatever happens to the child is one
error here. What comes back is plain text, checked like any other; no markup of a page is ever stored.
"""

import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotations.corpus.language import TAG
from annotations.corpus.metadata import clean, guess
from annotations.corpus.page_encoding import PageRefused, decode_page
from annotations.corpus.text import MAX_CHARACTERS, check_text

MAX_BYTES = 2 * 1024 * 1024
WALL_SECONDS = 15

_CHILD = Path(__file__).with_name("html_child.py")
_ANSWER = ("text", "title", "author", "published_on", "language", "outlet", "url", "extractor")
_LONGEST_ANSWER = 16 * 1024 * 1024
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "TZ")
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?::\d{2,5})?(?:[/?#][!-~]*)?",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 2000
_LONGEST_TAG = 35
_WAY_OUT = "paste the article's text instead."


class PageTooLarge(PageRefused):
    """A page of more than `MAX_BYTES`."""

    code = "page_too_large"
    status = 413


@dataclass(frozen=True)
class Extracted:
    """An article as plain text, a paragraph a line, and what is known of it; "" and None for what is not."""

    text: str
    title: str
    author: str
    published_on: date | None
    language: str
    outlet: str
    url: str
    extractor: str


def extract(raw: bytes) -> Extracted:
    """Return the article of a page; the page's own metadata go before guesses from the text."""
    if len(raw) > MAX_BYTES:
        raise PageTooLarge(
            f"The page has {len(raw):,} bytes, where {MAX_BYTES:,} are read at most; {_WAY_OUT}"
        )
    found = _run_child(decode_page(raw))
    text = found["text"]
    if not text:
        raise PageRefused(f"The page holds no article text that could be found; {_WAY_OUT}")
    check_text(text)
    guessed = guess(text)
    return Extracted(
        text=text,
        title=clean(found["title"]) or guessed.title,
        author=clean(found["author"]) or guessed.author,
        published_on=_date(found["published_on"]) or guessed.published_on,
        language=_language(found["language"], guessed.language),
        outlet=clean(found["outlet"]) or guessed.outlet,
        url=_address(found["url"]),
        extractor=clean(found["extractor"], 80),
    )


def _run_child(page: str) -> dict[str, str]:
    """Run the extractor on the page; its answer has every key, as strings."""
    try:
        answer: object = json.loads(_output_of_child(page.encode("utf-8")))
    except (OSError, ValueError, RecursionError) as fault:
        raise PageRefused(
            f"The page could not be read within the limits of time and memory; {_WAY_OUT}"
        ) from fault
    if not isinstance(answer, dict) or not all(isinstance(answer.get(name, ""), str) for name in _ANSWER):
        raise PageRefused(f"The page could not be read; {_WAY_OUT}")
    return {name: answer.get(name, "") for name in _ANSWER}


def _output_of_child(page: bytes) -> bytes:
    """Return what the child wrote; OSError where it failed, wrote too much, or ran out of time."""
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script, no shell, nothing of the page
        [sys.executable, "-I", "-B", str(_CHILD), str(MAX_CHARACTERS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        clock = threading.Timer(WALL_SECONDS, child.kill)
        clock.start()
        try:
            output = _converse(child, page)
            status = child.wait()
        finally:
            child.kill()
            clock.cancel()
    if status != 0 or len(output) > _LONGEST_ANSWER:
        raise ChildProcessError(f"The extractor ended with status {status} after {len(output)} bytes.")
    return output


def _converse(child: subprocess.Popen[bytes], page: bytes) -> bytes:
    """Send the page and read the answer, one byte past the limit at most; then the child's pipe is closed."""
    if child.stdin is None or child.stdout is None:
        raise ChildProcessError("The extractor has no pipes.")
    with child.stdin:
        child.stdin.write(page)
    with child.stdout:
        return child.stdout.read(_LONGEST_ANSWER + 1)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _language(declared: str, guessed: str) -> str:
    """Return the declared tag unless the text speaks against it: templates often declare the wrong language."""
    if len(declared) > _LONGEST_TAG or not TAG.fullmatch(declared):
        return guessed
    same = not guessed or declared.casefold().split("-")[0] == guessed
    return declared if same else guessed


def _address(url: str) -> str:
    """Return a plain web address, "" for anything else."""
    return url if len(url) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(url) else ""
