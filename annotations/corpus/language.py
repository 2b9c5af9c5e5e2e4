"""The language of a text by its script and its commonest words, and the direction it runs in.

A guess is a BCP-47 tag, or "" where two languages come too close: a wrong tag costs more than a missing one.
"""

import re
import unicodedata
from collections import Counter

TAG = re.compile(r"(?:[A-Za-z]{2,3}|[Xx])(?:-[A-Za-z0-9]{1,8})*")
"""How a BCP-47 tag is made up; whether a language of that name exists is not looked up."""
NO_TAG = "Write a language tag, such as en, de or pt-BR."
_READ = 20_000
"""Code points read: enough for a vote, and a bound on the work."""

_COMMONEST = {
    "en": "the and of to in that is was for with said on by he it as at from are have not were which has been they",
    "de": "der die das und ist nicht ein eine mit auf dem den von zu für im sich auch wird hat sind als dass des er",
    "fr": "le la les des une est et dans que qui pour pas sur avec du ce il au par ont été sont plus cette aux elle",
    "es": "el la los las que y en un una por con para se del no es su al como más fue ha lo este pero sus",
    "it": "il la di che e un una per non con del della sono è nel dei gli ha alla le più anche si ma da i",
    "nl": "de het een en van is niet dat zijn op met voor te in die er aan ook werd heeft wordt bij was hij",
    "pt": "o a os as que e em um uma para com não do da no na se por mais dos das é foi ao pelo de",
}
_VOTES: dict[str, list[str]] = {}
for _tag, _words in _COMMONEST.items():
    for _word in _words.split():
        _VOTES.setdefault(_word, []).append(_tag)

_SCRIPTS = {
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u0590-\u05ff\ufb1d-\ufb4f",
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "kana": "\u3041-\u30ff",
    "hangul": "\u1100-\u11ff\uac00-\ud7af",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
    "latin": "A-Za-z\u00c0-\u024f",
}
_OF_SCRIPT = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 5
_CLEAR_SHARE = 0.6
_LEAST_SHARE = 0.2
_LEAD = 1.4
_RIGHT_TO_LEFT = re.compile(
    r"(?:ar|he|iw|fa|ur|yi|ps|sd|ug|dv|ckb|syr)(?:-|$)|.*-(?:arab|hebr)(?:-|$)", re.IGNORECASE
)


def guess_language(text: str) -> str:
    """Return the BCP-47 tag of the text's language, "" when unsure."""
    sample = text[:_READ]
    letters = {name: len(form.findall(sample)) for name, form in _OF_SCRIPT.items()}
    everywhere = sum(letters.values())
    east = letters["han"] + letters["kana"] + letters["hangul"]
    if not everywhere:
        return ""
    if east > _CLEAR_SHARE * everywhere:
        return _of_east_asia(letters, east)
    script = max(letters, key=lambda name: letters[name])
    if letters[script] < _CLEAR_SHARE * everywhere:
        return ""
    if script == "latin":
        return _by_common_words(sample)
    by_letters = {"arabic": _of_arabic_script, "cyrillic": _of_cyrillic_script}.get(script)
    return by_letters(sample) if by_letters else {"hebrew": "he", "greek": "el"}.get(script, "")


def direction(language: str, text: str) -> str:
    """Return "rtl" or "ltr": by the language's script, else by the majority of the text's strong characters."""
    if _RIGHT_TO_LEFT.match(language):
        return "rtl"
    strong = Counter(map(unicodedata.bidirectional, text[:_READ]))
    return "rtl" if strong["R"] + strong["AL"] > strong["L"] else "ltr"


def _by_common_words(sample: str) -> str:
    words = _WORD.findall(sample.casefold())
    votes = Counter(tag for word in words for tag in _VOTES.get(word, ()))
    if len(words) < _ENOUGH_WORDS or not votes:
        return ""
    (first, most), *others = votes.most_common(2)
    runner_up = others[0][1] if others else 0
    return first if most >= _LEAST_SHARE * len(words) and most >= _LEAD * runner_up else ""


def _of_east_asia(letters: dict[str, int], east: int) -> str:
    """Tell Japanese by its kana and Korean by its hangul; Chinese has neither."""
    if letters["kana"] > east / 10:
        return "ja"
    if letters["hangul"] > east / 2:
        return "ko"
    return "" if letters["kana"] + letters["hangul"] > east / 50 else "zh"


def _of_arabic_script(sample: str) -> str:
    """Persian and Urdu have letters that Arabic lacks."""
    persian, urdu = len(re.findall("[پچژگ]", sample)), len(re.findall("[ٹڈڑںے]", sample))
    letters = len(_OF_SCRIPT["arabic"].findall(sample))
    if urdu > letters / 50:
        return "ur"
    if persian > letters / 100:
        return "fa"
    return "ar" if persian + urdu <= letters / 500 else ""


def _of_cyrillic_script(sample: str) -> str:
    """Russian and Ukrainian by letters that the other lacks; their neighbours stay unnamed."""
    lowered = sample.casefold()
    russian, ukrainian = len(re.findall("[ыэё]", lowered)), len(re.findall("[їєґ]", lowered))
    if re.search("[ўђјљњћџѓќѕ]", lowered):
        return ""
    if russian > 3 * ukrainian and "і" not in lowered:
        return "ru"
    return "uk" if ukrainian > 3 * russian else ""
