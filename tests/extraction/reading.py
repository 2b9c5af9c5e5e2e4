"""Short forms of what the extractor finds, for tables of cases."""

from annotations.extraction.extractor import extract


def words(text, places):
    return " … ".join(text[start:end] for start, end in places)


def contents(text):
    """Who (as written), cue and content of each statement."""
    return [
        (words(text, quote.speaker), words(text, quote.cue), words(text, quote.spans))
        for quote in extract(text)
    ]


def chain(quote):
    """ "doctor < Interfax?": the original speaker first, a question mark where the text only suggests a relay."""
    return " < ".join(link.name + "?" * link.uncertain for link in quote.chain)


def chains(text):
    """Content and chain of each statement."""
    return {words(text, quote.spans): chain(quote) for quote in extract(text)}


def names(text):
    return [quote.speaker_name for quote in extract(text)]
