"""The forms of English verbs."""

from collections.abc import Iterator
from enum import Enum

from annotations.extraction.english.lists import word_set


class Form(Enum):
    """The forms that matter for who reports: plain, third person, past (or participle), -ing."""

    PLAIN = "plain"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


_IRREGULAR = """
become became become|begin began begun|break broke broken|bring brought brought|build built built|burn burned burned
buy bought bought|cast cast cast|choose chose chosen|come came come|cost cost cost|cut cut cut|deal dealt dealt
draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt
fight fought fought|find found found|flee fled fled|fly flew flown|freeze froze frozen|get got gotten
give gave given|go went gone|grow grew grown|hear heard heard|hide hid hidden|hit hit hit|hold held held
hurt hurt hurt|keep kept kept|know knew known|lead led led|leave left left|lend lent lent|let let let|lose lost lost
make made made|mean meant meant|meet met met|overcome overcame overcome|pay paid paid|prove proved proven
put put put|quit quit quit|read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said
see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shoot shot shot
show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept
speak spoke spoken|spend spent spent|split split split|spread spread spread|spring sprang sprung
stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|swear swore sworn|sweep swept swept
swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought
throw threw thrown|undergo underwent undergone|understand understood understood|wake woke woken|win won won
withdraw withdrew withdrawn|write wrote written|forbid forbade forbidden|foresee foresaw foreseen|lie lied lied
"""
IRREGULAR = {
    forms[0]: (forms[1], forms[2])
    for entry in _IRREGULAR.replace("\n", "|").split("|")
    if len(forms := entry.split()) == 3
}
_DOUBLED = word_set("""
    admit ban begin chat commit control cut defer drag drop equip fit get hit let nod occur omit permit plan put
    quip quit refer regret rip run scoff set shop shut sin sit skip slam slap slip spin split stop submit swim tag
    tip transfer trim win wrap rap snap sum pan tap blog plug jab
    """)
_VOWELS = "aeiou"


def forms_of(verb: str) -> Iterator[tuple[str, Form]]:
    """Yield every form of a verb, "rise" to "rises", "rose", "risen", "rising"."""
    past, participle = IRREGULAR.get(verb, (_past(verb),) * 2)
    yield verb, Form.PLAIN
    yield _third(verb), Form.THIRD
    yield past, Form.PAST
    if participle not in {past, verb}:
        yield participle, Form.PARTICIPLE
    yield _ing(verb), Form.ING


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if _ends_in_consonant_y(verb) else verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if _ends_in_consonant_y(verb):
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if verb in _DOUBLED else verb


def _ends_in_consonant_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2:-1] not in _VOWELS
