"""The world in which the matrix is run: a study with everything, its twin of somebody else, all kinds of askers."""

from dataclasses import dataclass, field, fields

from django.conf import settings
from django.test import Client
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.actions import add_issue
from annotations.claims.models import Claim
from annotations.corpus.models import Article
from annotations.history.actions import last_step, undo
from annotations.merging.actions import merge_claims, merge_speakers
from annotations.speakers.models import Speaker
from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement, Utterance
from annotations.studies.models import Role, Study
from annotations.workload.models import AnnotationSet
from tests.cast import World
from tests.factories.access import key_for, make_token
from tests.factories.claims import make_claim
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement
from tests.factories.workload import make_set

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
ROLES = (
    "anonymous",
    "deactivated",
    "loner",
    "outsider",
    "administrator",
    "viewer",
    "annotator",
    "adjudicator",
    "manager",
)


def place(article, words):
    """The fields that name `words` in an article, in code points."""
    start = article.text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


@dataclass(frozen=True)
class Desk(World):
    """A world with spare rows, something in the bin, and the people by role (`users`)."""

    second: Statement = None
    utterance: Utterance = None
    spare_speaker: Speaker = None
    spare_claim: Claim = None
    binned_article: Article = None
    binned_statement: Statement = None
    users: dict[str, User] = field(default_factory=dict)

    def ids(self):
        """What an address may name, by the name in the URL conf."""
        names = {
            "article": self.article.uid,
            "statement": self.statement.uid,
            "member": self.member.uid,
            "annotation_set": self.set.uid,
            "speaker": self.speaker.uid,
            "claim": self.claim.uid,
            "issue": self.issue.uid,
            "relation": self.relation.uid,
            "codebook": self.set.codebook.uid,
            "slug": self.study.slug,
            "study": self.study.uid,
            "variable": "stance",
            "address": self.author.user.api_tokens.get(scope="write").address,
            "user": "loner",
            "uidb64": "MQ",
            "token": "c0ffee-0123456789abcdef",
        }
        return {name: str(value) for name, value in names.items()}

    def in_bin(self):
        """Ids of what lies in the bin."""
        return {"article": str(self.binned_article.uid), "statement": str(self.binned_statement.uid)}

    def clear_first_line(self):
        Statement.objects.filter(pk=self.second.pk).update(deleted_at=timezone.now())

    def each_adds_an_issue(self):
        """Everybody has a step of their own to take back."""
        for role in ("annotator", "adjudicator", "manager"):
            add_issue(study=self.study, values={"name": f"Issue of {role}"}, by=self.users[role])

    def each_takes_an_issue_back(self):
        self.each_adds_an_issue()
        for role in ("annotator", "adjudicator", "manager"):
            user = self.users[role]
            undo(step=last_step(study=self.study, user=user), by=user)

    def merge_the_spare_ones(self):
        """What they are merged into stands in its first version, in which the matrix asks for things."""
        for act, into, gone in (
            (merge_speakers, self.speaker, self.spare_speaker),
            (merge_claims, self.claim, self.spare_claim),
        ):
            rows = type(into).objects
            keep, away = rows.get(pk=into.pk), rows.get(pk=gone.pk)  # the desk's own stay as they are
            act(keep=keep, away=away, expected=keep.version, by=self.users["manager"])
            rows.filter(pk=keep.pk).update(version=1)

    def note_twice(self):
        for words in ("first", "second"):
            row = Statement.objects.get(pk=self.statement.pk)
            changes = StatementChanges(note=words)
            revise_statement(statement=row, expected=row.version, changes=changes, by=self.users["manager"])

    def first_step(self):
        first = Event.objects.of_target(self.statement).order_by("pk").first()
        return str(first.batch) if first else UNKNOWN_ID

    def add_later_text(self):
        later = make_article(self.study, "The later text stands.\n")
        Article.objects.filter(pk=self.article.pk).update(revised_by=later)

    def another_manager(self):
        self.study.memberships.filter(user=self.users["adjudicator"]).update(role=Role.MANAGER)

    def bin_study(self):
        Study.objects.filter(pk=self.study.pk).update(deleted_at=timezone.now())

    def submit_set(self):
        AnnotationSet.objects.filter(pk=self.set.pk).update(state="submitted", submitted_at=timezone.now())


def unknown_ids(names):
    fixed = {"slug": "nowhere", "variable": "nothing", "address": "0123456789abcdef"}
    return {name: fixed.get(name, UNKNOWN_ID) for name in names}


def laid_out(world: World, users) -> Desk:
    """Add to a filled study what only the matrix needs."""
    study, article = world.study, world.article
    user = world.author.user
    gone = timezone.now()
    binned = make_article(study, f"Binned {world.speaker.role} text.\n", deleted_at=gone)
    make_statement(make_set(binned), user, "Binned")
    if not user.api_tokens.filter(scope="write").exists():
        make_token(user)
    return Desk(
        **{f.name: getattr(world, f.name) for f in fields(World)},
        second=make_statement(world.set, user, "No gate was opened", note=world.speaker.role),
        utterance=world.statement.utterance,
        spare_speaker=make_speaker(study, f"Spare {world.speaker.role}"),
        spare_claim=make_claim(study, f"Spare {world.speaker.role}"),
        binned_article=binned,
        binned_statement=make_statement(world.set, user, article.text[:7], deleted_at=gone),
        users=users,
    )


def browser(user=None, **options):
    """A browser of nobody or of a user; all of a user's share one session, which the fixture `desk` has begun."""
    client = Client(raise_request_exception=False, **options)
    if user:
        client.cookies[settings.SESSION_COOKIE_NAME] = user.session_of_matrix
    return client


def begin_session(user):
    client = Client()
    client.force_login(user)
    user.session_of_matrix = client.cookies[settings.SESSION_COOKIE_NAME].value


def program(user, scope="write", **fields):
    if not user.api_tokens.filter(scope=scope).exists():
        make_token(user, scope, **fields)
    headers = {"authorization": f"Token {key_for(user, scope)}"}
    return Client(raise_request_exception=False, headers=headers)


def clients_of(role, users, *, api):
    """The ways in which somebody of this role asks, by name: by session, and for the API by token too."""
    if role == "anonymous":
        return {"anonymous": browser()}
    ways = {role: browser(users[role])}
    return {**ways, f"{role} by token": program(users[role])} if api else ways
