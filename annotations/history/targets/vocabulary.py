"""What statements refer to: speakers, claims, issues, relations. They have no bin: the log keeps what is deleted."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from annotations.accounts.models import User
from annotations.claims.actions import (
    change_claim,
    change_issue,
    change_relation,
    delete_claim,
    delete_issue,
    unrelate_claims,
)
from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.history.moves import Fields
from annotations.history.targets.target import Target
from annotations.merging.actions import merge_claims, merge_speakers, unmerge
from annotations.merging.merges import merges_into
from annotations.rows import Row, count_up
from annotations.speakers.actions import SpeakerChanges, change_speaker, delete_speaker, standing_fields
from annotations.speakers.affiliations import Dated
from annotations.speakers.models import Speaker

V = TypeVar("V", bound=Row)
MERGED = "merged."


class VocabularyTarget(Target[V]):
    def standing(self, name: str) -> object:
        value = getattr(self.present, name)
        return str(value.uid) if isinstance(value, Row) else value


M = TypeVar("M", Speaker, Claim)


def merges_in(fields: Fields) -> dict[str, bool]:
    """Return which ids are to be merged into the thing, and which are not."""
    return {name.removeprefix(MERGED): on for name, on in fields.items() if name.startswith(MERGED)}


class MergeableTarget(VocabularyTarget[M]):
    """`merged.ID` says whether the one of this id is merged into it."""

    def standing(self, name: str) -> object:
        if name.startswith(MERGED):
            return name.removeprefix(MERGED) in merges_into(self.present)
        return super().standing(name)

    def turn(self, merges: Mapping[str, bool], by: User) -> None:
        for uid, is_merged in merges.items():
            if is_merged:
                self.merge(uid, by)
            else:
                unmerge(keep=self.present, away=uid, expected=self.present.version, by=by)

    @abstractmethod
    def merge(self, uid: str, by: User) -> None:
        """Merge the one of this id into it."""


class SpeakerTarget(MergeableTarget[Speaker]):
    target_type = "speaker"

    def find(self) -> Speaker | None:
        rows = Speaker.objects.in_study(self.study).with_names().select_related("study")
        return rows.filter(uid=self.uid).first()

    def standing(self, name: str) -> object:
        return (
            super().standing(name) if name.startswith(MERGED) else standing_fields(self.present, [name])[name]
        )

    def write(self, fields: Fields, by: User) -> None:
        if merges := merges_in(fields):
            self.turn(merges, by)
            return
        values = {
            name: self._speaker(value) if name in {"affiliation", "speaks_for"} else value
            for name, value in fields.items()
            if name not in {"aliases", "members", "affiliations"}
        }
        members, dated = fields.get("members"), fields.get("affiliations")
        changes = SpeakerChanges(
            values=values,
            aliases=fields.get("aliases"),
            members=members and [self.named(Speaker.objects.all(), uid, "speaker") for uid in members],
            affiliations=None if dated is None else [self._dated(each) for each in dated],
        )
        change_speaker(speaker=self.present, expected=self.present.version, changes=changes, by=by)

    def remove(self, by: User) -> None:
        delete_speaker(speaker=self.present, expected=self.present.version, by=by)

    def merge(self, uid: str, by: User) -> None:
        away = self.named(Speaker.objects.select_related("study"), uid, "speaker")
        merge_speakers(keep=self.present, away=away, expected=self.present.version, by=by)

    def bring_back(self, by: User) -> None:
        super().bring_back(by)
        count_up(Speaker.objects.telling_of(self.present))

    def _dated(self, kept: Fields) -> Dated:
        since, until = (date.fromisoformat(kept[end]) if kept[end] else None for end in ("from", "to"))
        body = self.named(Speaker.objects.all(), kept["body"], "speaker")
        return Dated(body=body, kind=kept["kind"], role=kept["role"], since=since, until=until)

    def _speaker(self, uid: str | None) -> Speaker | None:
        return self.named(Speaker.objects.all(), uid, "speaker") if uid else None


class ClaimTarget(MergeableTarget[Claim]):
    target_type = "claim"

    def find(self) -> Claim | None:
        rows = Claim.objects.in_study(self.study).with_issue().with_study()
        return rows.filter(uid=self.uid).first()

    def write(self, fields: Fields, by: User) -> None:
        if merges := merges_in(fields):
            self.turn(merges, by)
            return
        values = dict(fields)
        if values.get("issue"):
            values["issue"] = self.named(Issue.objects.all(), values["issue"], "issue")
        change_claim(claim=self.present, expected=self.present.version, values=values, by=by)

    def remove(self, by: User) -> None:
        delete_claim(claim=self.present, expected=self.present.version, by=by)

    def merge(self, uid: str, by: User) -> None:
        away = self.named(Claim.objects.with_study(), uid, "claim")
        merge_claims(keep=self.present, away=away, expected=self.present.version, by=by)


class IssueTarget(VocabularyTarget[Issue]):
    target_type = "issue"

    def find(self) -> Issue | None:
        return Issue.objects.in_study(self.study).with_study().filter(uid=self.uid).first()

    def write(self, fields: Fields, by: User) -> None:
        change_issue(issue=self.present, expected=self.present.version, values=dict(fields), by=by)

    def remove(self, by: User) -> None:
        delete_issue(issue=self.present, expected=self.present.version, by=by)

    def bring_back(self, by: User) -> None:
        super().bring_back(by)
        count_up(self.present.claims.all())


class RelationTarget(VocabularyTarget[ClaimRelation]):
    target_type = "claimrelation"

    def find(self) -> ClaimRelation | None:
        rows = ClaimRelation.objects.in_study(self.study).with_claims().with_study()
        return rows.filter(uid=self.uid).first()

    def write(self, fields: Fields, by: User) -> None:
        row = self.present
        change_relation(claim_relation=row, expected=row.version, relation=fields["relation"], by=by)

    def remove(self, by: User) -> None:
        unrelate_claims(claim_relation=self.present, expected=self.present.version, by=by)
