"""Studies, who belongs to them, and the pseudonyms under which their work is kept."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.rows import KeyedRows, Row, StudyRows


class Role(models.TextChoices):
    VIEWER = "viewer", "Viewer"
    ANNOTATOR = "annotator", "Annotator"
    ADJUDICATOR = "adjudicator", "Adjudicator"
    MANAGER = "manager", "Manager"


class StudyQuerySet(KeyedRows["Study"]):
    def visible_to(self, user: User) -> Self:
        """Studies of which the user is a member; superusers are no exception. Those in the bin are gone."""
        return self.present().filter(memberships__user=user)

    def present(self) -> Self:
        """Studies that are not in the bin."""
        return self.filter(deleted_at=None)

    def binned_of(self, user: User) -> Self:
        """Studies in the bin that the user may take back, the one deleted last first."""
        managed = self.filter(memberships__user=user, memberships__role=Role.MANAGER)
        return managed.exclude(deleted_at=None).order_by("-deleted_at", "-pk")

    def within(self, study_id: int | None) -> Self:
        return self if study_id is None else self.filter(pk=study_id)

    def named_like(self, words: str) -> Self:
        return self.filter(name__holds=words)

    def changed_since(self, moment: datetime) -> Self:
        return self.filter(updated_at__gte=moment)

    def with_role_of(self, user: User) -> Self:
        """Add `asker_role`, the user’s role; call after `visible_to` with the same user."""
        return self.annotate(asker_role=models.F("memberships__role"))

    def with_last_event(self) -> Self:
        """Add `last_event`, by which kept figures know whether they still hold; None before the first."""
        events = Event.objects.filter(study_id=models.OuterRef("pk")).newest_first()
        return self.annotate(last_event=models.Subquery(events.values("pk")[:1]))

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class Study(Row):
    """The workspace: members, articles, speakers, claims, codebook, mode."""

    class Mode(models.TextChoices):
        SHARED = "shared", "Shared"
        INDEPENDENT = "independent", "Independent"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.SHARED)
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = "study"
        verbose_name_plural = "studies"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mode__in=["shared", "independent"]), name="study_mode_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annotations:study-detail", args=[self.slug])

    @property
    def has_sets(self) -> bool:
        """Tell whether any annotation set rests on the mode, of articles in the bin too."""
        return self.articles.filter(sets__isnull=False).exists()


class MembershipQuerySet(StudyRows["Membership"]):
    def with_user(self) -> Self:
        return self.select_related("user")

    def by_name(self) -> Self:
        return self.order_by("user__username")


class Membership(Row):
    """A user in a study, with a role."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "user"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user.username}: {self.role}"


class Author(Row):
    """A pseudonym (c01, c02, ...) under which authored work is kept and exported; never re-used.

    `user` is known inside this installation only and empty for authors that came with an import.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="authors")
    pseudonym = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StudyRows["Author"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "pseudonym"], name="author_pseudonym_once"),
            models.UniqueConstraint(fields=["study", "user"], name="author_once_per_user"),
        ]

    def __str__(self) -> str:
        return self.pseudonym
