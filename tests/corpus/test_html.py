"""Articles out of HTML pages, ordinary and hostile, through the real child process."""

import json
import subprocess
import sys
from datetime import date

import pytest
from django.core.validators import URLValidator

from annotations.corpus import html
from annotations.corpus.html import MAX_BYTES, PageTooLarge, extract
from annotations.corpus.page_encoding import PageRefused
from annotations.corpus.text import TextRefused

WORDS = """\
Quorrane has accused its upstream neighbour Menovar of concealing the cause of Monday night’s flood in Lower Besk.
“We were not warned,” Dremmond said. “Nobody telephoned, nobody rang the bell, nobody even sent a boy.” 😀 e\u0301
A report by the Water Board says the river rose 2.6 metres, a rate “not consistent with rainfall alone”.
""".splitlines()
PARAGRAPHS = "".join(f"<p>{words}</p>\n" for words in WORDS)
PAGE = f"""<!doctype html>
<html lang="en-GB"><head>
<meta charset="utf-8"><title>Quorrane accuses Menovar - Courier</title>
<meta property="og:title" content="Quorrane accuses Menovar">
<meta property="og:site_name" content="Yarle Valley Courier">
<meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2018-03-14T10:00:00Z">
<link rel="canonical" href="https://courier.example/flood?page=1">
<script>window.PWN = 1</script><style>p {{ color: red }}</style></head>
<body hx-get="/steal" hx-trigger="load"><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<header><h1>Quorrane accuses <em>Menovar</em></h1></header>
<article onclick="PWN()"><div hx-on:click="PWN()" data-hx-get="/steal">
{PARAGRAPHS}
<p>Dremmond called it <a href="javascript:PWN()">an act</a> of <b>water
   war</b>.<br>Hallane did not.</p>
<p>Escaped &lt;b&gt;marks&lt;/b&gt; stay words &amp; signs.</p>
<ul><li>The gates were opened by engineers, one side says</li><li>The gates were never opened at all</li></ul>
<script>PWN()</script><iframe src="/steal"></iframe><img src=x onerror="PWN()">
</div></article><footer>Imprint</footer></body></html>"""


def page_with(inside: str) -> bytes:
    return f"<html><body><article>{PARAGRAPHS}{inside}</article></body></html>".encode()


def text_or_sentence(raw: bytes) -> str:
    try:
        return extract(raw).text
    except PageRefused as refused:
        return refused.message


def test_an_ordinary_page_gives_its_article_a_paragraph_a_line():
    found = extract(PAGE.encode())
    assert found.text.split("\n") == [
        "Quorrane accuses Menovar",
        *WORDS,
        "Dremmond called it an act of water war.",
        "Hallane did not.",
        "Escaped <b>marks</b> stay words & signs.",
        "The gates were opened by engineers, one side says",
        "The gates were never opened at all",
    ]


def test_an_ordinary_page_describes_itself():
    found = extract(PAGE.encode())
    assert (found.title, found.author, found.outlet) == (
        "Quorrane accuses Menovar",
        "Jane Roe",
        "Yarle Valley Courier",
    )
    assert (found.published_on, found.language) == (date(2018, 3, 14), "en-GB")
    assert found.url == "https://courier.example/flood?page=1"
    name, _, version = found.extractor.partition(" ")
    assert name == "trafilatura"
    assert version.startswith("2.")


def test_a_page_without_metadata_leaves_them_to_the_text():
    body = f"<html lang='de'><body><article><p>By Jane Roe, 14 March 2018</p>{PARAGRAPHS}</article></body></html>"
    found = extract(body.encode())
    assert (found.author, found.published_on) == ("Jane Roe", date(2018, 3, 14))
    assert found.language == "en"  # the template says German, the words say English
    assert (found.outlet, found.url) == ("", "")


@pytest.mark.parametrize(
    ("inside", "absent"),
    [
        ("<script>PWN()</script><style>PWN</style>", "PWN"),
        ('<p hx-get="/PWN" data-hx-post="/PWN" hx-on:load="PWN()">Words of the last paragraph.</p>', "PWN"),
        ('<svg onload="PWN()"><script>PWN()</script></svg>', "PWN"),
        ('<template><p hx-get="/PWN">PWN</p></template>', "PWN"),
        ('<noscript><img src="PWN"></noscript><a href="javascript:PWN()">link</a>', "PWN"),
        ("<p>Words &#0; of &#xD800; a kind</p>", "\x00"),
        ("<!-- PWN --><?PWN?><![CDATA[PWN<b>]]>", "<b>"),
    ],
)
def test_nothing_active_is_left_of_a_page(inside, absent):
    text = extract(page_with(inside)).text
    assert absent not in text
    assert all(words in text for words in WORDS)


@pytest.mark.parametrize(
    "inside",
    ["<!--" * 20_000, "<div>" * 300_000, "<table><tr><td>" * 100_000, "<ul><li>" * 150_000, "<" * 1_500_000],
    ids=["unclosed comments", "nested div", "nested tables", "nested lists", "open brackets"],
)
def test_hostile_markup_after_an_article_leaves_the_article(inside):
    text = extract(page_with(inside)).text
    assert all(words in text for words in WORDS)


def test_a_tag_with_100_000_attributes_is_read_or_ended_by_the_limits():
    attributes = " ".join(f'a{i}="x"' for i in range(100_000))
    outcome = text_or_sentence(page_with(f"<p {attributes}>Words</p>"))
    assert WORDS[0] in outcome or "could not be read within the limits of time and memory" in outcome


@pytest.mark.parametrize(
    "raw", [b"", b"hello", b"<html></html>", b"<!--" * 100, b"<p>", b"\xef\xbb\xbf", b"&" * 1000]
)
def test_a_page_without_an_article_is_refused(raw):
    sentence = "no article text that could be found; paste the article's text instead"
    with pytest.raises(PageRefused, match=sentence) as refused:
        extract(raw)
    assert (refused.value.code, refused.value.status) == ("page_refused", 422)


def test_a_page_one_byte_over_the_limit_is_refused_and_one_at_it_is_read():
    page = page_with("")
    assert WORDS[0] in extract(page + b" " * (MAX_BYTES - len(page))).text
    with pytest.raises(PageTooLarge, match=r"2,097,153 bytes.*2,097,152") as refused:
        extract(page + b" " * (MAX_BYTES + 1 - len(page)))
    assert refused.value.status == 413


def test_zero_bytes_are_refused_by_position():
    with pytest.raises(TextRefused, match="NUL character at position 3 "):
        extract(b"<p>\x00" + PARAGRAPHS.encode())


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<meta charset="iso-8859-1">', "latin-1"),
        ("<meta charset=windows-1252>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-15">', "iso8859-15"),
        ('<meta charset="gbk">', "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ('<meta charset="iso-8859-1">', "utf-8"),  # saved anew as UTF-8 under its old declaration
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ("\ufeff", "utf-16-le"),
        ("\ufeff", "utf-16-be"),
    ],
)
def test_the_encoding_is_read_from_mark_declaration_or_utf_8(declaration, codec):
    words = "Café owners in Besk said the flood had taken the bridge, the bell and the naïve hopes of spring."
    raw = f"{declaration}<html><head></head><body><article><p>{words}</p></article></body></html>".encode(
        codec
    )
    assert extract(raw).text == words


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            b"<html><p>Caf\xe9",
            r"not valid UTF-8 \(the page declares no encoding\): byte 0xE9 at byte offset 12, line 1",
        ),
        (
            b'<meta charset="utf-8">\n<p>Caf\xe9',
            r"not valid UTF-8 \(the page declares it\): byte 0xE9 .* line 2",
        ),
        (b'<meta charset="windows-1252">\x81', "not valid CP1252"),
        (b"\xff\xfe<", "not valid UTF-16-LE"),
        (b'<meta charset="x-klingon"><p>Caf\xe9', "'x-klingon', which is not read; save it as UTF-8"),
        (b'<meta charset="rot13"><p>Cafe', "'rot13'"),
        (b'<meta charset="unicode_escape"><p>Cafe', "'unicode_escape'"),
    ],
)
def test_a_wrong_encoding_is_refused_never_guessed(raw, sentence):
    with pytest.raises(PageRefused, match=sentence):
        extract(raw)


ROGUES = {
    "endless memory": "import runpy; runpy.run_path({child!r})['limit'](); held = [bytearray(1 << 20) for _ in range(4096)]",
    "endless output": "import sys\nwhile True: sys.stdout.write('x' * 65536)",
    "endless processor time": "import runpy; runpy.run_path({child!r})['limit']()\nimport resource\n"
    "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
    "writes a file": "import runpy; runpy.run_path({child!r})['limit'](); open({file!r}, 'w', buffering=1).write('x\\n')",
    "ends at once": "raise SystemExit(0)",
    "fails": "import sys; sys.stdin.buffer.read(); raise SystemExit(3)",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "no JSON": "print('<p>words</p>')",
    "deep JSON": "print('[' * 200000)",
    "a list": "print('[]')",
    "wrong types": 'print(\'{{"text": ["words"]}}\')',
}


@pytest.mark.parametrize("script", ROGUES.values(), ids=ROGUES.keys())
def test_whatever_happens_to_the_child_is_one_error(script, tmp_path, monkeypatch):
    rogue, file = tmp_path / "child.py", tmp_path / "written"
    rogue.write_text(script.format(child=str(html._CHILD), file=str(file)))
    monkeypatch.setattr(html, "_CHILD", rogue)
    with pytest.raises(PageRefused, match=r"could not be read.*paste the article's text instead"):
        extract(PAGE.encode())
    assert not file.exists() or file.read_bytes() == b""


def test_a_child_that_sleeps_is_killed_at_the_wall_limit(tmp_path, monkeypatch):
    rogue = tmp_path / "child.py"
    rogue.write_text("import time; time.sleep(600)")
    monkeypatch.setattr(html, "_CHILD", rogue)
    monkeypatch.setattr(html, "WALL_SECONDS", 0.2)
    with pytest.raises(PageRefused, match="limits of time"):
        extract(PAGE.encode())


def test_the_child_sees_no_secrets(tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text("import json, os; print(json.dumps({'text': ' '.join(['names', *os.environ])}))")
    monkeypatch.setattr(html, "_CHILD", child)
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "hush")
    names = set(extract(PAGE.encode()).text.split())
    assert names <= {"names", "PATH", "LD_LIBRARY_PATH", "TZ", "LC_CTYPE"}


def test_the_answer_of_the_child_is_checked_like_any_text(tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    answer = {
        "text": "Words\nof a page",
        "title": "A\ntitle\x00",
        "url": "javascript:alert(1)",
        "published_on": "yesterday",
        "language": '"><script>',
    }
    child.write_text(f"print({json.dumps(answer)!r})")
    monkeypatch.setattr(html, "_CHILD", child)
    found = extract(PAGE.encode())
    assert (found.title, found.url, found.published_on, found.language) == ("A title", "", None, "")
    child.write_text("print({!r})".format(json.dumps({"text": "Words\x00"})))
    with pytest.raises(TextRefused, match="NUL"):
        extract(PAGE.encode())


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://courier.example/flood?page=1#top", True),
        ("http://news.courier.example:8080", True),
        ("https://xn--bcher-kva.example/a", True),
        ("https://courier.example/" + "a" * 3000, False),
        ("https://user:word@courier.example/", False),
        ("https://courier/", False),
        ("https://courier.example/a b", False),
        ("//courier.example/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_plain_web_addresses_are_kept(url, kept):
    assert html._address(url) == (url if kept else "")
    if kept:
        URLValidator(schemes=["http", "https"])(url)


def test_the_parsers_stay_out_of_this_process():
    program = (
        "import sys, annotations.corpus.html as html; html.extract(sys.stdin.buffer.read());"
        "print(sorted({'trafilatura', 'lxml', 'html.parser', 'django'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], input=PAGE.encode(), capture_output=True, check=True
    )
    assert ended.stdout.strip() == b"[]"
