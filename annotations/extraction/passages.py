"""A line of text as items: words, marks, and whole quotations; and the sentences that they form."""

import re
from dataclasses import dataclass, field

from annotations.extraction.quotations import Quotation
from annotations.extraction.word_classes import first_letter, lower_letter, settle

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|Rev|Hon|Inc|Corp|Ltd|vs|Jan|Feb|Mar"
    r"|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Maj|Cmdr|Adm|Pres|Supt|Messrs|Mt|Ft|No)\.(?=\s)"
    r"|[A-Z]\.(?=\s+[A-Z])"
    r"|[$£€]?\d+(?:[.,:/]\d+)*(?:%|\w+)?(?:-\w+)*"
    r"|[^\W\d_][\w]*(?:['’\-&./@][^\W_]+)*(?:(?<=s)['’](?!\w))?"
    r"|\.{2,}|…|-{2,}|[^\w\s]|\w+"
)
_CLOSING_MARKS = "”\"'’»)]"
_SHOUTED = 0.6
_TAIL = 8
_LONGEST_SENTENCE = 250
"""Items; a text without full stops is cut there, so that time stays in proportion to its length."""


@dataclass(slots=True)
class Passage:
    """Items in parallel lists; `letters` has one letter an item; `quotations` the quotation that an item is."""

    text: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    letters: str = ""
    quotations: dict[int, Quotation] = field(default_factory=dict)
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def closing(self, item: int) -> str:
        """Return the last character of an item before its closing marks: what ends a quotation."""
        end = self.ends[item]
        return self.text[max(self.starts[item], end - _TAIL) : end].rstrip(_CLOSING_MARKS)[-1:]


def read_passage(text: str, start: int, end: int, quotations: list[Quotation]) -> Passage:
    """Return the items and sentences of `text[start:end]`."""
    passage = Passage(text)
    raw: list[str] = []
    position = start
    for quotation in quotations:
        _add_words(passage, raw, position, quotation.start)
        passage.quotations[len(raw)] = quotation
        raw.append("")
        passage.starts.append(quotation.start)
        passage.ends.append(quotation.end)
        position = quotation.end
    _add_words(passage, raw, position, end)
    passage.words = [word.lower() for word in raw]
    letters = [first_letter(word) if word else "Q" for word in raw]
    if _is_headline(raw, letters):
        letters = [lower_letter(w) if x == "N" else x for w, x in zip(raw, letters, strict=True)]
    passage.sentences = _sentences(passage, raw, letters)
    for first, _ in passage.sentences:
        if (
            letters[first] == "N"
            and (known := lower_letter(raw[first])) != "N"
            and not _is_name(raw, letters, first)
        ):
            letters[first] = known
    _settle_all(passage.words, letters)
    passage.letters = "".join(letters)
    return passage


def _is_name(raw: list[str], letters: list[str], first: int) -> bool:
    """Tell whether a sentence's first word, though in the lexicon, begins a name: "Mark Lee", "Grant said"."""
    following = letters[first + 1] if first + 1 < len(letters) else "."
    return following in "Nv" and not raw[first].lower().endswith(("ing", "ed"))


def _add_words(passage: Passage, raw: list[str], start: int, end: int) -> None:
    for hit in _TOKEN.finditer(passage.text, start, end):
        raw.append(hit.group())
        passage.starts.append(hit.start())
        passage.ends.append(hit.end())


def _is_headline(raw: list[str], letters: list[str]) -> bool:
    """Tell whether capitals mean nothing here: most words have one, and no full stop ends the line."""
    words = [word for word in raw if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return 2 < len(words) < 40 and capitals > _SHOUTED * len(words) and letters.count(".") < 2


def _settle_all(words: list[str], letters: list[str]) -> None:
    for i, letter in enumerate(letters):
        if letter in "vVgI":
            before = letters[i - 1] if i else "."
            after = letters[i + 1] if i + 1 < len(letters) else "."
            letters[i] = settle(letter, words[i], before, words[i - 1] if i else "", after)
        elif words[i] == "there" and i + 1 < len(letters) and letters[i + 1] in "AM":
            letters[i] = "S"


def _sentences(passage: Passage, raw: list[str], letters: list[str]) -> list[tuple[int, int]]:
    """Return where sentences begin and end, as items; a quotation that ends a sentence ends it here too."""
    found: list[tuple[int, int]] = []
    first = 0
    last = len(raw)
    for i, letter in enumerate(letters):
        if letter == "." and raw[i][0] in ".!?…":
            ends = i + 1 == last or _begins_sentence(raw, letters, i + 1)
        elif letter == "Q":
            ends = _quotation_ends(passage, raw, letters, i)
        else:
            ends = letter == ";" or i - first >= _LONGEST_SENTENCE
        if ends:
            found.append((first, i + 1))
            first = i + 1
    if first < last:
        found.append((first, last))
    return found


def _begins_sentence(raw: list[str], letters: list[str], i: int) -> bool:
    return letters[i] == "Q" or letters[i] in "(-" or raw[i][0].isupper() or raw[i][0].isdigit()


def _quotation_ends(passage: Passage, raw: list[str], letters: list[str], i: int) -> bool:
    if i + 1 == len(raw):
        return True
    closing = passage.closing(i)
    if closing not in ".!?…" or not closing:
        return False
    if closing == "." and not passage.text[passage.starts[i + 1]].isupper():
        return letters[i + 1] == "Q"
    if letters[i + 1] in ",":
        return False
    if closing in "!?…":
        ahead = letters[i + 1 : i + 9]
        return not re.match(r"(?:S|v|[DNGn]{1,6}[RA]*v)", "".join(ahead)) if ahead else True
    return True
