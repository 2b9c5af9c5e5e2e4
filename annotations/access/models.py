"""Keys with which programs read and write in a user's name."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from annotations.accounts.models import User
from annotations.studies.models import Study


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def alive(self) -> Self:
        return self.filter(expires_at__gt=timezone.now(), user__is_active=True)

    def with_digest(self, digest: str) -> Self:
        """Keep the token with this digest, with its user."""
        return self.filter(digest=digest).select_related("user")

    def of(self, user: User) -> Self:
        return self.filter(user=user).select_related("study").order_by("-created_at")


class ApiToken(models.Model):
    """A program's key: only its SHA-256 is stored; it expires and may be bound to one study."""

    class Scope(models.TextChoices):
        READ = "read", "Read"
        WRITE = "write", "Read and write"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    study = models.ForeignKey(Study, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=100, blank=True, default="")
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "token"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="token_scope_known"),
        ]

    def __str__(self) -> str:
        return f"{self.hint}... ({self.scope})"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def address(self) -> str:
        """Return what names the token in addresses: the beginning of its digest, never of the key."""
        return self.digest[:16]
