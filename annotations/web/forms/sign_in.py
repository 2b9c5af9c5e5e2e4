"""The form to sign in by."""

from typing import Any

from django.contrib.auth import forms as stock

WRONG = "User name and password do not go together. Capital and small letters count in both."


class SignInForm(stock.AuthenticationForm):
    """What a wrong password reads like says nothing of whether there is such a user."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {**self.error_messages, "invalid_login": WRONG}
        self.fields["username"].label = "User name"
        if self.is_bound:  # the name is most often right
            self.fields["username"].widget.attrs.pop("autofocus", None)
            self.fields["password"].widget.attrs["autofocus"] = True
