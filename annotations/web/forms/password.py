"""Forms that take a new password and leave the writing to the action."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import forms as stock

from annotations.accounts.actions import set_password
from annotations.accounts.models import User

ADVICE = "At least 8 characters; neither common, nor all digits, nor like your name."


class PasswordChangeForm(stock.PasswordChangeForm):
    """The old password and a new one, typed twice."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].help_text = ADVICE
        self.fields["new_password2"].label = "The new password again"


if TYPE_CHECKING:
    SetPasswordForm = stock.SetPasswordForm[User]
else:
    SetPasswordForm = stock.SetPasswordForm  # generic for the type checker only


class NewPasswordForm(SetPasswordForm):
    """The form behind a set-password link; whoever holds the link acts as the user."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["new_password1"].help_text = ADVICE
        self.fields["new_password2"].label = "The new password again"

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  (Django's signature)
        return set_password(user=self.user, password=self.cleaned_data["new_password1"], by=self.user)


class PasswordResetForm(stock.PasswordResetForm):
    """Where to send the link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "A link to set a new password goes there; it works for three days."
