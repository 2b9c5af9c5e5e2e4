"""Articles: one immutable text each, with metadata."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, Subquery, When
from django.urls import reverse

from annotations.accounts.models import User
from annotations.rows import Row, StudyRows
from annotations.spans import Span
from annotations.speakers.models import Speaker
from annotations.studies.models import Author, Study


class ArticleQuerySet(StudyRows["Article"]):
    def visible_to(self, user: User) -> Self:
        return self.of_member(user)

    def present(self) -> Self:
        """Articles that are not in the bin."""
        return self.filter(deleted_at=None)

    def current(self) -> Self:
        """Articles whose text stands: no later revision has taken their place."""
        return self.filter(revised_by=None)

    def superseded(self) -> Self:
        """Earlier revisions, kept for the record."""
        return self.exclude(revised_by=None)

    def binned(self) -> Self:
        return self.exclude(deleted_at=None)

    def deleted_last_first(self) -> Self:
        return self.order_by("-deleted_at", "-pk")

    def without_text(self) -> Self:
        return self.defer("text")

    def with_outlet(self) -> Self:
        return self.select_related("outlet")

    def with_revisions(self) -> Self:
        """Add `earlier` and `later`: the public ids of the present articles before and after it, if there are any."""
        return self.annotate(
            earlier=Case(When(revision_of__deleted_at=None, then=F("revision_of__uid"))),
            later=Case(When(revised_by__deleted_at=None, then=F("revised_by__uid"))),
        )

    def at_address(self, url: str) -> Self:
        """Articles that stand at this address of the web; none for no address."""
        return self.filter(url=url) if url else self.none()

    def with_study_and_author(self) -> Self:
        return self.select_related("study", "created_by")

    def from_outlet(self, outlet: str) -> Self:
        return self.filter(outlet__uid=outlet)

    def published_between(self, after: object = None, before: object = None) -> Self:
        """Articles published on or after `after` and on or before `before`."""
        rows = self
        if after:
            rows = rows.filter(published_on__gte=after)
        if before:
            rows = rows.filter(published_on__lte=before)
        return rows

    def matching(self, words: str) -> Self:
        """Articles whose title or text holds `words`."""
        return self.filter(Q(title__holds=words) | Q(text__holds=words))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def beside(self, study: int, at: datetime, pk: int) -> Self:
        """The articles of a study's list just before and just after the one created `at`, newest first."""
        rows = self.filter(study=study).present().current()
        newer = rows.filter(Q(created_at__gt=at) | Q(pk__gt=pk), created_at__gte=at).order_by(
            "created_at", "pk"
        )
        older = rows.filter(Q(created_at__lt=at) | Q(pk__lt=pk), created_at__lte=at).newest_first()
        nearest = (Q(pk=Subquery(side.values("pk")[:1])) for side in (newer, older))
        found = self.filter(next(nearest) | next(nearest)).newest_first()
        return found.only("uid", "title", "created_at", "study")


class Article(Row):
    """One text, stored exactly as it came and never changed; `length` counts code points.

    `furniture` holds the lines that are no news text, as `{"start", "end", "kind"}`; no statement touches them.
    `revised_by` is the article with the corrected text, which has taken this one's place.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="articles")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    title = models.CharField(max_length=500)
    text = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    length = models.PositiveIntegerField(editable=False)
    n_words = models.PositiveIntegerField(editable=False, default=0)
    furniture = models.JSONField(default=list)
    outlet = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="published")
    author = models.CharField(max_length=300, blank=True, default="")
    dateline = models.CharField(max_length=200, blank=True, default="")
    url = models.URLField(max_length=2000, blank=True, default="")
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True, default="")
    licence_name = models.CharField(max_length=200, blank=True, default="")
    text_may_leave = models.BooleanField(default=False)
    duplicate_allowed = models.BooleanField(default=False, editable=False)
    extractor = models.CharField(max_length=80, blank=True, default="", editable=False)
    created_by = models.ForeignKey(Author, models.PROTECT, null=True, related_name="+")
    revised_by = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="revision_of", editable=False
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "sha256"],
                condition=Q(deleted_at=None, duplicate_allowed=False),
                name="article_text_once",
            ),
            models.UniqueConstraint(
                fields=["study", "external_id"], condition=Q(deleted_at=None), name="article_external_id_once"
            ),
            models.CheckConstraint(condition=Q(length__gt=0), name="article_text_not_empty"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["study", "-created_at", "-id"], name="article_newest"),
            models.Index(
                fields=["study", "-created_at", "-id"],
                condition=Q(deleted_at=None, revised_by=None),
                name="article_standing",
            ),
            models.Index(fields=["study", "published_on", "id"], name="article_by_date"),
            models.Index(fields=["study", "title", "id"], name="article_by_title"),
            models.Index(fields=["study", "revised_by"], name="article_by_revision"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("annotations:article-detail", args=[self.study.slug, self.uid])

    def is_listed_before(self, other: "Article") -> bool:
        """Tell whether this article stands before the other in the study's list, which has the newest first."""
        return (self.created_at, self.pk) > (other.created_at, other.pk)

    @property
    def is_superseded(self) -> bool:
        return self.revised_by_id is not None

    @property
    def furniture_spans(self) -> list[Span]:
        return [Span(line["start"], line["end"]) for line in self.furniture]
