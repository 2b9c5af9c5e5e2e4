"""What a new token may do, where, and for how long."""

from typing import Any

from django import forms

from annotations.access.actions import DAYS, MAX_DAYS
from annotations.access.models import ApiToken
from annotations.accounts.models import User
from annotations.studies.models import Study


class TokenForm(forms.Form):
    name = forms.CharField(
        required=False,
        max_length=100,
        help_text="What it is for, so that you know it again: “nightly export”.",
    )
    scope = forms.ChoiceField(choices=ApiToken.Scope.choices, initial=ApiToken.Scope.READ, label="May")
    study = forms.ModelChoiceField(
        queryset=Study.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="All my studies",
        label="In",
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=MAX_DAYS,
        initial=DAYS,
        label="Days",
        help_text=f"Then it stops; at most {MAX_DAYS}.",
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["study"].queryset = Study.objects.visible_to(user).by_name()  # type: ignore[attr-defined]  # a model choice
