"""Forms of speakers: the small one that introduces one in place, the whole one, the filter over the list."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from annotations.speakers.actions import SpeakerChanges
from annotations.speakers.models import Affiliation, Speaker
from annotations.statements.attribution import SORTS, SpeakerFilter
from annotations.web.forms import fields

LONGEST = 300
DATED = "dated"
LINKS = ("affiliation", "speaks_for")
_LINE_END = re.compile(r"\r\n?|\n")


def speaker_in(posted: QueryDict) -> SpeakerChanges:
    """Return the new speaker's own fields; its affiliation goes by name and is found or added with it."""
    return SpeakerChanges(
        values={
            "name": fields.words(posted, "name"),
            "type": fields.words(posted, "type") or "person",
            "role": fields.words(posted, "role"),
        }
    )


class SpeakerFilterForm(forms.Form):
    """What the address of the list may ask for; a fault leaves the other filters in force."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search names and aliases",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search names and aliases"}),
    )
    type = forms.ChoiceField(required=False, choices=[("", "Any type"), *Speaker.Type.choices])
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS])
    cursor = forms.CharField(required=False, max_length=2000)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.full_clean()

    @property
    def wanted(self) -> SpeakerFilter:
        given = self.cleaned_data
        return SpeakerFilter(
            words=given.get("q", ""), type=given.get("type", ""), sort=given.get("sort") or "name"
        )

    @property
    def place(self) -> str | None:
        """Return the cursor of the page that is asked for."""
        return self.cleaned_data.get("cursor") or None

    @property
    def is_filtering(self) -> bool:
        return bool(self.wanted.words or self.wanted.type)

    @property
    def query(self) -> str:
        """Return the filter as the shortest query string, "" for none."""
        given = [(name, self.data.get(name, "")) for name in self.fields]
        kept = [(name, value) for name, value in given if value and (name, value) != ("sort", "name")]
        return f"?{urlencode(kept)}" if kept else ""


class Lines(forms.CharField):
    """Names, one a line; empty lines and those that stand there already are left out."""

    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto", "spellcheck": "false"})

    def clean(self, value: object) -> str:
        lines = [" ".join(line.split()) for line in _LINE_END.split(super().clean(value))]
        long = next((line for line in lines if len(line) > LONGEST), None)
        if long:
            raise forms.ValidationError(f"“{long[:40]}…” is longer than {LONGEST} characters; shorten it.")
        return "\n".join(dict.fromkeys(line for line in lines if line))


def _by_name(label: str, hint: str) -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST, label=label, help_text=hint)


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class DatedForm(forms.Form):
    """One affiliation with dates; a row without a name is none."""

    kind = forms.ChoiceField(choices=Affiliation.Kind.choices, initial=Affiliation.Kind.AFFILIATION)
    body = _by_name("With whom", "")
    role = forms.CharField(required=False, max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}))
    since = _day()
    until = _day()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", "It ends before it begins; correct one of the dates.")
        if not given.get("body") and (given.get("role") or given.get("since") or given.get("until")):
            self.add_error("body", "Say with whom, or empty the row.")
        return given


Affiliations = forms.formset_factory(DatedForm, extra=2, max_num=200)


def affiliations_of(speaker: Speaker) -> list[dict[str, Any]]:
    """Return the affiliations as they stand; load `with_names()`."""
    names = ("kind", "role", "since", "until")
    return [
        {**{name: getattr(row, name) for name in names}, "body": row.body.name}
        for row in speaker.affiliations.all()
    ]


class SpeakerEditForm(forms.Form):
    """All that is known of a speaker; others go by name."""

    name = forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs={"dir": "auto"}))
    aliases = Lines(required=False, label="Also called", help_text="One a line: the search finds these too.")
    type = forms.ChoiceField(choices=Speaker.Type.choices)
    role = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"dir": "auto", "placeholder": "deputy rivers minister"}),
    )
    affiliation = _by_name("Affiliation", "Found by name or alias, or else added.")
    speaks_for = _by_name("Speaks for", "On whose behalf by office; found by name or alias, or else added.")
    members = Lines(
        required=False, label="Members", help_text="Of a joint speaker, one a line; found by name, or added."
    )
    named = forms.BooleanField(
        required=False, label="Known by name", help_text="Not ticked: known by description only."
    )
    private = forms.BooleanField(
        required=False, label="Private", help_text="Exports show the role in place of the name."
    )
    external_id = forms.CharField(
        required=False,
        max_length=200,
        label="External id",
        help_text="A name of your own for programs; unique in the study.",
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        sent = data if data and f"{DATED}-TOTAL_FORMS" in data else None
        self.dated = Affiliations(sent, initial=(initial or {}).get("affiliations"), prefix=DATED)

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.dated.is_bound or self.dated.is_valid())

    @property
    def affiliations(self) -> list[dict[str, Any]] | None:
        """Return the affiliations with dates as they were typed; None if they were not sent."""
        if not self.dated.is_bound:
            return None
        return [row for row in self.dated.cleaned_data if row.get("body")]

    @classmethod
    def initial_of(cls, speaker: Speaker) -> dict[str, Any]:
        """Return the fields as they stand; load `with_names()`."""
        return {
            **{name: getattr(speaker, name) for name in cls.base_fields},
            **{link: getattr(speaker, link).name if getattr(speaker, link) else "" for link in LINKS},
            "aliases": "\n".join(alias.name for alias in speaker.aliases.all()),
            "members": "\n".join(member.name for member in speaker.members.all()),
            "affiliations": affiliations_of(speaker),
        }

    @property
    def description(self) -> dict[str, Any]:
        """Return what was typed as `describe_speaker` takes it."""
        given = self.cleaned_data
        own = ("name", "type", "role", "named", "private")
        return {
            "values": {**{name: given[name] for name in own}, "external_id": given["external_id"] or None},
            "names": {link: given[link] for link in LINKS},
            "aliases": given["aliases"].splitlines(),
            "members": given["members"].splitlines(),
            "affiliations": self.affiliations,
        }
