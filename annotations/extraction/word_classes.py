"""The class of each word as a letter, so that a sentence is a string and grammar is regular expressions on it.

Closed classes have the letters of `english/words.py`; beyond them:

    N name   n noun, adjective, anything unknown   # number   G genitive ("Ann's")   Z pronoun with verb ("it's")
    V verb   I -ing form of a verb   v reporting verb   g its -ing form   Y "according"
    Q quotation   , ; : ( ) . -   the marks, dashes as -
"""

import re
from functools import lru_cache

from annotations.extraction.english.cues import VERBS as CUES
from annotations.extraction.english.cues import Verb
from annotations.extraction.english.inflection import Form, forms_of
from annotations.extraction.english.lists import word_set
from annotations.extraction.english.words import VERB_OR_NOUN, VERBS, closed_classes

_MARKS = {",": ",", ";": ";", ":": ":", "(": "(", "[": "(", ")": ")", "]": ")", ".": ".", "!": ".", "?": "."}
_ALSO_NOUNS = VERB_OR_NOUN | word_set("""
    claim report call demand question charge comment promise pledge vow estimate post tweet order request protest
    object reason quote state shout cry scream joke note remark answer blog text email brand label term press attack
    blame fault praise challenge wonder worry fear hope plan want wish offer view favor favour doubt feel dream
    command direct lecture appeal detail signal rule reference echo talk contest dispute address issue release
    forecast caution counsel brief credit charge allege welcome laugh sigh whisper snap cable wire telegraph whine
    groan moan chant boast insult taunt tease compliment pray rant find show study defend mandate argue
    """) - {"argue", "allege", "defend", "find", "show", "feel", "pray", "want"}
_CLOSED = closed_classes()


def _forms() -> tuple[dict[str, str], dict[str, tuple[Verb, Form]], frozenset[str], frozenset[str]]:
    letters: dict[str, str] = {}
    cues: dict[str, tuple[Verb, Form]] = {}
    plural: set[str] = set()
    singular: set[str] = set()
    for lemma in [*VERBS, *CUES]:
        for form, kind in forms_of(lemma):
            if lemma in _ALSO_NOUNS and kind in {Form.PLAIN, Form.THIRD}:
                (plural if kind is Form.PLAIN else singular).add(form)
            if lemma in CUES and not (form in cues and kind is Form.PLAIN):
                cues[form] = CUES[lemma], kind
                letters[form] = "g" if kind is Form.ING else "v"
            elif form not in letters:
                letters[form] = "I" if kind is Form.ING else "V"
    return letters, cues, frozenset(plural), frozenset(singular)


_LETTERS, CUE_FORMS, _NOUN_OR_PLAIN, _NOUN_OR_THIRD = _forms()
_NOUN_TOO = _NOUN_OR_PLAIN | _NOUN_OR_THIRD
"""CUE_FORMS: each form of a reporting verb with its verb and which form it is."""
_LETTERS.update(_CLOSED)
_LETTERS["according"] = "Y"
_GENITIVE = re.compile(r"(?:.+)(?:['’][sS]|s['’])$")
_WITH_VERB = re.compile(
    r"(?:i|he|she|it|we|you|they|that|there|who|what|here|one)['’](?:s|re|ve|d|ll|m)$", re.IGNORECASE
)


@lru_cache(maxsize=50_000)
def first_letter(word: str) -> str:
    """Return the letter of a word or mark as written, by itself."""
    if not word[0].isalpha():
        return _letter_of_mark(word)
    lower = word.lower()
    if _WITH_VERB.match(lower):
        return "Z"
    if _GENITIVE.match(word):
        return "G"
    if word[0].isupper():
        return _letter_of_capitals(word, lower)
    return _LETTERS.get(lower) or _guess(lower)


def _letter_of_mark(word: str) -> str:
    if word[0].isdigit() or (word[0] in "$£€" and len(word) > 1):
        return "#"
    return _MARKS.get(word) or ("." if word[0] in "…." else "-")


def _letter_of_capitals(word: str, lower: str) -> str:
    """Return the letter of a word with a capital: a name unless it is a small word; WHO is a name, Who none."""
    known = _CLOSED.get(lower, "N")
    is_acronym = len(word) > 1 and word.isupper()
    return "N" if known == "M" or is_acronym else known


def lower_letter(word: str) -> str:
    """Return the letter that a capitalised word has where capitals mean nothing: in headlines, at the start."""
    lower = word.lower()
    return _LETTERS.get(lower) or "N"


_NO_ADVERBS = word_set("""
    assembly family supply reply rally ally italy daily weekly monthly friendly elderly deadly costly ugly lovely anomaly
    monopoly homily butterfly
    """)
_SAYING = frozenset(("said", "says", "told"))
_STANDS_ALONE = word_set(
    "half most many some both all several few another those neither each either this these"
)
"""Words that count and point but may also be a whole noun phrase: "many said"."""


def _guess(word: str) -> str:
    """Guess the class of an unknown word by its ending."""
    if word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS:
        return "R"
    if word.endswith("ing") and len(word) > 5:
        return "I"
    if word.endswith("ed") and len(word) > 4:
        return "V"
    return "n"


def settle(letter: str, word: str, before: str, word_before: str, after: str) -> str:
    """Return the letter of a verb in its place: a verb, or the noun or adjective of the same form."""
    alone = letter == "v" and word_before in _STANDS_ALONE and word not in _NOUN_TOO
    if (before in "D#" and alone) or (before == "G" and word in _SAYING):  # "many said", "Moody's said"
        return letter
    if before in "DGo#" or (before == "p" and letter in "vV" and word_before != "than"):
        return "n"
    if word in {"state", "states"} and after not in "tQ:":
        return "n"
    if word in _NOUN_OR_PLAIN:
        return letter if _agrees_with_plain(before, word_before, after) else "n"
    if word in _NOUN_OR_THIRD:
        return letter if _agrees_with_third(before, word_before, after) else "n"
    return letter


def _agrees_with_plain(before: str, word_before: str, after: str) -> bool:
    """Tell whether what stands before makes "report" a verb: an auxiliary, a pronoun, a plural."""
    if before in "TMXSWAtR":
        return True
    plural = word_before.endswith("s") and not word_before.endswith("ss")
    return (
        before in "nN"
        and after not in ",."
        and (plural or word_before in {"people", "police", "women", "men"})
    )


def _agrees_with_third(before: str, word_before: str, after: str) -> bool:
    """Tell whether what stands around makes "reports" a verb: a singular before it, an object after it."""
    if before in "SWRt)," or (before == "N" and not word_before.endswith("s")):
        return True
    return before in "nN" and after in "DtSQNZwG:GTOXM"
