"""Forms of a study: its name and mode, and the filter over its articles."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from annotations.errors import Invalid
from annotations.prepared import Prepared
from annotations.speakers.models import Speaker
from annotations.statements.article_table import SORTS, ArticleFilter
from annotations.statements.overview import ArticleState
from annotations.studies.models import Study


class StudyCreateForm(forms.Form):
    """A study to be made; the slug is made from the name when left empty."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))
    mode = forms.ChoiceField(choices=Study.Mode.choices, initial=Study.Mode.SHARED, widget=forms.RadioSelect)
    slug = forms.SlugField(
        required=False,
        max_length=80,
        label="Short name for addresses",
        help_text="Lower-case letters, digits and hyphens; left empty, it is made from the name. It cannot be changed later.",
    )


class StudyEditForm(forms.Form):
    """Name and mode; the mode is locked once there are sets, and everything is in the archive."""

    name = forms.CharField(max_length=200)
    mode = forms.ChoiceField(required=False, choices=Study.Mode.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, study: Study, data: Mapping[str, Any] | None = None) -> None:
        standing = {"name": study.name, "mode": study.mode, "version": study.version}
        super().__init__(data, initial=standing)
        self.mode_is_locked = study.has_sets
        archived = study.archived_at is not None
        self.fields["mode"].disabled = archived or self.mode_is_locked
        self.fields["name"].disabled = archived


def named_again(posted: Mapping[str, str], study: Study) -> None:
    """Refuse unless the name of the study was typed, as a sign that it is meant."""
    if " ".join(str(posted.get("name", "")).split()) != study.name:
        raise Invalid.field(
            "name", f"Nothing was deleted: type the name of the study, {study.name}, exactly."
        )


def outlet_choices(study: Study) -> list[tuple[str, str]]:
    """Return id and name of each outlet, by name."""
    return [(str(uid), name) for uid, name in _OUTLETS(study.pk)]


def _outlet_rows(study: int) -> QuerySet[Speaker, tuple[UUID, str]]:
    return Speaker.objects.in_study(Study(pk=study)).outlets().by_name().values_list("uid", "name")


_OUTLETS: Prepared[tuple[UUID, str]] = Prepared(_outlet_rows, int)


class ArticleFilterForm(forms.Form):
    """What the address of a study's home may ask for; a fault leaves the other filters in force."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search title and text",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search title and text"}),
    )
    outlet = forms.TypedChoiceField(required=False, coerce=str, empty_value="")
    published_after = forms.DateField(
        required=False, label="Published from", widget=forms.DateInput(attrs={"type": "date"})
    )
    published_before = forms.DateField(
        required=False, label="to", widget=forms.DateInput(attrs={"type": "date"})
    )
    state = forms.ChoiceField(required=False, choices=[("", "All"), *((s, s) for s in ArticleState)])
    earlier = forms.BooleanField(required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS])
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: Mapping[str, Any], outlets: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["outlet"].choices = [("", "Any outlet"), *outlets]  # type: ignore[attr-defined]  # a choice field
        self.full_clean()

    @property
    def wanted(self) -> ArticleFilter:
        given = self.cleaned_data
        return ArticleFilter(
            words=given.get("q", ""),
            state=given.get("state", ""),
            outlet=given.get("outlet") or None,
            published_after=given.get("published_after"),
            published_before=given.get("published_before"),
            earlier=given.get("earlier", False),
            sort=given.get("sort") or "-added",
        )

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1

    @property
    def is_filtering(self) -> bool:
        names = ("q", "state", "outlet", "published_after", "published_before", "earlier")
        return any(self.cleaned_data.get(name) for name in names)

    @property
    def query(self) -> str:
        """Return the filter as the shortest query string, "" for none."""
        given = [(name, self.data.get(name, "")) for name in self.fields]
        kept = [(name, value) for name, value in given if value and (name, value) not in _DEFAULTS]
        return f"?{urlencode(kept)}" if kept else ""


_DEFAULTS = {("sort", "-added"), ("page", "1")}
