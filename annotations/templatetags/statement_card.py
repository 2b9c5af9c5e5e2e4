"""The card of a statement, for templates."""

from typing import Any

from django import template

from annotations.codebook.vocabulary import Vocabulary
from annotations.statements.models import Statement
from annotations.web.cards.card import Card
from annotations.web.cards.coding import Coding
from annotations.web.cards.coding import coding_of as layout
from annotations.web.cards.markup import choices_of, closed_cards, options_of, saves, start_of_card, stencil

register = template.Library()
for tag in (choices_of, closed_cards, options_of, saves, start_of_card, stencil):
    register.simple_tag(tag)


@register.simple_tag(takes_context=True)
def card_of(context: dict[str, Any], statement: Statement, vocabulary: Vocabulary) -> Card:
    """Return the card that the view has brought up to date, else read it from the statement as loaded."""
    known = context.get("card")
    return known if isinstance(known, Card) else Card.of(statement, vocabulary)


@register.simple_tag(takes_context=True)
def coding_of(context: dict[str, Any], card: Card) -> Coding:
    """Return the form of an open card; `article` and `drafts` come from the context."""
    return layout(card, context.get("article"), context.get("drafts") or ())
