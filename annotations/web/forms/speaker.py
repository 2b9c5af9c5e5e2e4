"""Parse the small form that introduces a speaker in place."""

from django.http import QueryDict

from annotations.speakers.actions import SpeakerChanges
from annotations.web.forms import fields


def speaker_in(posted: QueryDict) -> SpeakerChanges:
    """Return the new speaker's own fields; its affiliation goes by name and is found or added with it."""
    return SpeakerChanges(
        values={
            "name": fields.words(posted, "name"),
            "type": fields.words(posted, "type") or "person",
            "role": fields.words(posted, "role"),
        }
    )
