"""The filter over a study's statements, as its address gives it."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.claims.models import Claim, ClaimQuerySet
from annotations.codebook.vocabulary import Vocabulary
from annotations.coding.filtering import CODES, StatementFilter
from annotations.speakers.models import Speaker, SpeakerQuerySet
from annotations.studies.models import Study

SORTS = (
    ("text", "By article, in text order"),
    ("-changed", "Changed last"),
    ("-published", "Published last"),
    ("published", "Published first"),
)
Q = TypeVar("Q", bound=QuerySet[Any])


class StatementFilterForm(forms.Form):
    """A fault leaves the other filters in force; a name that nobody has keeps nothing, and is among `unknown`."""

    q = forms.CharField(
        required=False,
        max_length=1000,
        label="Words of the statement",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Words of the statement"}),
    )
    sort = forms.ChoiceField(required=False, choices=SORTS, label="Order")
    speaker = forms.CharField(required=False, max_length=300, label="Speaker")
    claim = forms.CharField(required=False, max_length=1000, label="Claim")
    stance = forms.ChoiceField(required=False)
    source_type = forms.ChoiceField(required=False)
    quote_type = forms.ChoiceField(required=False)
    outlet = forms.CharField(required=False, max_length=300, label="Outlet")
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)
    published_after = forms.DateField(
        required=False, label="Published from", widget=forms.DateInput(attrs={"type": "date"})
    )
    published_before = forms.DateField(
        required=False, label="Published to", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: QueryDict, study: Study, vocabulary: Vocabulary) -> None:
        super().__init__(data.copy(), auto_id="filter-%s", use_required_attribute=False)
        self.study = study
        self.unknown: list[str] = []
        for name in ("stance", *CODES):
            self._offer(name, vocabulary)
        self.full_clean()

    def _offer(self, name: str, vocabulary: Vocabulary) -> None:
        """Give the field the name and the labels that the codebook has; without the variable it goes."""
        variable = vocabulary.variables.get(name)
        if variable is None:
            del self.fields[name]
            return
        labels = [(label.slug, label.name) for label in vocabulary.labels[name].values()]
        self.fields[name].label = variable.name
        self.fields[name].choices = [("", "Any"), *labels]  # type: ignore[attr-defined]  # a choice field

    def clean_speaker(self) -> SpeakerQuerySet | None:
        speakers = Speaker.objects.in_study(self.study)
        return self._meant("speaker", speakers, speakers.called, speakers.named_like)

    def clean_outlet(self) -> SpeakerQuerySet | None:
        outlets = Speaker.objects.in_study(self.study).outlets()
        return self._meant("outlet", outlets, outlets.called, outlets.named_like)

    def clean_claim(self) -> ClaimQuerySet | None:
        claims = Claim.objects.in_study(self.study)
        return self._meant("claim", claims, claims.worded, claims.worded_like)

    def _meant(
        self, field: str, rows: Q, exactly: Callable[[str], Q], nearly: Callable[[str], Q]
    ) -> Q | None:
        """Return who goes by the id, else by exactly the name given, else by a name that holds it."""
        words = " ".join(self.cleaned_data[field].split())
        if not words:
            return None
        by_id = _id_in(words)
        if by_id:
            found = rows.filter(uid=by_id)
            if row := found.first():
                self.data[field] = _title(row)  # type: ignore[index]  # a copy of the query, made for this
                return found
        else:
            for found in (exactly(words), nearly(words)):
                if found.exists():
                    return found
        self.unknown.append(f"The study has no {field} “{words[:80]}”.")
        return rows.none()

    @property
    def labelled(self) -> list[forms.BoundField]:
        """The fields with the labels of a variable, as far as the codebook has it."""
        return [self[name] for name in ("stance", *CODES) if name in self.fields]

    @property
    def wanted(self) -> StatementFilter:
        given = self.cleaned_data
        return StatementFilter(
            words=given.get("q", ""),
            speakers=given.get("speaker"),
            claims=given.get("claim"),
            stance=given.get("stance", ""),
            codes={name: given[name] for name in CODES if given.get(name)},
            outlets=given.get("outlet"),
            article=given.get("article"),
            published_after=given.get("published_after"),
            published_before=given.get("published_before"),
            sort=given.get("sort") or "text",
            asked={name: self.data[name] for name in self.fields if name != "sort" and self._is_asked(name)},
        )

    def _is_asked(self, name: str) -> bool:
        return self.cleaned_data.get(name) not in {None, ""}

    @property
    def is_narrowed(self) -> bool:
        """Tell whether any filter besides the words is in force or faulty: they are unfolded then."""
        return any(self.data.get(name) for name in self.fields.keys() - {"q", "sort", "article"})

    @property
    def is_filtering(self) -> bool:
        return any(self.data.get(name) for name in self.fields.keys() - {"sort"})


def _id_in(words: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(words)
    except ValueError:
        return None


def _title(row: Model) -> str:
    return str(row)
