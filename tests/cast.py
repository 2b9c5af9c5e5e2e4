"""The cast: people with one part each, the study they share, and one row of everything in it.

mira manages, ana and ben annotate, ada adjudicates, vic reads. otto is no member: he manages a study of
his own, every text field of which holds `CANARY`, so that a leak shows by itself. dora is deactivated.
"""

from dataclasses import dataclass

import pytest
from django.test import Client

from annotations.accounts.models import User
from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.codebook import vocabulary
from annotations.corpus.models import Article
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Author, Membership, Role, Study
from annotations.workload.models import AnnotationSet
from tests.factories.access import key_for, make_token
from tests.factories.accounts import make_user
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.codebook import default_codebook
from tests.factories.corpus import make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_mention, make_statement, make_utterance
from tests.factories.studies import make_author, make_membership, make_study
from tests.factories.workload import make_set

CANARY = "zq7canary"
"""Stands in every text field of otto's study and nowhere else."""

ROLES = {
    "mira": Role.MANAGER,
    "ana": Role.ANNOTATOR,
    "ben": Role.ANNOTATOR,
    "ada": Role.ADJUDICATOR,
    "vic": Role.VIEWER,
}
"""Who has which role in `study` and in `independent_study`."""


@pytest.fixture
def codebook(db):
    """Codebook 1.0.0, also after a transactional test has emptied the tables."""
    vocabulary._published.cache_clear()  # it knows versions by keys, which may be given out again
    return default_codebook()


@pytest.fixture(autouse=True)
def _codebook_at_hand(request):
    database = {"db", "transactional_db", "live_server"}
    if request.node.get_closest_marker("django_db") or database & set(request.fixturenames):
        request.getfixturevalue("codebook")


@pytest.fixture
def mira(db):
    return make_user("mira")


@pytest.fixture
def ana(db):
    return make_user("ana")


@pytest.fixture
def ben(db):
    return make_user("ben")


@pytest.fixture
def ada(db):
    return make_user("ada")


@pytest.fixture
def vic(db):
    return make_user("vic")


@pytest.fixture
def otto(db):
    return make_user("otto")


@pytest.fixture
def dora(db):
    return make_user("dora", is_active=False)


@pytest.fixture
def members(mira, ana, ben, ada, vic):
    """The five people, by name."""
    return {user.username: user for user in (mira, ana, ben, ada, vic)}


@pytest.fixture
def everyone(members, otto, dora):
    """The members, otto and dora, by name."""
    return {**members, "otto": otto, "dora": dora}


def _study_of(members, slug, **fields):
    study = make_study(slug, **fields)
    for name, user in members.items():
        make_membership(study, user, ROLES[name])
    return study


@pytest.fixture
def study(members):
    """A shared study; dora, who is deactivated, is not in it (give her a membership where it matters)."""
    return _study_of(members, "gates")


@pytest.fixture
def independent_study(members):
    return _study_of(members, "blind", mode=Study.Mode.INDEPENDENT)


@pytest.fixture
def article(study):
    """Six lines: headline, byline (furniture), prose with quotations and an emoji, an advertisement line."""
    return make_article(study)


@pytest.fixture
def shared_set(article, codebook):
    return make_set(article)


@pytest.fixture
def speaker(study):
    return make_speaker(study)


@pytest.fixture
def statement(shared_set, ana, speaker):
    """“They opened the gates at noon,” by the miller Jon Abel; marked by ana, c01."""
    return make_statement(shared_set, ana, speaker=speaker)


@pytest.fixture
def claim(study):
    return make_claim(study)


@dataclass(frozen=True)
class World:
    """One row of each kind in a study."""

    study: Study
    member: Membership
    author: Author
    speaker: Speaker
    outlet: Speaker
    issue: Issue
    claim: Claim
    relation: ClaimRelation
    article: Article
    set: AnnotationSet
    statement: Statement


def fill(study: Study, user: User, mark: str = "") -> World:
    """Add one row of everything to a study; `mark` is written into every text field."""
    outlet = make_outlet(study, f"Menovar Voice {mark}".strip(), external_id=f"outlet{mark}", role=mark)
    speaker = make_speaker(study, f"Ida Venn {mark}".strip(), external_id=f"speaker{mark}", role=mark)
    make_alias(speaker, f"the keeper {mark}".strip())
    issue = make_issue(study, f"Gates {mark}".strip(), external_id=f"issue{mark}")
    values = {"issue": issue, "external_id": f"claim{mark}", "note": mark}
    claim = make_claim(study, f"The gates were shut {mark}.", **values)
    other = make_claim(study, f"The gates stood open {mark}.", external_id=f"other{mark}")
    author = Author.objects.filter(study=study, user=user).first() or make_author(study, user, f"c01{mark}")
    article = make_article(
        study,
        f"No gate was opened {mark}\nThe keeper {mark} said “no {mark} gate was opened before two”.\n",
        outlet=outlet,
        external_id=f"article{mark}",
        author=f"Tomas {mark}",
        dateline=mark,
        licence_name=mark,
        url=f"https://news.example/{mark}",
        created_by=author,
    )
    into = make_set(article)
    utterance = make_utterance(into, external_id=f"utterance{mark}", speaker=speaker, note=mark)
    make_mention(into, speaker, "The keeper", external_id=f"mention{mark}", note=mark)
    statement = make_statement(
        into,
        user,
        f"“no {mark} gate was opened before two”",
        speaker=speaker,
        external_id=f"statement{mark}",
        utterance=utterance,
        note=mark,
    )
    make_stance(statement, claim, note=mark)
    return World(
        study=study,
        member=Membership.objects.get(study=study, user=user),
        author=author,
        speaker=speaker,
        outlet=outlet,
        issue=issue,
        claim=claim,
        relation=make_relation(claim, other),
        article=article,
        set=into,
        statement=statement,
    )


@pytest.fixture
def foreign(otto, codebook):
    """Otto's study, full of canaries."""
    study = make_study(f"{CANARY}-study", name=f"Study {CANARY}")
    make_membership(study, otto, Role.MANAGER)
    return fill(study, otto, CANARY)


@pytest.fixture
def client_of():
    """Return a browser in which a user is signed in: `client_of(ana).get(...)`."""

    def signed_in(user, **options):
        client = Client(**options)
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def api_of():
    """Return a program that sends a token of the user: `api_of(ana, scope="read").get(...)`."""

    def with_token(user, scope="write", **fields):
        if not user.api_tokens.filter(scope=scope).exists():
            make_token(user, scope, **fields)
        return Client(headers={"authorization": f"Token {key_for(user, scope)}"})

    return with_token
