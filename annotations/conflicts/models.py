"""Judged pairs of statements."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from annotations.rows import Row, StudyRows
from annotations.statements.models import Statement
from annotations.studies.models import Author, Study


class Verdict(Row):
    """A judge's decision on a pair: confirmed, rejected or repeat; it belongs to the pair and its basis."""

    class Decision(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Rejected"
        REPEAT = "repeat", "Repeat"

    study = models.ForeignKey(Study, models.CASCADE, related_name="verdicts")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    a = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    b = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    judge = models.ForeignKey(Author, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=10, choices=Decision)
    kind = models.CharField(max_length=60, blank=True, default="")
    strength = models.CharField(max_length=60, blank=True, default="")
    explicit = models.BooleanField(default=False)
    basis = models.JSONField(null=True, blank=True)
    cluster = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")

    objects = StudyRows["Verdict"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["a", "b", "judge"], name="verdict_once_per_judge"),
            models.UniqueConstraint(fields=["study", "external_id"], name="verdict_external_id_once"),
            models.CheckConstraint(condition=~Q(a=F("b")), name="verdict_on_two"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.kind})"
