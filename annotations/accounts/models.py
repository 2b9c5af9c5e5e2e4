"""People who sign in, and the failures that throttle guessing."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone


class UserRows(models.QuerySet["User"]):
    def matching(self, words: str) -> Self:
        """Users whose name or address holds `words`."""
        return self.filter(Q(username__holds=words) | Q(email__holds=words))

    def with_number_of_studies(self) -> Self:
        """Add `n_studies`; those in the bin are left out."""
        present = Q(memberships__study__deleted_at=None)
        return self.annotate(n_studies=Count("memberships", filter=present))

    def administrators(self) -> Self:
        """Those who can administer the installation now."""
        return self.filter(is_superuser=True, is_active=True)


class User(AbstractUser):
    """Django's own user under our app label, so that fields can be added without a swap later."""

    objects: ClassVar[UserManager[Self]] = UserManager()
    rows = UserRows.as_manager()


class SignInFailure(models.Model):
    """One wrong password; `key` is a digest of name and address, so that no name is kept."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "failed sign-in"

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at:%Y-%m-%d %H:%M}"
