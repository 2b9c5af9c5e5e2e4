"""Words that tell by which medium something was said; the labels are those of the default codebook."""

from annotations.extraction.english.lists import word_set

MEDIUM_WORDS: dict[str, str] = {
    word: label
    for label, words in {
        "tweet": "tweet tweets tweeted retweeted tweeting twitter",
        "briefing": "briefing briefings briefed",
        "press_conference": "press-conference conference conferences",
        "interview": "interview interviews interviewed",
        "letter": "letter letters",
        "statement": "statement statements",
        "report": "report survey study audit bulletin ruling",
        "radio": "radio",
        "telephone": "telephone phone telephoned telephoning",
        "article": "op-ed column editorial article",
    }.items()
    for word in words.split()
}
"""Word to label; of several the first in the sentence counts."""

WRITTEN = frozenset(("written", "emailed", "e-mailed", "issued", "released"))
"""Before "statement" these make it a written one."""

AGENCIES = word_set("agency newswire wire reuters ap afp tass interfax xinhua dpa ansa efe upi")
"""A relay that is one of these makes the medium a news agency, another one of the press a newspaper."""
