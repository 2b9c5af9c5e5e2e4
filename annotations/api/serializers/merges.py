"""Merging, and taking apart."""

from annotations.api.serializers.claims import CLAIM
from annotations.api.serializers.speakers import SPEAKER
from annotations.api.shapes import UID, Field, Fields, Many, Text, Whole, answer

MERGE = Fields("Merge", {"away": Field(UID, "Id of the one that goes into this, or went.", needed=True)})
LEFT = answer("LeftAsIs", {"n": Field(Whole(1), "How many."), "words": Field(Text(), "Of what, in words.")})


def _unmerged(name: str, item: Fields) -> Fields:
    return answer(
        name,
        {
            "keep": Field(item, "The one that stayed, as it is now."),
            "away": Field(item, "The one that is back."),
            "left": Field(Many(LEFT), "What was changed after the merge, and so stays as it is."),
        },
    )


SPEAKER_UNMERGED = _unmerged("SpeakerUnmerged", SPEAKER)
CLAIM_UNMERGED = _unmerged("ClaimUnmerged", CLAIM)
