"""Change what is known of a speaker; delete one that is not in use."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from annotations.errors import AnnotationError, StaleEdit
from annotations.permissions import Act
from annotations.speakers.actions import SpeakerInUse, delete_speaker, describe_speaker
from annotations.speakers.models import Speaker
from annotations.web.forms.faults import show_faults
from annotations.web.forms.place import version_in
from annotations.web.forms.speaker import SpeakerEditForm
from annotations.web.htmx import UserRequest
from annotations.web.lookups import SpeakerContext, speaker_for

PAGE = "annotations/speaker_edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_edit(request: UserRequest, slug: str, speaker: uuid.UUID) -> HttpResponse:
    at = speaker_for(request, slug, speaker, Act.EDIT_VOCABULARY)
    if request.method != "POST":
        return _page(request, at, SpeakerEditForm(initial=SpeakerEditForm.initial_of(at.speaker)))
    form = SpeakerEditForm(request.POST)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    expected = form.cleaned_data["version"]
    try:
        describe_speaker(speaker=at.speaker, expected=expected, by=at.user, **form.description)
    except StaleEdit as error:
        return _stale(request, at, form, error)
    except AnnotationError as error:
        show_faults(form, error)
        return _page(request, at, form, status=error.status)
    messages.success(request, "The speaker is saved.")
    return redirect(at.speaker)


@require_POST
def speaker_delete(request: UserRequest, slug: str, speaker: uuid.UUID) -> HttpResponse:
    at = speaker_for(request, slug, speaker, Act.DELETE_VOCABULARY)
    try:
        delete_speaker(speaker=at.speaker, expected=version_in(request.POST), by=at.user)
    except SpeakerInUse as error:
        again = speaker_for(request, slug, speaker, Act.DELETE_VOCABULARY)
        form = SpeakerEditForm(initial=SpeakerEditForm.initial_of(again.speaker))
        return _page(request, again, form, {"in_use": error}, status=error.status)
    messages.success(request, f"“{at.speaker.name}” is deleted; Undo brings it back.")
    return redirect("annotations:speaker-list", slug)


def _stale(request: UserRequest, at: SpeakerContext, form: SpeakerEditForm, error: StaleEdit) -> HttpResponse:
    """Show what was typed beside what stands now; saving again overrules it knowingly."""
    theirs = speaker_for(request, at.study.slug, at.speaker.uid, Act.EDIT_VOCABULARY)
    standing = SpeakerEditForm.initial_of(theirs.speaker)
    typed = form.cleaned_data
    changed = [
        (form.fields[name].label or name.capitalize(), _in_words(name, standing[name]))
        for name in form.fields
        if name != "version" and _lines(standing[name]) != _lines(typed[name])
    ]
    dated = standing["affiliations"] if form.affiliations is None else form.affiliations
    if dated != standing["affiliations"]:
        stands = [
            f"{row['body']} ({row['since'] or '?'} – {row['until'] or '?'})"
            for row in standing["affiliations"]
        ]
        changed.append(("At other times", "\n".join(stands)))
    kept = {**typed, "affiliations": dated, "version": theirs.speaker.version}
    again = SpeakerEditForm(initial=kept)
    return _page(request, theirs, again, {"problem": error, "theirs": changed}, status=409)


def _lines(value: object) -> list[str]:
    """Return a value as lines to compare; their order says nothing."""
    return sorted(str(value or "").splitlines())


def _in_words(name: str, value: object) -> str:
    if name == "type":
        return str(Speaker.Type(str(value)).label)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value or "")


def _page(
    request: UserRequest,
    at: SpeakerContext,
    form: SpeakerEditForm,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "study": at.study,
        "role": at.role,
        "speaker": at.speaker,
        "may_delete": at.may(Act.DELETE_VOCABULARY),
        "here": "speakers",
        "form": form,
        **(more or {}),
    }
    return render(request, PAGE, context, status=status)
