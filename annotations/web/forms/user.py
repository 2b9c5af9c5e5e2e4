"""Forms about users, for administrators: a new one, and the search in the list; mailing a link."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from annotations.accounts.models import User

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class UserForm(forms.Form):
    username = forms.CharField(
        max_length=150,
        label="User name",
        help_text="To sign in with; letters, digits and @ . + - _",
        widget=forms.TextInput(attrs=PLAIN),
    )
    email = forms.EmailField(
        required=False, label="Mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class UserFilterForm(forms.Form):
    """What the address of the list may ask for."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search names and mail addresses",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search names and mail addresses"}),
    )
    cursor = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.full_clean()

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def place(self) -> str | None:
        """Return the cursor of the page that is asked for."""
        return self.cleaned_data.get("cursor") or None

    @property
    def query(self) -> str:
        """Return the filter as the shortest query string, "" for none."""
        kept = [(name, self.data.get(name, "")) for name in self.fields if self.data.get(name)]
        return f"?{urlencode(kept)}" if kept else ""


def mail_link(user: User, link: str) -> bool:
    """Send the link to the user where mail is set up and there is an address; tell whether it was sent."""
    if not (settings.EMAIL_HOST and user.email):
        return False
    words = render_to_string("registration/password_link_email.txt", {"user": user, "link": link})
    subject = render_to_string("registration/password_link_subject.txt").strip()
    return bool(send_mail(subject, words, None, [user.email], fail_silently=True))
