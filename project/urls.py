"""The three surfaces: pages, the API, nothing else."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("annotations.api.urls")),
    path("", include("annotations.web.urls")),
]

handler400 = "annotations.web.views.errors.bad_request"
handler403 = "annotations.web.views.errors.forbidden"
handler404 = "annotations.web.views.errors.not_found"
handler500 = "annotations.web.views.errors.server_error"
