"""A corrected text: what is sent, and what became of the statements."""

from annotations.api.serializers.articles import ARTICLE, DERIVED, METADATA, article_answer
from annotations.api.serializers.statements import PLACE_GIVEN
from annotations.api.shapes import UID, Choice, Field, Fields, Many, Null, Number, Text, Whole, answer
from annotations.corpus.models import Article
from annotations.exchange.records import Record
from annotations.revisions.anchors import Anchored, Found
from annotations.revisions.course import proposal_for
from annotations.revisions.proposals import Proposal, Proposing
from annotations.statements.models import Statement

MOST = 1_000_000
SCORE = Field(Number(), "From 0 to 1.")
REVISION_NEW = Fields(
    "RevisionNew",
    {
        "text": Field(Text(), "The corrected text, whole; stored exactly as sent.", needed=True),
        **METADATA,
    },
    DERIVED,
)
PLACEMENT = Fields(
    "Placement",
    {
        "spans": Field(
            Many(PLACE_GIVEN, least=1, most=200),
            "Its content there, as in a proposal: offsets count in the text that stands.",
            needed=True,
        )
    },
)
PROPOSED_SPAN = answer(
    "ProposedSpan", {"start": Field(Whole()), "end": Field(Whole()), "text": Field(Text())}
)
PROPOSAL = answer(
    "Proposal",
    {"spans": Field(Many(PROPOSED_SPAN), "Content spans, in the corrected text."), "score": SCORE},
)
PLACED = answer(
    "PlacedStatement",
    {
        "statement": Field(UID),
        "score": Field(Number(), "1 where all of the text around its spans is unchanged."),
        "found": Field(Choice(tuple(Found)), "How the least certain of its spans was found."),
    },
)
TO_PLACE = answer(
    "StatementToPlace",
    {
        "statement": Field(UID, "It waits in the earlier text."),
        "text": Field(Text(), "Its words there."),
        "proposal": Field(Null(PROPOSAL), "The likeliest words; null if there are none."),
    },
)
REVISION = answer(
    "Revision",
    {
        **ARTICLE.fields,
        "placed": Field(
            Many(PLACED, most=MOST), "Statements that have followed, as far as you may read them."
        ),
        "to_place": Field(Many(TO_PLACE, most=MOST), "Statements that a person has to place, likewise."),
    },
)


def revision_answer(
    article: Article,
    placed: list[tuple[Statement, Anchored]],
    waiting: list[Statement],
    proposing: Proposing,
) -> Record:
    return {
        **article_answer(article),
        "placed": [
            {"statement": str(row.uid), "score": anchored.score, "found": anchored.how.value}
            for row, anchored in placed
        ],
        "to_place": [
            {
                "statement": str(row.uid),
                "text": row.quotation,
                "proposal": _proposal(proposal_for(row, proposing)),
            }
            for row in waiting
        ],
    }


def _proposal(found: list[Proposal] | None) -> Record | None:
    if not found:
        return None
    return {"spans": [each.span.to_json() for each in found], "score": min(each.score for each in found)}
