"""Who is to belong to a study, and in which role."""

from django import forms

from annotations.accounts.models import User
from annotations.studies.models import Role

WHAT_ROLES_DO = (
    (Role.VIEWER, "reads, searches and exports"),
    (Role.ANNOTATOR, "also adds articles, marks and codes statements, adds speakers and claims"),
    (Role.ADJUDICATOR, "also reads what annotators have marked as done, and works in adjudicated sets"),
    (
        Role.MANAGER,
        "also deletes articles, speakers and claims, purges the bin, reads the log, and decides who belongs to the study",
    ),
)


class MemberForm(forms.Form):
    user = forms.CharField(
        max_length=150,
        label="User name",
        help_text="As they sign in. An administrator adds new users.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ANNOTATOR)

    def clean_user(self) -> User:
        name = self.cleaned_data["user"]
        user = User.objects.filter(username__iexact=name, is_active=True).first()
        if user is None:
            raise forms.ValidationError(f"There is no user called {name!r}.")
        return user
