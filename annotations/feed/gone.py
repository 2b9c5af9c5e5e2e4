"""What is no longer there to be read: of what a reader may be told that it is gone, for they could read it before.

In an independent study that is little: of other people's sets nobody is told but those who could read them.
A set that is gone takes its statements along, an article its sets; so there is no need to number them.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.feed.touches import KINDS, TAKEN, Named, set_of
from annotations.statements.models import Statement
from annotations.studies.models import Membership, Role, Study
from annotations.workload.models import AnnotationSet, readable_sets


class Gone:
    """What one reader is told of; `hidden` are sets that events have taken out of their sight."""

    def __init__(self, study: Study, user: User) -> None:
        self.study, self.user = study, user
        self.blind = study.mode == Study.Mode.INDEPENDENT

    @cached_property
    def role(self) -> str:
        return Membership.objects.get(study=self.study, user=self.user).role

    def own_sets(self, events: Iterable[Event]) -> set[str]:
        """Return the public ids of the reader's own sets among the targets, in a blind study."""
        targets = [event.target_id for event in events if event.verb.startswith("set.")]
        if not self.blind or not targets:
            return set()
        own = AnnotationSet.objects.filter(uid__in=targets, author__user=self.user)
        return {str(uid) for uid in own.values_list("uid", flat=True)}

    def hidden_by(self, event: Event, own: Collection[str]) -> set[str]:
        """Return the sets that the event has taken out of the reader's sight, by public id.

        An adjudicator loses a set that is reopened; a manager the sets of others on an article on which their own
        is open, as far as those were there. With a corrected text that is taken back its sets go.
        """
        if event.verb == "article.revise":
            return self._gone_with_the_text(event)
        if not self.blind or not event.verb.startswith("set."):
            return set()
        if event.verb == "set.reopen" and event.target_id not in own and self.role == Role.ADJUDICATOR:
            return {event.target_id}
        if event.verb in {"set.open", "set.reopen"} and event.target_id in own and self.role == Role.MANAGER:
            others = AnnotationSet.objects.filter(article__sets__uid=event.target_id)
            uids = {str(uid) for uid in others.values_list("uid", flat=True)} - {event.target_id}
            later = Event.objects.filter(verb="set.open", target_id__in=uids, pk__gt=event.pk)
            return uids - set(later.values_list("target_id", flat=True))
        return set()

    def _gone_with_the_text(self, event: Event) -> set[str]:
        """Return the sets of a correction that the event takes back: those of which the reader reads the original."""
        revision = (event.before or {}).get("revised_by")
        if revision is None:
            return set()
        corrections = Event.objects.of_study(self.study.pk).filter(
            verb="article.revise", target_id=event.target_id, after__revised_by=revision
        )
        kept = (((each.after or {}).get("kept") or {}).get("sets", []) for each in corrections)
        heirs = {uid: old for sets in kept for old, _, uid in sets}
        readable = AnnotationSet.objects.filter(readable_sets(self.user), pk__in=heirs.values())
        keys = set(readable.values_list("pk", flat=True))
        return {uid for uid, old in heirs.items() if old in keys}

    def versions(self, missing: Collection[Named], hidden: Collection[str]) -> dict[Named, int | None]:
        """Return of the missing things those that the reader is told of, each with its version if it has one still."""
        out: dict[Named, int | None] = {}
        for kind, model in KINDS.items():
            uids = [uid for each, uid in missing if each == kind]
            told = self._told(kind, uids, hidden) if uids else set()
            if told:
                left = model._default_manager.filter(uid__in=told).values_list("uid", "version")
                versions: Mapping[str, int] = {str(uid): version for uid, version in left}
                out |= {(kind, uid): versions.get(uid) for uid in told}
        return out

    def _told(self, kind: str, uids: Collection[str], hidden: Collection[str]) -> set[str]:
        if self.blind and kind == "set":
            return set(uids) & set(hidden)
        return self._statements_told(uids) if self.blind and kind == "statement" else set(uids)

    def _statements_told(self, uids: Collection[str]) -> set[str]:
        """Return those of the statements whose set the reader can read, in the bin or gone for good."""
        binned = Statement.objects.filter(readable_sets(self.user, "annotation_set__"), uid__in=uids)
        told = {str(uid) for uid in binned.values_list("uid", flat=True)}
        taken = Event.objects.of_study(self.study.pk).filter(verb__in=TAKEN, target_id__in=uids)
        sets = {event.target_id: set_of(event) for event in taken}
        readable = AnnotationSet.objects.filter(readable_sets(self.user), pk__in=sets.values())
        keys = set(readable.values_list("pk", flat=True))
        return told | {uid for uid, key in sets.items() if key in keys}
