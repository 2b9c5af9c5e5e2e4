"""Parse the chain editor: the links as shown, from the original speaker outwards, and one act on them."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import QueryDict

from annotations.errors import Invalid
from annotations.speakers.models import Speaker
from annotations.statements.changes import Link
from annotations.studies.models import Study
from annotations.web.forms import fields

LONGEST = 50


def chain_in(
    posted: QueryDict, study: Study, now: Sequence[Link], original: Speaker | None, outlet: Speaker | None
) -> list[Link]:
    """Return the chain that the form asks for.

    `do` is one of `up.N`, `down.N`, `remove.N`, `whole` (from the speaker to the outlet, relays kept); a
    `speaker` is added as a relay. Links that were there already keep their source and cue span.
    """
    links = _shown(posted, study, now)
    relay = fields.chosen(posted, "speaker", Speaker.objects.in_study(study), "speaker in this study")
    if relay:
        links = with_relay(links, relay)
    act, _, place = fields.words(posted, "do").partition(".")
    if act == "whole":
        return whole_chain(links, original, outlet)
    return _moved(links, act, _index(place, links)) if act else links


def with_relay(links: Sequence[Link], speaker: Speaker) -> list[Link]:
    """Return the chain with a relay before its publisher, at the end if it has none."""
    ends = next((i for i, link in enumerate(links) if link.role == "publisher"), len(links))
    return [*links[:ends], Link(speaker=speaker, role="relay"), *links[ends:]]


def whole_chain(links: Sequence[Link], original: Speaker | None, outlet: Speaker | None) -> list[Link]:
    """Return the chain begun by the statement's speaker and ended by the article's outlet."""
    out = list(links)
    if original and not any(link.role == "original" for link in out):
        out.insert(0, Link(speaker=original, role="original"))
    if outlet and not any(link.role == "publisher" for link in out):
        out.append(Link(speaker=outlet, role="publisher"))
    return out


def _shown(posted: QueryDict, study: Study, now: Sequence[Link]) -> list[Link]:
    """Return the links that the form shows; each takes up one that stands, as long as there is one."""
    left, links = list(now), []
    for i in range(LONGEST):
        name = f"chain.{i}.speaker"
        if name not in posted:
            break
        role = fields.words(posted, f"chain.{i}.role")
        link = _taken_up(left, posted[name], role) or Link(speaker=_speaker(posted, name, study), role=role)
        doubt = f"chain.{i}.uncertain"
        uncertain = fields.flag(posted, doubt) if doubt in posted else link.uncertain
        links.append(replace(link, role=role, uncertain=uncertain))
    return links


def _taken_up(left: list[Link], uid: object, role: str) -> Link | None:
    """Take the link of this speaker, of this role by preference, out of `left`."""
    same = [link for link in left if str(link.speaker.uid) == uid]
    found = next((link for link in same if link.role == role), same[0] if same else None)
    if found:
        left.remove(found)
    return found


def _speaker(posted: QueryDict, name: str, study: Study) -> Speaker:
    found = fields.chosen(posted, name, Speaker.objects.in_study(study), "speaker in this study")
    if found is None:
        raise Invalid.field(name, "A link of the chain needs a speaker.")
    return found


def _index(place: str, links: Sequence[Link]) -> int:
    if not place.isascii() or not place.isdigit() or int(place) >= len(links):
        raise Invalid.field("do", f"There is no link {place[:10]!r} in this chain.")
    return int(place)


def _moved(links: Sequence[Link], act: str, at: int) -> list[Link]:
    rest = [link for i, link in enumerate(links) if i != at]
    if act == "remove":
        return rest
    if act not in {"up", "down"}:
        raise Invalid.field(
            "do", f"{act[:20]!r} is nothing that a chain can be told; use up, down or remove."
        )
    to = max(0, at - 1) if act == "up" else at + 1
    return [*rest[:to], links[at], *rest[to:]]
