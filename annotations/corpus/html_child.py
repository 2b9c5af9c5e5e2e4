"""Child process: a page's HTML on standard input (UTF-8), its article as one JSON object on standard output.

Run by `annotations.corpus.html` as a script in Python's isolated mode, so it imports nothing of this project.
It limits itself before it reads a byte: what a hostile page makes the parsers do ends with this process.
The output is plain text, one paragraph a line; it never holds markup of the page.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any

CPU_SECONDS = 10
MEMORY_BYTES = 512 * 1024 * 1024
ALARM_SECONDS = 20
"""Wall time after which the child ends by itself, should its parent be gone; the parent's own limit is lower."""

_INLINE = frozenset({"hi", "ref", "del", "graphic", "cell"})
_FIRST_LINES = 3
_LONGEST_HEADLINE = 300


def limit() -> None:
    """Bound CPU time, memory and files; nothing can be written to a file, and no core is dumped."""
    signal.alarm(ALARM_SECONDS)
    bounds = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in bounds.items():
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (bound, bound))
        except (ValueError, OSError):  # macOS bounds no address space; CPU and wall time still hold there
            continue


def article(page: str) -> dict[str, Any]:
    """Return the article's text, "" if there is none, and what the page's own metadata say of it."""
    import trafilatura  # noqa: PLC0415 - only once the limits stand
    from trafilatura.settings import Document  # noqa: PLC0415

    found: dict[str, Any] = {"extractor": f"trafilatura {trafilatura.__version__}", "text": ""}
    tree = trafilatura.load_html(page)
    if tree is None:
        return found
    headline = _one_line("".join(next(tree.iter("h1"), tree.makeelement("h1")).itertext()))
    language = tree.get("lang") or ""
    dates = {"original_date": True, "extensive_search": False}
    document = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dates,
        prune_xpath="//template",  # no reader of the page sees it
    )
    if not isinstance(document, Document):
        return found
    title = document.title or ""
    lines = _with_headline(list(_lines(document.body)), headline, title)
    return found | {
        "text": "\n".join(lines),
        "title": title,
        "author": document.author or "",
        "published_on": document.date or "",
        "language": language,
        "outlet": document.sitename or "",
        "url": document.url or "",
    }


def _lines(body: object) -> Iterator[str]:
    """Yield each block of the extractor's tree as one line; cells of a row share a line."""
    from lxml import etree  # noqa: PLC0415 - as above

    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and element.tag not in _INLINE:
            if line := _one_line("".join(words)):
                yield line
            words.clear()
        if event == "start":
            words.append(element.text or "")
        else:
            words.append(" " if element.tag == "cell" else "")
            words.append((element.tail or "") if element is not body else "")
    if line := _one_line("".join(words)):
        yield line


def _with_headline(lines: list[str], headline: str, title: str) -> list[str]:
    """Return the lines below the headline, unless it is among the first of them or is none of this article."""
    is_own = headline in title or title in headline
    if lines and headline and is_own and headline not in lines[:_FIRST_LINES]:
        return [headline[:_LONGEST_HEADLINE], *lines]
    return lines


def _one_line(words: str) -> str:
    return " ".join(words.split())


def main() -> None:
    limit()
    found = article(sys.stdin.buffer.read().decode("utf-8"))
    if len(found["text"]) > int(sys.argv[1]):
        sys.exit(f"The article has more than {sys.argv[1]} characters.")
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8"))


if __name__ == "__main__":
    main()
