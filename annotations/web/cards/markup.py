"""The closed card as HTML. A thousand of these may stand on a page, so they are short, and written by hand.

A template would take forty times as long for the same. All that comes from outside goes through `escape`, but
the public id and numbers, which are ours. Of an open card, what it has in common with others is rendered once.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from annotations.web.cards.coding import Choice, Group
from annotations.web.cards.head import Chip, Hand, Head

ARROW = '<span aria-label="through" role="img">←</span>'
PLACE = "place-of-the-card"
TEMPLATES = {True: "annotations/_coding_flags.html", False: "annotations/_coding_choices.html"}
HOLE = "\ue000"
"""A character for private use; no template has it."""
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


def saves(name: str, address: str, uid: str, place: str = "", when: str = "change, submit") -> SafeString:
    """Return the attributes by which a form in a card saves at once, and the answer takes the place of the card.

    `name`, with `uid` or the `place` within the card, tells the form from others on the page.
    """
    return mark_safe(  # noqa: S308  (a name out of the codebook, addresses and public ids)
        f'id="f-{escape(name)}-{place or uid}" action="{address}" hx-post="{address}" hx-trigger="{when}"'
        f' hx-target="#s-{uid}" hx-swap="outerHTML"'
    )


def options_of(choices: Sequence[Choice]) -> SafeString:
    """Return the options of a list."""
    options = (
        f'<option value="{escape(each.value)}"{" selected" if each.chosen else ""}>{escape(each.name)}</option>'
        for each in choices
    )
    return mark_safe("".join(options))  # noqa: S308  (escaped above)


def stencil(template: str, **words: str | int) -> SafeString:
    """Fill words into a template that does nothing else with them; it is rendered once, with holes in their place."""
    literal, holes = _stencil(template, tuple(words))
    filled = [conditional_escape(str(words[name])) for name in holes]
    pairs = zip(literal, [*filled, ""], strict=True)
    return mark_safe("".join(part for pair in pairs for part in pair))  # noqa: S308  (a template's, and escaped)


@lru_cache(maxsize=100)
def _stencil(template: str, names: tuple[str, ...]) -> tuple[Sequence[str], Sequence[str]]:
    """Return what stands between the holes, and the name of the word for each hole."""
    rendered = render_to_string(template, {name: f"{HOLE}{name}{HOLE}" for name in names})
    pieces = rendered.split(HOLE)
    return pieces[::2], pieces[1::2]


def choices_of(group: Group, place: str, codebook: str, scheme: UUID) -> SafeString:
    """Return the labels of a variable to choose from; `place`, of public ids, is unique on the page.

    `codebook` is the address of the study's codebook, `scheme` the id of the version in use.
    """
    return mark_safe(_choices(group, f"{codebook}{scheme}/").replace(PLACE, place))  # noqa: S308  (a template's)


@lru_cache(maxsize=1000)
def _choices(group: Group, definitions: str) -> str:
    """Return them as in every card, with a stand-in for the place; `definitions` is their address."""
    context = {"group": group, "place": PLACE, "definitions": definitions}
    return render_to_string(TEMPLATES[group.field == "flags"], context)


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
