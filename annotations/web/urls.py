"""The pages' table of contents."""

from django.urls import path

from annotations.web.views import password, sign_in, study

app_name = "annotations"
urlpatterns = [
    # sign-in
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    # password/
    path("password/", password.password_change, name="password-change"),
    path("password/reset/", password.password_reset, name="password-reset"),
    path("password/set/done/", password.password_set_done, name="password-set-done"),
    path("password/set/<uidb64>/<token>/", password.password_set, name="password-set"),
    # studies/
    path("", study.study_list, name="study-list"),
    path("studies/<slug:slug>/", study.study_detail, name="study-detail"),
]
