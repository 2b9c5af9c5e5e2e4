"""People who sign in, and the failures that throttle guessing."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone


class User(AbstractUser):
    """Django's own user under our app label, so that fields can be added without a swap later."""


class SignInFailure(models.Model):
    """One wrong password; `key` is a digest of name and address, so that no name is kept."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "failed sign-in"

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at:%Y-%m-%d %H:%M}"
