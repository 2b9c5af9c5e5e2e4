"""Sign in and out."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView

sign_in = login_not_required(LoginView.as_view())
sign_out = LogoutView.as_view()
