"""Reporting verbs and what may follow them: the heart of the extractor's English.

Each verb has letters for the patterns in which it reports:

    q  it frames a quotation: "...," she said
    c  a clause, with or without "that": said (that) the river rose
    s  a clause, only with "that", "whether", "how" ...: agreed that
    t  first whom it is told to, then what: told reporters that
    o  an object that is the content: criticised the plan
    n  an object and what it is called: called the plan "folly", described it as folly
    x  an object and an infinitive: urged the court to act
    i  an infinitive: vowed to fight
    #  an object that begins with a number: counted 1,750 tents
    a  an object and "at": put the dead at 12
    p  a preposition of its own: called for talks, warned of floods
"""

from annotations.extraction.english.lists import word_set

_PATTERNS = """

say:q c o|add:q c|note:q c o|argue:q c p=for,against|explain:q c o|report:q c o|announce:q c o i|state:q c
claim:q c i o|insist:q c p=on|declare:q c o n|suggest:q c o|acknowledge:q c o|admit:q c o p=to|assert:q c o
concede:q c|contend:q s c|conclude:q c|confirm:q c o|deny:c o|estimate:c|predict:q c o|reveal:q c o
recall:q c o|recount:q c o|remark:q c|observe:q c|reply:q c|respond:q c p=to|retort:q c|answer:q c
reiterate:q c o|repeat:q s o|stress:q c o|emphasize:q s o|emphasise:q s o|underline:q s|underscore:s
warn:q c t p=of,against,about x|complain:q c p=of,about|lament:q c o|boast:q c p=of,about|brag:q c p=about
joke:q c p=about|quip:q c|muse:q c|allege:q c o|affirm:q c o|attest:s p=to|testify:q c|swear:q c i|vow:q c i o
pledge:q c i|promise:q c i o t|threaten:q i s|propose:q c i o|recommend:q c o|demand:q c o i|request:c o
order:q x c|urge:q c x o|count:#|put:a q|maintain:s|find:c o|show:c o|indicate:s|appeal:q|forecast:c o
caution:q c t p=against,about|counter:q c|object:q c p=to|protest:q c|agree:q s i|disagree:q s p=with|concur:q s|exclaim:q c
shout:q c|yell:q c|scream:q c|cry:q|whisper:q c|mutter:q c|murmur:q|sigh:q|snap:q|growl:q|bark:q|gasp:q
laugh:q|sneer:q|scoff:q c p=at|jest:q|continue:q|interrupt:q|proclaim:q c o|profess:c o i|pronounce:q n
opine:q c|reckon:q c|speculate:q c p=about,on|hint:q c p=at|imply:q c|disclose:q c o|divulge:c o
clarify:q s o|specify:s|elaborate:q p=on|summarize:q|summarise:q|write:q s p=about,of|tweet:q c o p=about
retweet:q o|post:q|blog:q c|email:q t|text:q t|cable:q|wire:q|telegraph:q|read:q|tell:q t c x p=about,of
inform:q t c p=of|notify:t|assure:q t c|remind:q t c|advise:q t c x|brief:t p=on|ask:q t x p=about,for w
inquire:q w p=about|enquire:q w|question:q o w|wonder:q w|query:q o|quiz:p=about|press:p=on,about
call:q n x p=for,on|describe:q n o|characterize:n o|characterise:n o|portray:n|label:n|brand:n|dub:n|term:n
depict:n|denounce:q o|condemn:q o|criticize:q o|criticise:q o|blast:q o|slam:q o|bash:o|mock:q o|ridicule:o
deride:o|decry:q o|deplore:q o|rebuke:q o|chide:q o|scold:q o|lambaste:o|lambast:o|berate:o|denigrate:o
disparage:o|insult:o|assail:o|accuse:q n|blame:q n|fault:n|charge:q s|praise:q o|laud:o|hail:q o|applaud:q o
commend:o|compliment:o|tout:o|extol:o|congratulate:o|salute:o|welcome:q o|dismiss:q o|reject:q o|rebut:q o
refute:q o|disavow:o|repudiate:o|dispute:o c|downplay:o|cite:q o|quote:q|mention:c o|detail:o w
talk:p=about,of|speak:q p=about,of|comment:q c p=on,about|point:p=to,out,at|apologize:q p=for,to
apologise:q p=for,to|echo:q o|rant:q p=about,against|rail:p=against,about|lash:p=out|counsel:q c x
instruct:q x c|command:q x|forbid:x|plead:q p=for|beg:q x|implore:q x|beseech:q x|exhort:q x
lobby:p=for,against|advocate:q o p=for|certify:s|decree:q s|rule:q s|deduce:s|infer:s|calculate:s
rave:q p=about|gush:q p=about|fume:q p=about|grumble:q c p=about|groan:q|moan:q p=about|whine:q p=about
chime:q|intone:q|drawl:q|stammer:q|stutter:q|blurt:q|chuckle:q|croon:q|volunteer:q|venture:q|interject:q
theorize:q c|theorise:q c|hypothesize:c|posit:c|postulate:c|surmise:c|rejoin:q|relate:q|narrate:q
confess:q c p=to|confide:q c|grant:q|marvel:q p=at|rejoice:q|declaim:q|preach:q|vent:q|issue:|envision:o
foresee:s|credit:n|castigate:o|excoriate:o|skewer:o|taunt:q o|tease:q o|chant:q|sing:q|pray:q p=for
stipulate:s|mandate:s|telephone:q|apprise:p=of|forewarn:s|conjecture:q c|blare:q|headline:q
"""

_ATTITUDES = """

hear:s|believe:c|think:q c|hope:s i|fear:c|doubt:s|worry:s p=about|suspect:s c|assume:s|regard:n|view:n
refuse:i o|decline:i|dream:s|realize:s|realise:s|understand:s|imagine:s|feel:s|remember:s
"""

NOUNS = word_set("""
    claim claims allegation allegations assertion assertions suggestion suggestions
    accusation accusations charge charges argument announcement promise promises pledge pledges vow warning
    warnings report reports belief hope hopes fear fears conclusion admission admissions contention
    declaration insistence comment comments remark remarks prediction predictions assurance assurances
    denial complaint complaints proposal demand demands call calls question questions criticism rumor rumors
    rumour rumours testimony acknowledgment
    revelation revelations concern concerns recommendation
    """)
"""Nouns that take a clause with "that": "the claim that the gates were open"."""

NOUN_WITH_PREPOSITION = frozenset(
    {
        *(
            (noun, "about")
            for noun in ("question", "questions", "remarks", "comments", "statements", "claims")
        ),
        *((noun, "for") for noun in ("call", "calls", "demands")),
    }
)
"""Nouns that take an object by a preposition: "questions about the dam"."""

DOCUMENTS = word_set("""
    report study survey poll letter statement memo email e-mail document documents article book review ruling
    filing filings complaint lawsuit data figures records analysis audit indictment headline ad
    bulletin dispatch transcript website site story tweet op-ed editorial column census
    """)


class Verb:
    """A reporting verb: its lemma, the letters of its patterns, its prepositions, whether it is of attitude."""

    __slots__ = ("attitude", "lemma", "patterns", "prepositions")

    def __init__(self, lemma: str, words: str, *, attitude: bool = False) -> None:
        parts = words.split()
        self.lemma = lemma
        self.attitude = attitude
        self.patterns = frozenset(part for part in parts if "=" not in part)
        self.prepositions = frozenset(
            word for part in parts if part.startswith("p=") for word in part[2:].split(",")
        )

    def takes(self, *letters: str) -> bool:
        """Tell whether the verb reports in one of these patterns."""
        return not self.patterns.isdisjoint(letters)


def _read(table: str, *, attitude: bool) -> dict[str, Verb]:
    entries = (entry.partition(":") for entry in table.replace("\n", "|").split("|") if entry)
    return {lemma: Verb(lemma, words, attitude=attitude) for lemma, _, words in entries if words}


VERBS: dict[str, Verb] = {**_read(_ATTITUDES, attitude=True), **_read(_PATTERNS, attitude=False)}
"""Lemma to verb."""
