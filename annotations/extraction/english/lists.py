"""Word lists written as text: one blank between words, any line breaks."""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())
