from annotations.accounts.models import SignInFailure, User

PASSWORD = "a-long-quiet-password"


def make_user(username="nora", **fields):
    fields.setdefault("email", f"{username}@example.org")
    return User.objects.create_user(username, password=PASSWORD, **fields)


def make_sign_in_failure(key="0" * 64, **fields):
    return SignInFailure.objects.create(key=key, **fields)
