"""The append-only log of changes, and the answers kept for repeated requests."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from annotations.rows import Row


class EventQuerySet(models.QuerySet["Event"]):
    def of_study(self, study_id: int) -> Self:
        return self.filter(study_id=study_id)

    def of_target(self, target: Row) -> Self:
        """Events of one row, found by its public id."""
        return self.filter(target_type=target._meta.model_name or "", target_id=str(target.uid))

    def with_user(self) -> Self:
        return self.select_related("by")

    def newest_first(self) -> Self:
        return self.order_by("-id")


class Event(models.Model):
    """One change: who, when, which verb, what stood before and after (the changed fields only).

    Study and target are plain ids, so that the log outlives what it describes.
    """

    id = models.BigAutoField(primary_key=True)
    study_id = models.BigIntegerField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(default=uuid.uuid4)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["study_id", "-id"], name="event_of_study"),
            models.Index(fields=["target_type", "target_id"], name="event_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"


class IdempotencyKey(models.Model):
    """The stored answer of a create, so that the same request sent again makes no second row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")
        ]

    def __str__(self) -> str:
        return self.key
