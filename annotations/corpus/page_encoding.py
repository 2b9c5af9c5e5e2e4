"""The encoding of a saved web page: byte-order mark, then UTF-8 if it fits, then what the page declares."""

import codecs
import re

from annotations.corpus.text import check_characters
from annotations.errors import AnnotationError

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,400}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w:.-]{2,40})""", re.I
)
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels as browsers read them (WHATWG Encoding): Latin-1 and ASCII mean Windows-1252. No other codec is tried.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(
        ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5", "windows-1254"), "cp1254"),
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"windows-{n}": f"cp{n}" for n in (1250, 1251, 1253, 1255, 1256, 1257, 1258, 874)},
    **{name: name for name in ("koi8-r", "koi8-u", "big5", "gb18030", "euc-jp", "euc-kr", "iso-2022-jp")},
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "windows-31j"), "cp932"),
    "macintosh": "mac-roman",
}


class PageRefused(AnnotationError):
    """A page out of which no article can be read; the sentence says what to do instead."""

    code = "page_refused"
    status = 422


def decode_page(raw: bytes) -> str:
    """Return the page's source; bytes that do not fit the encoding are refused by place, never replaced."""
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], codec, "its byte-order mark says so")
    declared = _DECLARED.search(raw[:_HEAD])
    label = declared[1].decode("ascii", "replace").casefold() if declared else ""
    # A page saved anew is UTF-8 while its old declaration stays; other encodings hardly ever fit UTF-8.
    if not raw.isascii() and _is_utf8(raw):
        return _strictly(raw, "utf-8", "")
    if not label:
        return _strictly(raw, "utf-8", "the page declares no encoding")
    if label not in _CODECS:
        raise PageRefused(
            f"The page declares the encoding {label!r}, which is not read; save it as UTF-8 instead."
        )
    return _strictly(raw, _CODECS[label], "the page declares it")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(body: bytes, codec: str, because: str) -> str:
    try:
        page = body.decode(codec)
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        raise PageRefused(
            f"The page is not valid {codec.upper()} ({because}): byte 0x{body[fault.start]:02X} at byte offset"
            f" {fault.start}, line {line}, does not fit; save the page as UTF-8, or paste the article's text."
        ) from None
    check_characters(page)
    return page
