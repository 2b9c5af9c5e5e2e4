"""The fixtures of the authorisation matrix."""

import pytest

from annotations.studies.models import Role
from tests.architecture.desk import begin_session, laid_out
from tests.cast import fill
from tests.factories.access import make_token
from tests.factories.accounts import make_user
from tests.factories.studies import make_membership


@pytest.fixture
def askers(members, otto, dora):
    """One user for each role; dora manages the study and is deactivated."""
    return {
        "deactivated": dora,
        "loner": make_user("loner"),
        "outsider": otto,
        "administrator": make_user("root", is_superuser=True),
        "viewer": members["vic"],
        "annotator": members["ana"],
        "adjudicator": members["ada"],
        "manager": members["mira"],
    }


@pytest.fixture
def desk(study, askers, codebook, settings):
    settings.EMAIL_HOST = "mail.example"  # with mail set up, more pages have something to do
    make_membership(study, askers["deactivated"], Role.MANAGER)
    for user in askers.values():
        make_token(user)
        begin_session(user)
    return laid_out(fill(study, askers["annotator"]), askers)


@pytest.fixture
def rival(foreign, desk):
    """The same of otto's study."""
    return laid_out(foreign, {})
