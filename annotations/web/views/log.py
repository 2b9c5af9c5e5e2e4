"""The log of a study, for its managers: a page, and a file."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.history.log import page_of_log, whole_log
from annotations.permissions import Act
from annotations.web.cards.log import lines_of, log_as_csv
from annotations.web.forms.log import LogFilterForm
from annotations.web.htmx import UserRequest
from annotations.web.lookups import study_for


@require_safe
def log_detail(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.READ_LOG)
    form = LogFilterForm(request.GET, at.study)
    page = page_of_log(at.study, at.user, form.wanted, form.place)
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    context = {
        "study": at.study,
        "role": at.role,
        "here": "log",
        "form": form,
        "page": page,
        "lines": lines_of(at.study, vocabulary, page.rows),
    }
    return render(request, "annotations/log_detail.html", context)


@require_safe
def log_download(request: UserRequest, slug: str) -> HttpResponseBase:
    """Stream the events that the filter keeps, the newest first."""
    at = study_for(request, slug, Act.READ_LOG)
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{at.study.slug}-log.csv"',
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    wanted = LogFilterForm(request.GET, at.study).wanted
    return StreamingHttpResponse(log_as_csv(at.study, whole_log(at.study, at.user, wanted)), headers=headers)
