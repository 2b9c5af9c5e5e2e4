"""The statements of a study that the reader may see, filtered and ordered by the address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.listing import COUNTED, StatementTable, statement_table
from annotations.cursors import BadCursor
from annotations.web.cards.listed import listed
from annotations.web.forms.statement_filter import StatementFilterForm
from annotations.web.htmx import UserRequest
from annotations.web.lookups import StudyContext, study_for


@require_safe
def statement_list(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug)
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    form = StatementFilterForm(request.GET, at.study, vocabulary)
    table = _table(at, form, request.GET.get("cursor") or None)
    rows = listed([row.pk for row in table.page.rows])
    context = {
        "study": at.study,
        "role": at.role,
        "may_annotate": at.may_annotate,
        "here": "statements",
        "form": form,
        "table": table,
        "counted": COUNTED,
        "rows": rows,
        "place": rows[0] if rows and form.wanted.article else None,
    }
    return render(request, "annotations/statement_list.html", context)


def _table(at: StudyContext, form: StatementFilterForm, cursor: str | None) -> StatementTable:
    """Return the page that begins at `cursor`, the first one if that is no place in this list."""
    try:
        return statement_table(at.study, at.user, form.wanted, cursor)
    except BadCursor:
        return statement_table(at.study, at.user, form.wanted)
