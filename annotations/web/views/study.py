"""The study list and a study's home."""

from django.http import HttpResponse
from django.shortcuts import render

from annotations.studies.models import Study
from annotations.web.htmx import UserRequest


def study_list(request: UserRequest) -> HttpResponse:
    return render(request, "annotations/study_list.html", {"studies": Study.objects.visible_to(request.user)})


def study_detail(request: UserRequest, slug: str) -> HttpResponse:
    return render(request, "annotations/study_detail.html", {"study": slug})
