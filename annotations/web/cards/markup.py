"""The closed card as HTML. A thousand of these may stand on a page, so they are short, and written by hand.

A template would take forty times as long for the same. All that comes from outside goes through `escape`, but
the public id and numbers, which are ours.
"""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from annotations.web.cards.head import Chip, Hand, Head

ARROW = '<span aria-label="through" role="img">←</span>'
DOUBT = '<span class="q" title="uncertain">?</span>'


def start_of_card(head: Head, *, opened: bool) -> SafeString:
    """Return the card's element with its head; what opens below, and the end of the element, come after."""
    return mark_safe(  # noqa: S308  (escaped below)
        f'<li class="card{" open" if opened else ""}" id="s-{head.uid}" data-statement="{head.uid}"'
        f' data-version="{head.version}" data-start="{head.start}" data-end="{head.end}"'
        f' data-stance="{head.stance}" data-spans=\'{_within_apostrophes(head.places)}\' tabindex="-1">'
        f'<div class="card-head">{_who(head, opened=opened)}<p class="quote" dir="auto">{escape(head.quote)}</p>'
        f"{_chain(head.chain)}{_chips(head.chips)}</div>"
    )


def closed_cards(heads: Sequence[Head]) -> SafeString:
    return mark_safe("\n".join(f"{start_of_card(head, opened=False)}</li>" for head in heads))  # noqa: S308


def _within_apostrophes(json: str) -> str:
    """Return JSON for an attribute, its many quotation marks as they are."""
    return escape(json, quote=False).replace("'", "&#x27;")


def _who(head: Head, *, opened: bool) -> str:
    name = f'<b dir="auto">{escape(head.who)}</b>' if head.who else '<b class="none">No speaker yet</b>'
    about = f'<span dir="auto">{escape(head.about)}</span>' if head.about else ""
    expanded = "true" if opened else "false"
    return f'<a class="who" href="?statement={head.uid}" aria-expanded="{expanded}">{name}{about}</a>'


def _chain(hands: Sequence[Hand]) -> str:
    names = [f"<b><bdi>{escape(hand.name)}</bdi></b>{DOUBT if hand.uncertain else ''}" for hand in hands]
    return f'<p class="chain">{ARROW.join(names)}</p>' if names else ""


def _chips(chips: Sequence[Chip]) -> str:
    return f'<p class="row">{"".join(map(_chip, chips))}</p>' if chips else ""


def _chip(chip: Chip) -> str:
    kind = f" {chip.kind}" if chip.kind else ""
    title = f' title="{escape(chip.whole)}"' if chip.whole else ""
    sign = f'<b aria-hidden="true">{chip.sign}</b><i class="hidden-text">{escape(chip.name)}: </i>'
    return f'<span class="chip{kind}"{title}>{sign if chip.sign else ""}{escape(chip.words)}</span>'
