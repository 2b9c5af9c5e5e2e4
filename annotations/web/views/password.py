"""Change a password, ask for a new one, set one by a link."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from annotations.accounts.actions import failure_key, is_throttled, note_failure, set_password
from annotations.web.forms.password import NewPasswordForm, PasswordChangeForm, PasswordResetForm
from annotations.web.htmx import UserRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: UserRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if request.method == "POST" else 200
        return render(request, "registration/password_change.html", {"form": form}, status=status)
    user = set_password(user=request.user, password=form.cleaned_data["new_password1"], by=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, "Your password is changed; you are signed out everywhere else.")
    return redirect("annotations:study-list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Send a set-password link where mail is set up; else say who can help. Known or not, the answer is the same."""
    form = PasswordResetForm(request.POST or None)
    if not (request.method == "POST" and settings.EMAIL_HOST and form.is_valid()):
        context = {"form": form, "by_mail": bool(settings.EMAIL_HOST)}
        status = 422 if request.method == "POST" else 200
        return render(request, "registration/password_reset.html", context, status=status)
    key = failure_key(f"mail {form.cleaned_data['email']}", request.META["REMOTE_ADDR"])
    if not is_throttled(key):
        note_failure(key=key)
        form.save(
            request=request,
            use_https=request.is_secure(),
            subject_template_name="registration/password_reset_subject.txt",
            email_template_name="registration/password_reset_email.txt",
        )
    messages.success(request, "If that address belongs to a user, a mail with a link is on its way to it.")
    return redirect("annotations:sign-in")


@login_not_required
@require_http_methods(["GET", "HEAD"])
def password_set_done(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("annotations:sign-in")


password_set = require_http_methods(["GET", "HEAD", "POST"])(
    PasswordResetConfirmView.as_view(
        form_class=NewPasswordForm,
        template_name="registration/password_set.html",
        success_url=reverse_lazy("annotations:password-set-done"),
    )
)
