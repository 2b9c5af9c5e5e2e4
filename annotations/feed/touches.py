"""What an event may have changed besides its target, so that whoever mirrors a study looks there again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q

from annotations.audit.models import Event
from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.corpus.models import Article
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet

KINDS: Final[Mapping[str, type[Row]]] = {
    "issue": Issue,
    "speaker": Speaker,
    "claim": Claim,
    "claim_relation": ClaimRelation,
    "article": Article,
    "set": AnnotationSet,
    "statement": Statement,
}
"""What changes are told of, in the order of the first copy: what others refer to comes before them."""
BY_MODEL: Final = {str(model._meta.model_name): kind for kind, model in KINDS.items()}

ALONE: Final = frozenset(
    {
        "article.add", "article.describe", "article.furniture", "article.purge",
        "statement.mark", "statement.revise", "statement.discard", "statement.restore", "statement.follow",
        "statement.place", "stance.take", "stance.drop", "stance.replace", "set.open", "set.submit", "set.reopen",
        "speaker.add", "speaker.change", "claim.add", "claim.change", "issue.add", "issue.change",
        "claim_relation.add", "claim_relation.change", "claim_relation.delete",
    }
)  # fmt: skip
"""Verbs of changes to the target alone; its sets and statements go with an article."""
TAKEN: Final = frozenset({"statement.purge", "statement.delete"})
"""Verbs with which statements go for good; those nested in them are changed, in the same set."""
OF_THE_WHOLE: Final = frozenset({"dataset.import", "gold.import"})
ELSEWHERE: Final = ("study.", "member.", "user.", "token.", "codebook.")
"""Beginnings of verbs of changes to what is not told of."""
MARGIN: Final = timedelta(minutes=10)
"""How far from its event a row may have been written in the same transaction, at the very most."""


Named = tuple[str, str]
"""A thing: its kind and public id."""


@dataclass(frozen=True)
class Spread:
    """Rows that an event may have changed, by kind; a kind that is missing has none."""

    rows: Mapping[str, Q]

    def stages(self) -> Sequence[str]:
        return [kind for kind in KINDS if kind in self.rows]


@dataclass(frozen=True)
class Touch:
    """One event: the things that it names, and how far it spreads."""

    event: Event
    named: list[Named] = field(default_factory=list)
    spread: Spread | None = None


WHOLE: Final = Spread({kind: Q() for kind in KINDS})


def touch_of(event: Event, own_sets: Collection[str], *, blind: bool) -> Touch:
    """Return what the event may have changed.

    In a blind study a set that is submitted may appear with its statements; where it is the reader's own, those of
    others on the article may appear as well.
    """
    if event.verb.startswith(ELSEWHERE):
        return Touch(event)
    if event.verb in OF_THE_WHOLE:
        return Touch(event, spread=_brought(event))
    return Touch(event, _named(event), _spread(event, own_sets, blind=blind))


def _spread(event: Event, own_sets: Collection[str], *, blind: bool) -> Spread | None:
    if event.verb in {"article.delete", "article.restore"}:
        beside = Q(revised_by__uid=event.target_id) | Q(revision_of__uid=event.target_id)
        return _of_articles(Q(uid=event.target_id), beside)
    if blind and event.target_id in own_sets:
        return _of_articles(Q(sets__uid=event.target_id))
    if blind and event.verb == "set.submit":
        return Spread({"statement": Q(annotation_set__uid=event.target_id)})
    if event.verb in TAKEN:
        return Spread({"statement": _near(event) & Q(annotation_set=set_of(event))})
    return None if event.verb in ALONE else _written_beside(event)


def set_of(event: Event) -> int:
    """Return the key of the set from which the event has taken its statement."""
    before = event.before or {}
    if "set" in before:
        return int(before["set"])
    return int(before["snapshot"]["rows"][0]["fields"]["annotation_set"])


def _named(event: Event) -> list[Named]:
    """Return the target, and what went with it or came back with it."""
    own = [(BY_MODEL[event.target_type], event.target_id)] if event.target_type in BY_MODEL else []
    deletion = event if "snapshot" in (event.before or {}) else None
    if event.verb.endswith(".restore") and event.verb not in ALONE:
        deletion = Event.objects.last_deletion_of(event.target_type, event.target_id)
    rows: list[Any] = (deletion.before or {})["snapshot"]["rows"] if deletion else []
    taken = ((row["model"].rpartition(".")[2], row["fields"].get("uid")) for row in rows)
    return own + [
        (BY_MODEL[model], uid) for model, uid in taken if model in BY_MODEL and uid != event.target_id
    ]


def _brought(event: Event) -> Spread:
    """Return what an import may have brought: rows with keys above those that there were."""
    above: Mapping[str, int] = (event.after or {}).get("above", {})
    return Spread(
        {kind: Q(pk__gt=above.get(str(model._meta.model_name), 0)) for kind, model in KINDS.items()}
    )


def _of_articles(which: Q, beside: Q | None = None) -> Spread:
    """Return the sets and statements of articles; `beside` are articles that tell of these as their revision."""
    keys = Article.objects.filter(which).values("pk")
    rows = {"set": Q(article__in=keys), "statement": Q(annotation_set__article__in=keys)}
    return Spread(rows if beside is None else {"article": beside, **rows})


def _written_beside(event: Event) -> Spread:
    """Return what was written about when the event was: links that a merge or a deletion has moved, and the like.

    What was changed later has an event of its own, so nothing is missed.
    """
    return Spread(dict.fromkeys(KINDS, _near(event)))


def _near(event: Event) -> Q:
    return Q(updated_at__range=(event.at - MARGIN, event.at + MARGIN))
