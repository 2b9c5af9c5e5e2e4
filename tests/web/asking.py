"""How the tests of the workbench ask: with htmx or without, about places in the text."""

HTMX = {"HX-Request": "true"}


def place_of(text, words):
    """The fields of a form that names `words`, in code points of the text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def spans_of_row(statement):
    """Role and words of each span as stored now, in order."""
    statement.refresh_from_db()
    return [(span["role"], span["text"]) for span in statement.spans]


def address(statement, act):
    return f"/studies/{statement.annotation_set.article.study.slug}/statements/{statement.uid}/{act}/"
