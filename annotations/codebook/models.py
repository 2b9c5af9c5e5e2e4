"""Versioned coding schemes: a version, its variables, their labels."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from annotations.rows import Row
from annotations.studies.models import Study


class CodebookVersionQuerySet(models.QuerySet["CodebookVersion"]):
    def current_for(self, study: Study) -> "CodebookVersion":
        """Return the study's newest published version, or the default codebook that every study starts from."""
        return (
            self.filter(Q(study=study) | Q(study=None), state=CodebookVersion.State.PUBLISHED)
            .order_by(F("study").asc(nulls_last=True), "-published_at", "-pk")[:1]
            .get()
        )

    def usable_in(self, study: Study) -> Self:
        """The study's own published versions, and the shipped ones."""
        return self.filter(Q(study=study) | Q(study=None), state=CodebookVersion.State.PUBLISHED)

    def with_labels(self) -> Self:
        return self.prefetch_related("variables__labels")


class CodebookVersion(Row):
    """One version of a coding scheme; immutable once published. Without a study it is the shipped default."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    study = models.ForeignKey(Study, models.CASCADE, null=True, blank=True, related_name="codebooks")
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=20)
    language = models.CharField(max_length=35, default="en")
    notes = models.JSONField(default=list)
    derived_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = CodebookVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "codebook version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "number"], name="codebook_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="published", published_at__isnull=False),
                name="codebook_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Variable(models.Model):
    """One question of the codebook, and where it is asked (`scope`)."""

    codebook = models.ForeignKey(CodebookVersion, models.CASCADE, related_name="variables")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    question = models.CharField(max_length=300, blank=True, default="")
    scope = models.CharField(max_length=20)
    definition = models.TextField(blank=True, default="")
    order = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=False)
    multiple = models.BooleanField(default=False)
    folded = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["codebook", "slug"], name="variable_slug_once")
        ]

    def __str__(self) -> str:
        return self.slug


class Label(models.Model):
    """One value of a variable; the engine reads `polarity`, `weight` and `comparison`, never the name."""

    variable = models.ForeignKey(Variable, models.CASCADE, related_name="labels")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True, default="")
    yes = models.JSONField(default=list)
    no = models.JSONField(default=list)
    key = models.CharField(max_length=1, blank=True, default="")
    order = models.PositiveSmallIntegerField()
    polarity = models.SmallIntegerField(null=True, blank=True)
    weight = models.FloatField(null=True, blank=True)
    comparison = models.CharField(max_length=20, blank=True, default="")
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["variable", "slug"], name="label_slug_once"),
            models.CheckConstraint(
                condition=Q(polarity__isnull=True) | Q(polarity__in=[-1, 0, 1]), name="label_polarity"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
