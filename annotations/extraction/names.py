"""Names in a text: runs of capitalised words, who or what each is a name of, and which are the same."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from annotations.extraction.english import people
from annotations.extraction.passages import Passage


class Kind(Enum):
    """What an entity is, as far as its names tell."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that is named: canonical name, what it is called by, what is known about it."""

    name: str
    kind: Kind = Kind.UNKNOWN
    gender: str = ""
    nouns: set[str] = field(default_factory=set)
    """Words of roles and descriptions: "minister", "rivers", "agency"."""

    def learn(self, nouns: set[str]) -> None:
        """Take in the nouns that stand beside a name, which may tell what it is a name of."""
        self.nouns |= nouns
        if self.kind is Kind.UNKNOWN and nouns & people.ROLES:
            self.kind = Kind.PERSON
        elif self.kind is Kind.UNKNOWN and nouns & people.BODIES:
            self.kind = Kind.BODY

    def learn_titles(self, titles: set[str]) -> None:
        """Take in the titles before a name: only people have them."""
        self.nouns |= titles & (people.ROLES | people.TITLES)
        self.gender = self.gender or _titled_gender(titles)
        if titles and self.kind is Kind.UNKNOWN:
            self.kind = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named; `leads` when it begins its sentence's clause."""

    start: int
    end: int
    entity: Entity
    leads: bool = False


def bare(word: str) -> str:
    """Return a word without genitive and full stop, in lower case."""
    return word.lower().removesuffix("'s").removesuffix("’s").rstrip(".'’")


class _Run(NamedTuple):
    """A run of capitalised words with its place; `leads` when it begins its sentence's clause."""

    words: list[str]
    start: int
    end: int
    leads: bool


def mentions_in(passages: list[Passage]) -> list[Mention]:
    """Return every name in the text with whom it names, in order."""
    runs = [run for passage in passages for run in _runs_in(passage)]
    register = _Register()
    for run in sorted(runs, key=lambda run: -len(run.words)):  # longest first: short forms find the long
        register.entity_of(run.words)
    return [
        Mention(run.start, run.end, entity, run.leads)
        for run in runs
        if (entity := register.entity_of(run.words)) is not None
    ]


class _Register:
    """The entities of one text by their names."""

    def __init__(self) -> None:
        self._known: dict[str, Entity] = {}
        self._by_word: defaultdict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, Entity] = {}

    def entity_of(self, words: list[str]) -> Entity | None:
        """Return the entity of a name as written, titles and all; a new one if it is nobody's short form."""
        titles, name = split_titles(words)
        if not name:
            return None
        key = " ".join(map(bare, name))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._long_form(key.split()) or self._new(name, titles)
        found.learn_titles({bare(title) for title in titles})
        return found

    def _new(self, name: list[str], titles: list[str]) -> Entity:
        entity = Entity(_canonical(name), kind_of(name, titles), gender_of(name, titles))
        for word in name:
            self._by_word[bare(word)].append(entity)
        if len(name) > 1:
            initials = "".join(word[0] for word in name if word[0].isupper())
            self._by_initials.setdefault(initials.lower(), entity)
        return entity

    def _long_form(self, name: list[str]) -> Entity | None:
        """Return the entity with a longer name that ends or begins with this one: surname, given name, acronym."""
        longer = [
            (one, words)
            for one in self._by_word[name[-1]][:_MANY]
            if len(words := one.name.lower().split()) > len(name)
        ]
        ending = [one for one, words in longer if [bare(word) for word in words[-len(name) :]] == name]
        if ending:
            return ending[0]
        beginning = [one for one, words in longer if one.kind is not Kind.BODY and bare(words[0]) == name[0]]
        if len(beginning) == 1 and len(name) == 1:
            return beginning[0]
        return self._by_initials.get(name[0].replace(".", "")) if len(name) == 1 else None


_MANY = 50


def _canonical(name: list[str]) -> str:
    return " ".join([*name[:-1], _without_genitive(name[-1])])


def _without_genitive(word: str) -> str:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word.rstrip("'’") if word.endswith(("s'", "s’")) else word


def split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Split "Deputy Prime Minister Ann Lee" into titles and name; a body keeps all its words."""
    if any(bare(word) in people.BODIES | people.MEDIA for word in words[-2:]):
        return [], words
    split = 0
    while split < len(words) and bare(words[split]) in people.TITLES:
        split += 1
    if split == len(words):
        return words, []
    last_title = max((i for i, word in enumerate(words[:-1]) if bare(word) in people.TITLES), default=-1)
    if split == 0 and last_title > 0 and len(words) - last_title > 1:
        split = last_title + 1
    return words[:split], words[split:]


def kind_of(name: list[str], titles: list[str]) -> Kind:
    """Guess what a name is a name of."""
    lower = [bare(word) for word in name]
    if any(word in people.BODIES or word in people.MEDIA for word in lower):
        return Kind.BODY
    if titles or lower[0] in people.MALE_NAMES or lower[0] in people.FEMALE_NAMES:
        return Kind.PERSON
    if len(name) == 1 and name[0].isupper():
        return Kind.BODY
    return Kind.UNKNOWN


def gender_of(name: list[str], titles: list[str]) -> str:
    """Guess "m" or "f" from titles and given name, "" if neither tells."""
    if titled := _titled_gender({bare(title) for title in titles}):
        return titled
    first = bare(name[0])
    male, female = first in people.MALE_NAMES, first in people.FEMALE_NAMES
    return "" if male == female or len(name) == 1 else "m" if male else "f"


def _titled_gender(titles: set[str]) -> str:
    if people.MALE_TITLES.intersection(titles):
        return "m"
    return "f" if people.FEMALE_TITLES.intersection(titles) else ""


def _runs_in(passage: Passage) -> list[_Run]:
    """Return each run of capitalised words with its place: a name with its titles, genitives cut off after."""
    found: list[_Run] = []
    letters = passage.letters
    firsts = {first for first, _ in passage.sentences}
    i = 0
    while i < len(letters):
        if not _is_name_word(passage, i):
            i += 1
            continue
        end = i + 1
        while end < len(letters) and _continues(passage, end):
            end += 1
        words = [passage.text[passage.starts[k] : passage.ends[k]] for k in range(i, end)]
        leads = i == 0 or letters[i - 1] in ".,cQD;:kt"
        if not (i in firsts and end == i + 1 and _is_common(passage, i)):
            split = _after_body(words)
            if split:
                found.append(_Run(words[:split], passage.starts[i], passage.ends[i + split - 1], leads))
            found.append(_Run(words[split:], passage.starts[i + split], passage.ends[end - 1], leads))
        i = end
    return found


def _is_common(passage: Passage, i: int) -> bool:
    """Tell whether a sentence's first word has its capital only from its place: "Officials", "Recent reports"."""
    word = bare(passage.words[i])
    return passage.letters[i + 1 : i + 2] == "n" or word in people.COLLECTIVES or word in people.ROLES


def _after_body(words: list[str]) -> int:
    """Return where a person's name begins after a body's: "Refugee Council | Enver Solomon", else 0."""
    for k in range(1, len(words) - 2):
        if bare(words[k]) in people.BODIES and not any(
            bare(w) in people.BODIES | people.MEDIA for w in words[k + 1 :]
        ):
            return k + 1
    return 0


def _is_name_word(passage: Passage, i: int) -> bool:
    letter = passage.letters[i]
    if letter not in "NGVvn":
        return False
    first = passage.text[passage.starts[i]]
    return first.isupper() and (letter in "NG" or i > 0)


def _continues(passage: Passage, i: int) -> bool:
    """Tell whether the item at `i` goes on with the name before it: capitals, particles, "of" in a body's name."""
    if passage.letters[i - 1] == "G":
        return False
    if _is_name_word(passage, i):
        return True
    if i + 1 >= len(passage.letters) or not _is_name_word(passage, i + 1):
        return False
    word = passage.words[i]
    if word in people.PARTICLES:
        return True
    before = bare(passage.words[i - 1])
    return word == "of" and (before in people.BODIES or before in {"bank", "state"})
