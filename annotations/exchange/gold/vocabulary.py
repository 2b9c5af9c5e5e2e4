"""Speakers, sides, issues, claims, claim relations and articles of a gold file."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.corpus import furniture
from annotations.corpus.models import Article
from annotations.corpus.text import n_words, paragraphs, sha256_of
from annotations.exchange.gold.document import read_text
from annotations.exchange.gold.rows import GoldRows
from annotations.exchange.places import Place
from annotations.speakers.models import Side, Speaker, name_key
from annotations.workload.models import AnnotationSet

LINKS = ("affiliation", "speaks_for")


def read_speakers(root: Place, rows: GoldRows) -> None:
    for place in root["speakers"].items():
        gold_id, kind = rows.speakers.new_id(place), place["type"]
        if kind.value not in Speaker.Type.values:
            raise kind.fault(f"must be one of {', '.join(Speaker.Type.values)}, not {kind.shown}.")
        name = " ".join(place["name"].text(300).split())
        rows.speakers.add(
            gold_id,
            Speaker(
                study=rows.study,
                external_id=gold_id,
                name=name,
                name_key=name_key(name),
                type=kind.text(),
                role=place["role"].text(300, default=""),
                named=place["named"].flag(default=True),
                private=place["private"].flag(),
            ),
        )
    for place in root["speakers"].items():
        _link_speaker(place, rows)


def _link_speaker(place: Place, rows: GoldRows) -> None:
    """Note what ties a speaker to others: sides and members now, links once all of them have keys."""
    speaker = rows.speakers.named(place["id"])
    for link in LINKS:
        other = rows.speakers.named_or_none(place[link])
        if other is speaker:
            raise place[link].fault("a speaker cannot stand in this relation to itself.")
    side = rows.speakers.named_or_none(place["side"])
    if side is not None:
        rows.sides.append(Side(study=rows.study, speaker=speaker, side=side))
    members = {member.text(): rows.speakers.named(member) for member in place["members"].items()}
    rows.members += [(speaker, member) for member in members.values()]


def links_of_speakers(root: Place, rows: GoldRows) -> list[Speaker]:
    """Set affiliation and speaks_for on the stored speakers; return those that have one."""
    linked = []
    for place in root["speakers"].items():
        speaker = rows.speakers.named(place["id"])
        speaker.affiliation, speaker.speaks_for = (rows.speakers.named_or_none(place[link]) for link in LINKS)
        if speaker.affiliation or speaker.speaks_for:
            linked.append(speaker)
    return linked


def read_issues(root: Place, rows: GoldRows) -> None:
    for place in root["issues"].items():
        gold_id = rows.issues.new_id(place)
        rows.issues.add(gold_id, Issue(study=rows.study, external_id=gold_id, name=place["name"].text(300)))


def read_claims(root: Place, rows: GoldRows) -> None:
    for place in root["claims"].items():
        gold_id, text = rows.claims.new_id(place), " ".join(place["text"].text(1000).split())
        rows.claims.add(
            gold_id,
            Claim(
                study=rows.study,
                external_id=gold_id,
                text=text,
                text_key=name_key(text),
                kind=rows.label("claim_kind", place["kind"]),
                issue=rows.issues.named_or_none(place["issue"]),
                quantity=_quantity(place["quantity"]),
                note=place["note"].text(default=""),
            ),
        )


def _quantity(place: Place) -> dict[str, str] | None:
    if place.is_null:
        return None
    return {"measure": place["measure"].text(), "unit": place["unit"].text(default="")}


def read_relations(root: Place, rows: GoldRows) -> None:
    seen = set()
    for place in root["claim_relations"].items():
        a, b = rows.claims.named(place["a"]), rows.claims.named(place["b"])
        relation = rows.label("claim_relation", place["relation"])
        if a is b:
            raise place["b"].fault("a claim cannot stand in a relation to itself.")
        if (a.uid, b.uid, relation) in seen:
            raise place.fault("these two claims stand in this relation already; remove one of the two.")
        seen.add((a.uid, b.uid, relation))
        rows.relations.append(ClaimRelation(study=rows.study, a=a, b=b, relation=relation))


def read_articles(root: Place, rows: GoldRows) -> None:
    """Build articles, their texts read and measured, each with its shared set."""
    seen: dict[str, str] = {}
    for place in root["articles"].items():
        gold_id, text = rows.articles.new_id(place), read_text(place, rows.folder)
        if (digest := sha256_of(text)) in seen:
            raise place["sha256"].fault(f"is the text of {seen[digest]!r} too; an article is listed once.")
        seen[digest] = gold_id
        article = Article(
            study=rows.study,
            external_id=gold_id,
            title=place["title"].text(500),
            text=text,
            sha256=digest,
            length=len(text),
            n_words=n_words(text),
            furniture=_furniture(place, text),
            outlet=_outlet(place["outlet"], rows),
            author=place["author"].text(300, default=""),
            dateline=place["dateline"].text(200, default=""),
            url=_url(place["url"]),
            published_on=_day(place["published"]),
            language=place["language"].text(35, default=""),
            text_may_leave=rows.text_may_leave,
            created_by=rows.author,
        )
        rows.articles.add(gold_id, article)
        rows.sets[article.uid] = AnnotationSet(
            article=article, kind=AnnotationSet.Kind.SHARED, codebook=rows.codebook
        )


def _outlet(place: Place, rows: GoldRows) -> Speaker | None:
    outlet = rows.speakers.named_or_none(place)
    if outlet is not None and outlet.type != Speaker.Type.MEDIA:
        raise place.fault(f"{outlet.name} is of type {outlet.type}; an outlet is of type media.")
    return outlet


def _furniture(article: Place, text: str) -> list[dict[str, object]]:
    """Return the lines as stored; a kind that we do not know is kept as `other`.

    Here a line of a text with CRLF ends with its CR; in the file it may end before that.
    """
    whole = {(line.start, line.end) for line in paragraphs(text) if line.end > line.start}
    out: dict[int, dict[str, object]] = {}
    for place in article["furniture"].items():
        start, end = place["start"].whole(), place["end"].whole()
        line_end = end + (text[end : end + 2] == "\r\n")
        if (start, line_end) not in whole:
            raise place.fault(f"[{start}, {end}) is no whole line of the text.")
        if not place["text"].is_null and place["text"].value != text[start:end]:
            raise place["text"].fault(f"differs from the line, which reads {text[start:end][:60]!r}.")
        kind = place["kind"].text(default="other")
        out[start] = {"start": start, "end": line_end, "kind": kind if kind in furniture.KINDS else "other"}
    return [out[start] for start in sorted(out)]


def _day(place: Place) -> date | None:
    if place.is_null:
        return None
    try:
        return date.fromisoformat(place.text())
    except ValueError as error:
        raise place.fault(f"{place.shown} is no date; write YYYY-MM-DD.") from error


def _url(place: Place) -> str:
    value = place.text(2000, default="")
    try:
        if value:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise place.fault(f"{place.shown} is no web address; write it in full, with https://.") from error
    return value
