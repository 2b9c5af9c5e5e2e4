"""Studies and their members."""

from annotations.api.serializers.kept import DATES, FIXED, ID, WEB_URL
from annotations.api.shapes import Choice, Field, Fields, Text, Truth, answer, subset
from annotations.exchange.records import Record, moment, study_record
from annotations.studies.models import Membership, Role, Study

MODE = Choice(tuple(Study.Mode.values))
ROLE = Choice(tuple(Role.values))
SLUG_NOTE = "Names the study in addresses: lower-case letters, digits and single hyphens."
MODE_NOTE = "shared: one set for each article; independent: one for each annotator, blind."

STUDY = answer(
    "Study",
    {
        **ID,
        "slug": Field(Text(), SLUG_NOTE),
        "name": Field(Text()),
        "mode": Field(MODE, MODE_NOTE),
        "archived": Field(Truth()),
        **WEB_URL,
        **DATES,
    },
)
STUDY_NEW = Fields(
    "StudyNew",
    {
        "name": Field(Text(longest=200, blank=False), needed=True),
        "slug": Field(Text(longest=80, blank=False), f"{SLUG_NOTE} Made from the name if left out."),
        "mode": Field(MODE, f"{MODE_NOTE} shared if left out."),
    },
    FIXED | {"archived"},
)
STUDY_CHANGE = Fields(
    "StudyChange",
    {
        "name": Field(Text(longest=200, blank=False)),
        "mode": Field(MODE, f"{MODE_NOTE} It stays once there are sets."),
        "archived": Field(Truth(), "true puts the study into the archive, false takes it back."),
    },
    FIXED | {"slug"},
)

MEMBER = answer("Member", {**ID, "user": Field(Text(), "User name."), "role": Field(ROLE), **DATES})
MEMBER_NEW = Fields(
    "MemberNew",
    {
        "user": Field(Text(longest=150, blank=False), "User name.", needed=True),
        "role": Field(ROLE, needed=True),
    },
    FIXED,
)
MEMBER_CHANGE = subset("MemberChange", MEMBER_NEW, without=["user"])


def study_answer(study: Study) -> Record:
    return {**study_record(study), "slug": study.slug, "web_url": study.get_absolute_url()}


def member_answer(member: Membership) -> Record:
    """Load `with_user()`. Never more of the user than the name."""
    return {
        "id": str(member.uid),
        "user": member.user.username,
        "role": member.role,
        "created_at": moment(member.created_at),
        "updated_at": moment(member.updated_at),
        "version": member.version,
    }
