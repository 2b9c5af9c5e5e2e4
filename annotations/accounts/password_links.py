"""Links with which a user sets a password, for administrators to pass on where no mail is set up."""

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from annotations.accounts.models import User

LOCAL = "http://127.0.0.1:8000"


def password_link(user: User, site: str = LOCAL) -> str:
    """Return a link that works once, until the user signs in or for three days, whichever comes first."""
    names = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return site.rstrip("/") + reverse("annotations:password-set", kwargs=names)
