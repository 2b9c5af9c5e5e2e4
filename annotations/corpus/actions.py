"""Add articles, describe them, bin them. Their text is written once and never again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import delete_for_good, record
from annotations.corpus import furniture, text
from annotations.corpus.models import Article
from annotations.errors import Conflict, FieldError, Invalid
from annotations.rows import advance
from annotations.spans import Span
from annotations.speakers.actions import find_or_add_speaker
from annotations.speakers.models import Speaker
from annotations.studies.actions import author_of, lock_study
from annotations.studies.models import Study

METADATA = frozenset(
    {
        "external_id",
        "title",
        "outlet",
        "author",
        "dateline",
        "url",
        "published_on",
        "language",
        "licence_name",
        "text_may_leave",
    }
)
LONGEST = {
    "external_id": 200,
    "title": 500,
    "author": 300,
    "dateline": 200,
    "url": 2000,
    "language": 35,
    "licence_name": 200,
}


class DuplicateText(Conflict):
    """The study holds this very text already; `article` is the first with it."""

    code = "duplicate_text"

    def __init__(self, article: Article) -> None:
        super().__init__(f"This text is in the study already, as “{article.title}”.")
        self.article = article


@dataclass(frozen=True, kw_only=True)
class ArticleDraft:
    """A text to add and what is known of it; `furniture` None means: recognise the lines.

    `metadata` may name the outlet by a speaker or by its name, which is found or added.
    """

    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    furniture: Sequence[Mapping[str, Any]] | None = None
    extractor: str = ""
    allow_duplicate: bool = False


@transaction.atomic
def add_article(*, study: Study, draft: ArticleDraft, by: User) -> Article:
    """Store a text exactly as it came, with its digest; a text the study holds already is refused."""
    text.check_text(draft.text)
    lock_study(study)
    values = _checked(study, _with_outlet(study, draft.metadata, by), Article(study=study))
    values.setdefault("title", _first_line(draft.text))
    if not draft.allow_duplicate:
        _refuse_duplicate(study, draft.text)
    article = Article.objects.create(
        study=study,
        text=draft.text,
        sha256=text.sha256_of(draft.text),
        length=len(draft.text),
        n_words=text.n_words(draft.text),
        furniture=_furniture_of(draft),
        extractor=draft.extractor,
        duplicate_allowed=draft.allow_duplicate,
        created_by=author_of(study=study, user=by),
        **values,
    )
    after = {**plain_metadata(values), "sha256": article.sha256}
    record(study_id=study.pk, by=by, verb="article.add", target=article, after=after)
    return article


@transaction.atomic
def describe_article(*, article: Article, expected: int, metadata: Mapping[str, Any], by: User) -> Article:
    """Change what is known of an article; the text stays. The outlet may be given by its name."""
    if metadata.get("external_id"):
        lock_study(article.study)
    values = _checked(article.study, _with_outlet(article.study, metadata, by), article)
    before = plain_metadata({name: getattr(article, name) for name in values})
    advance(article, expected=expected, changes=values)
    record(
        study_id=article.study_id,
        by=by,
        verb="article.describe",
        target=article,
        before=before,
        after=plain_metadata(values),
    )
    return article


@transaction.atomic
def delete_article(*, article: Article, expected: int, by: User) -> Article:
    """Put an article, with its statements, into the bin."""
    advance(article, expected=expected, changes={"deleted_at": timezone.now()})
    record(study_id=article.study_id, by=by, verb="article.delete", target=article)
    return article


@transaction.atomic
def withdraw_article(*, article: Article, expected: int, by: User) -> None:
    """Take back the adding of an article: it leaves no trace but in the log, which can put it back."""
    advance(article, expected=expected, changes={})
    delete_for_good(row=article, study_id=article.study_id, by=by)


@transaction.atomic
def restore_article(*, article: Article, expected: int, by: User) -> Article:
    """Take an article back from the bin, unless its text was added again meanwhile."""
    lock_study(article.study)
    if not article.duplicate_allowed:
        _refuse_duplicate(article.study, article.text)
    if article.external_id and _is_taken(article.study, article.external_id, article):
        raise Conflict(
            f"The external id {article.external_id!r} was given to another article meanwhile; change that first."
        )
    advance(article, expected=expected, changes={"deleted_at": None})
    record(study_id=article.study_id, by=by, verb="article.restore", target=article)
    return article


def _with_outlet(study: Study, metadata: Mapping[str, Any], by: User) -> Mapping[str, Any]:
    outlet = metadata.get("outlet")
    if not isinstance(outlet, str):
        return metadata
    named = outlet.strip()
    found = find_or_add_speaker(study=study, name=named, type_=Speaker.Type.MEDIA, by=by) if named else None
    return {**metadata, "outlet": found}


def _refuse_duplicate(study: Study, words: str) -> None:
    first = (
        Article.objects.in_study(study).present().filter(sha256=text.sha256_of(words)).order_by("pk").first()
    )
    if first:
        raise DuplicateText(first)


def _furniture_of(draft: ArticleDraft) -> list[dict[str, Any]]:
    if draft.furniture is None:
        return [{"start": f.start, "end": f.end, "kind": f.kind} for f in furniture.recognise(draft.text)]
    return checked_furniture(draft.text, draft.furniture)


def checked_furniture(words: str, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return furniture lines in text order; each must be one whole line of the text.

    A line of a text with CRLF may be given without its CR, which is part of it here.
    """
    whole = {(p.start, p.end) for p in text.paragraphs(words) if p.end > p.start}
    out: dict[int, dict[str, Any]] = {}
    for i, line in enumerate(lines):
        span = Span.from_json(line, f"furniture[{i}]").read_from(words, f"furniture[{i}]")
        end = span.end + (words[span.end : span.end + 2] == "\r\n")
        if (span.start, end) not in whole:
            raise Invalid.field(
                f"furniture[{i}]", f"[{span.start}, {span.end}) is no whole line of the text."
            )
        kind = str(line.get("kind") or "other")
        if kind not in furniture.KINDS:
            raise Invalid.field(
                f"furniture[{i}].kind", f"{kind!r} is no kind; use one of {', '.join(furniture.KINDS)}."
            )
        out[span.start] = {"start": span.start, "end": end, "kind": kind}
    return [out[start] for start in sorted(out)]


def _checked(study: Study, metadata: Mapping[str, Any], article: Article) -> dict[str, Any]:
    unknown = metadata.keys() - METADATA
    if unknown:
        raise Invalid.field(min(unknown), f"{min(unknown)!r} is no field of an article.")
    out = {name: value.strip() if isinstance(value, str) else value for name, value in metadata.items()}
    if "external_id" in out:
        out["external_id"] = out["external_id"] or None
    faults = [
        FieldError(name, f"is longer than {limit} characters; shorten it.")
        for name, limit in LONGEST.items()
        if len(out.get(name) or "") > limit
    ]
    faults += _faults_of_values(study, out, article)
    if faults:
        raise Invalid("; ".join(f"{fault.field}: {fault.message}" for fault in faults), faults)
    return out


def _faults_of_values(study: Study, values: Mapping[str, Any], article: Article) -> list[FieldError]:
    faults = []
    outlet, published, external = (values.get(name) for name in ("outlet", "published_on", "external_id"))
    if "title" in values and not values["title"]:
        faults.append(FieldError("title", "An article needs a title."))
    if outlet is not None and outlet.study_id != study.pk:
        faults.append(FieldError("outlet", "There is no such speaker in this study."))
    elif outlet is not None and outlet.type != Speaker.Type.MEDIA:
        faults.append(FieldError("outlet", f"{outlet.name} is not of type media; choose or add a medium."))
    if published is not None and not isinstance(published, date):
        faults.append(FieldError("published_on", "is no date; write YYYY-MM-DD."))
    if values.get("url") and not _is_url(values["url"]):
        faults.append(FieldError("url", "is no web address; write it in full, with https://."))
    if external and _is_taken(study, external, article):
        faults.append(FieldError("external_id", f"{external!r} names another article of this study already."))
    return faults


def _is_taken(study: Study, external_id: str, article: Article) -> bool:
    return (
        Article.objects.in_study(study)
        .present()
        .filter(external_id=external_id)
        .exclude(pk=article.pk)
        .exists()
    )


def _is_url(value: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return False
    return True


def _first_line(words: str) -> str:
    lines = (words[p.start : p.end].strip() for p in text.paragraphs(words))
    return next((line for line in lines if line), "Untitled")[:300]


def plain_metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of an article as events keep it."""
    return {
        name: str(value.uid)
        if isinstance(value, Speaker)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in values.items()
    }
