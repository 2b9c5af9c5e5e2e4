"""Forms of a claim: the small one that words it in place, the whole one, and the filter over a study's claims."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict

from annotations.claims.models import Claim, Issue
from annotations.claims.overview import ClaimFilter
from annotations.codebook.vocabulary import Vocabulary
from annotations.web.forms import fields

NO_ISSUE = "none"


def claim_values(posted: QueryDict, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the new claim's own fields; its issue goes by name and is found or added with it.

    Measure and unit are read for kinds that are compared by numbers.
    """
    values: dict[str, Any] = {
        "text": fields.words(posted, "text"),
        "kind": fields.words(posted, "kind") or "fact",
    }
    if vocabulary.label("claim_kind", values["kind"], "kind").comparison == "quantity":
        values["quantity"] = {name: fields.words(posted, name) for name in ("measure", "unit")}
    return values


class ClaimFilterForm(forms.Form):
    """What the address of the claims' list may ask for; a fault leaves the other filters in force."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search the wording",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search the wording"}),
    )
    issue = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(
        required=False,
        label="Order",
        choices=[
            ("", "By wording"),
            ("-number", "Most statements"),
            ("-contested", "Most contested"),
        ],
    )

    def __init__(self, data: Mapping[str, Any], issues: Iterable[Issue], vocabulary: Vocabulary) -> None:
        super().__init__(data, auto_id="filter-%s")
        kinds = [(label.slug, label.name) for label in vocabulary.labels.get("claim_kind", {}).values()]
        named = [(str(issue.uid), issue.name) for issue in issues]
        _choose(self, "kind", [("", "Any kind"), *kinds])
        _choose(self, "issue", [("", "Any issue"), *named, (NO_ISSUE, "Without an issue")])
        self.full_clean()

    @property
    def wanted(self) -> ClaimFilter:
        given = self.cleaned_data
        issue = given.get("issue", "")
        return ClaimFilter(
            words=given.get("q", ""),
            kind=given.get("kind", ""),
            issue=UUID(issue) if issue not in {"", NO_ISSUE} else None,
            without_issue=issue == NO_ISSUE,
            sort=given.get("sort") or "wording",
        )

    @property
    def is_filtering(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "issue", "kind"))

    @property
    def query(self) -> str:
        """Return the filter as the shortest query string, "" for none."""
        kept = [(name, value) for name in self.fields if (value := self.data.get(name, ""))]
        return f"?{urlencode(kept)}" if kept else ""


class ClaimEditForm(forms.Form):
    """All that can be said of a claim itself. Measure and unit count for kinds that are compared by numbers."""

    text = forms.CharField(
        label="Wording",
        max_length=1000,
        help_text="One proposition in the affirmative, without who says it: “The dam gates were opened.”",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "A claim needs its wording."},
    )
    kind = forms.ChoiceField()
    issue = forms.CharField(
        required=False,
        max_length=300,
        help_text="Found by its name, or added.",
        widget=forms.TextInput(attrs={"list": "issues", "autocomplete": "off"}),
    )
    measure = forms.CharField(required=False, max_length=200, help_text="What is counted, such as deaths.")
    unit = forms.CharField(required=False, max_length=200, help_text="In what, such as people.")
    note = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, claim: Claim, vocabulary: Vocabulary, **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = vocabulary.labels.get("claim_kind", {})
        usable = [(label.slug, label.name) for label in self.labels.values() if not label.retired]
        known = claim.kind in dict(usable)  # a kind that is retired stays with the claims that have it
        kept = [] if known else [(claim.kind, vocabulary.name_of("claim_kind", claim.kind))]
        _choose(self, "kind", [*usable, *kept])

    @staticmethod
    def initial_of(claim: Claim) -> dict[str, Any]:
        values = {name: getattr(claim, name) for name in ("text", "kind", "note", "version")}
        quantity = claim.quantity or {}
        numbers = {name: quantity.get(name, "") for name in ("measure", "unit")}
        return {**values, **numbers, "issue": claim.issue.name if claim.issue else ""}

    def clean_text(self) -> str:
        return " ".join(str(self.cleaned_data["text"]).split())

    def clean_issue(self) -> str:
        return " ".join(str(self.cleaned_data["issue"]).split())

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self._counts and not given.get("measure"):
            self.add_error("measure", "A quantity claim says what is measured.")
        return given

    @property
    def _counts(self) -> bool:
        label = self.labels.get(self.cleaned_data.get("kind", ""))
        return label is not None and label.comparison == "quantity"

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        quantity = {name: given[name] for name in ("measure", "unit")} if self._counts else None
        return {**{name: given[name] for name in ("text", "kind", "note")}, "quantity": quantity}


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
