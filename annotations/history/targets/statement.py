"""Statements, with their codes, chain and stances."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.models import Claim, stances_of_statements
from annotations.claims.stances import Stance, Value
from annotations.coding.actions import amend_statement
from annotations.coding.bulk.actions import put_back_statements, withdraw_statements
from annotations.conflicts.models import Verdict
from annotations.history.moves import Fields
from annotations.history.targets.target import InTheWay, Target
from annotations.revisions.placing.actions import move_statement
from annotations.revisions.poses import PLACE, Pose
from annotations.rows import chunks
from annotations.spans import Span, SpanList
from annotations.speakers.models import Speaker
from annotations.statements.actions import discard_statement, restore_statement
from annotations.statements.changes import Link, SaidOn, StatementChanges
from annotations.statements.checks import plain_value
from annotations.statements.models import Statement, Utterance
from annotations.studies.models import Study

CODES, STANCES = "codes.", "stance."


class StatementTarget(Target[Statement]):
    target_type = "statement"

    @classmethod
    def load(cls, study: Study, uids: Iterable[str]) -> dict[str, Statement]:
        """Return those of the statements that are there or in the bin, by their public ids."""
        rows = Statement.objects.in_study(study).with_details().with_set()
        rows = rows.prefetch_related(stances_of_statements())
        return {str(row.uid): row for some in chunks(uids) for row in rows.filter(uid__in=some)}

    def find(self) -> Statement | None:
        return self.load(self.study, [self.uid]).get(self.uid)

    @property
    def is_there(self) -> bool:
        return super().is_there and self.present.annotation_set.article.deleted_at is None

    def standing(self, name: str) -> object:
        if name.startswith(CODES):
            return next(
                (c.label.slug for c in self.present.codes.all() if CODES + c.variable.slug == name), None
            )
        if name.startswith(STANCES):
            return self._stances().get(name.removeprefix(STANCES))
        if name == PLACE:
            return Pose.of(self.present).place
        if name == "chain":
            return [link.to_json() for link in self.present.chain.all()]
        return plain_value(getattr(self.present, name))

    def write(self, fields: Fields, by: User) -> None:
        row = self.present
        if PLACE in fields:
            move_statement(statement=row, expected=row.version, pose=Pose.from_event(fields), by=by)
            return
        amend_statement(
            statement=row,
            expected=row.version,
            changes=self._changes(fields),
            by=by,
            stances=self._new_stances(fields),
        )

    def remove(self, by: User) -> None:
        discard_statement(statement=self.present, expected=self.present.version, by=by)

    def withdraw(self, by: User) -> None:
        refuse_judged(self.present, judged([self.present]))
        withdraw_statements(study=self.study, statements=[self.present], by=by)

    def bring_back(self, by: User) -> None:
        if self.row is None:
            super().bring_back(by)
            return
        restore_statement(statement=self.present, expected=self.present.version, by=by)

    def put_back(self, deletion: Event, by: User) -> None:
        put_back_statements(deletions=[deletion], by=by)

    def _stances(self) -> dict[str, dict[str, Any]]:
        return {
            str(link.claim.uid): {**link.to_json(), "order": link.order}
            for link in self.present.stances.all()
        }

    def _changes(self, fields: Fields) -> StatementChanges:
        codes = {name.removeprefix(CODES): label for name, label in fields.items() if name.startswith(CODES)}
        plain: dict[str, Any] = {
            name: self._read(name, value)
            for name, value in fields.items()
            if not name.startswith((CODES, STANCES))
        }
        if codes:
            plain["codes"] = codes
        return StatementChanges(**plain)

    def _read(self, name: str, value: object) -> object:
        reads: Mapping[str, Callable[[Any], object]] = {
            "spans": SpanList.from_json,
            "said_on": lambda kept: SaidOn.from_json(kept) if kept else None,
            "speaker": lambda uid: uid and self._speaker(uid),
            "utterance": lambda uid: uid and self.named(Utterance.objects.all(), uid, "utterance"),
            "parent": lambda uid: uid and self._statement(uid),
            "restates": lambda uids: [self._statement(uid) for uid in uids],
            "replies_to": lambda uids: [self._statement(uid) for uid in uids],
            "chain": lambda links: [self._link(each) for each in links],
        }
        return reads[name](value) if name in reads else value

    def _speaker(self, uid: str) -> Speaker:
        return self.named(Speaker.objects.all(), uid, "speaker")

    def _statement(self, uid: str) -> Statement:
        return self.named(Statement.objects.all(), uid, "statement")

    def _link(self, kept: Mapping[str, Any]) -> Link:
        source, cue = (Span.from_json(kept[name]) if kept[name] else None for name in ("source", "cue"))
        speaker = self._speaker(kept["speaker"])
        return Link(speaker=speaker, role=kept["role"], uncertain=kept["uncertain"], source=source, cue=cue)

    def _new_stances(self, fields: Fields) -> Sequence[Stance] | None:
        """Return all stances as they are to be, or None if none is to change."""
        new = {name.removeprefix(STANCES): kept for name, kept in fields.items() if name.startswith(STANCES)}
        if not new:
            return None
        standing = {claim: kept for claim, kept in self._stances().items() if claim not in new}
        kept = [each for each in [*new.values(), *standing.values()] if each is not None]
        return [self._stance(each) for each in sorted(kept, key=lambda each: int(each["order"]))]

    def _stance(self, kept: Mapping[str, Any]) -> Stance:
        claim = self.named(Claim.objects.all(), kept["claim"], "claim")
        value = Value.from_json(kept["value"]) if kept["value"] else None
        rest = {name: each for name, each in kept.items() if name not in {"claim", "value", "order"}}
        return Stance(claim=claim, value=value, **rest)


def judged(statements: Sequence[Statement]) -> set[int]:
    """Return the keys of the statements on which verdicts rest."""
    found = set[int]()
    for keys in chunks(row.pk for row in statements):
        pairs = Verdict.objects.filter(Q(a__in=keys) | Q(b__in=keys)).values_list("a_id", "b_id")
        found.update(key for pair in pairs for key in pair)
    return found


def refuse_judged(statement: Statement, with_verdicts: Container[int]) -> None:
    if statement.pk in with_verdicts:
        raise InTheWay("Verdicts rest on it.")
