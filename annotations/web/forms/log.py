"""The filter over the log of a study, as its address gives it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from annotations.accounts.models import User
from annotations.history.log import THINGS, LogFilter
from annotations.history.phrases import IN_WORDS, said_of
from annotations.studies.models import Author, Study

DAY = forms.DateInput(attrs={"type": "date"})


class LogFilterForm(forms.Form):
    """A fault leaves the other filters in force. In an independent study people go by their pseudonyms."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Words of what was changed"}),
    )
    who = forms.ChoiceField(required=False, label="Who")
    did = forms.ChoiceField(required=False, label="What was done")
    thing = forms.ChoiceField(required=False, label="To what", choices=[("", "Anything"), *THINGS.items()])
    since = forms.DateField(required=False, label="From", widget=DAY)
    until = forms.DateField(required=False, label="To", widget=DAY)
    cursor = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Mapping[str, Any], study: Study) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.people = _people(study)
        choices = {
            "who": [("", "Anybody"), *((name, name) for name in self.people)],
            "did": [("", "Anything"), *_acts()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
        self.full_clean()

    @property
    def wanted(self) -> LogFilter:
        given = self.cleaned_data
        return LogFilter(
            person=self.people.get(given.get("who", "")),
            verb=given.get("did", ""),
            thing=given.get("thing", ""),
            since=given.get("since"),
            until=given.get("until"),
            words=given.get("q", ""),
        )

    @property
    def place(self) -> str | None:
        """Return the cursor of the page that is asked for."""
        return self.cleaned_data.get("cursor") or None

    @property
    def is_filtering(self) -> bool:
        return self.wanted != LogFilter()

    @property
    def query(self) -> str:
        """Return the filter as the shortest query string, "" for none; without the place in the list."""
        kept = [
            (name, self.data.get(name, ""))
            for name in self.fields
            if name != "cursor" and self.data.get(name)
        ]
        return f"?{urlencode(kept)}" if kept else ""


def _people(study: Study) -> dict[str, User]:
    """Return members and former ones, by the name under which the log tells of them."""
    authors = dict(Author.objects.in_study(study).exclude(user=None).values_list("user", "pseudonym"))
    users = User.rows.filter(Q(memberships__study=study) | Q(pk__in=authors)).distinct()
    hidden = study.mode == Study.Mode.INDEPENDENT
    named = {(authors.get(user.pk) if hidden else None) or user.get_username(): user for user in users}
    return dict(sorted(named.items()))


def _acts() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the verbs in words, by what they are done to."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for verb, words in IN_WORDS.items():
        groups.setdefault(verb.partition(".")[0].replace("_", " ").capitalize(), []).append(
            (verb, said_of("", words))
        )
    return list(groups.items())
