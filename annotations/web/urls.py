"""The pages' table of contents."""

from django.urls import path

from annotations.web.views import sign_in, study

app_name = "annotations"
urlpatterns = [
    # sign-in
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    # studies/
    path("", study.study_list, name="study-list"),
    path("studies/<slug:slug>/", study.study_detail, name="study-detail"),
]
