from annotations.codebook.models import Label
from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from tests.factories.studies import author_for, make_author

QUOTATION = "“They opened the gates at noon,”"


def span_of(words, text):
    """The first place of `words` in `text`, as a span."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def spans_of(text, **roles):
    """Spans by role: `spans_of(text, content="...", source=["...", "..."])`."""
    return SpanList.of(
        RoleSpan(SpanRole(role), span_of(piece, text))
        for role, words in roles.items()
        for piece in ([words] if isinstance(words, str) else words)
    )


def make_statement(into, by=None, words=QUOTATION, **fields):
    """A statement of an open set; `by` is the user whose pseudonym it bears."""
    spans = fields.pop("spans", None) or spans_of(into.article.text, content=words)
    study = into.article.study
    author = fields.pop("created_by", None) or (author_for(study, by) if by else _somebody(study))
    return Statement.objects.create(
        annotation_set=into,
        created_by=author,
        spans=spans.to_json(),
        **{
            "start": spans.start,
            "end": spans.end,
            "quotation": " [...] ".join(span.text for span in spans.content),
            **fields,
        },
    )


def _somebody(study):
    return study.authors.filter(user=None).first() or make_author(study, pseudonym="imported")


def make_mention(into, speaker, words="Jon Abel", **fields):
    span = span_of(words, into.article.text)
    return Mention.objects.create(
        annotation_set=into,
        speaker=speaker,
        **{"start": span.start, "end": span.end, "text": words, "form": "name", **fields},
    )


def make_utterance(into, **fields):
    return Utterance.objects.create(annotation_set=into, **fields)


def make_code(statement, variable="quote_type", label="direct"):
    codebook = statement.annotation_set.codebook_id
    row = Label.objects.get(variable__codebook=codebook, variable__slug=variable, slug=label)
    return Code.objects.create(statement=statement, variable=row.variable, label=row)


def make_chain_link(statement, speaker, order=0, role="original", **fields):
    return ChainLink.objects.create(statement=statement, speaker=speaker, order=order, role=role, **fields)
