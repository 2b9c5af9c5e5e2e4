"""Propositions that statements bear on, how they stand to one another, and the stances taken."""

from collections.abc import Iterable
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from annotations.accounts.models import User
from annotations.rows import Row, StudyRows, chunks
from annotations.speakers.models import name_key
from annotations.statements.models import PartQuerySet, Statement, StatementQuerySet
from annotations.studies.models import Study

M = TypeVar("M", bound=Row)


class VocabularyRows(StudyRows[M]):
    def visible_to(self, user: User) -> Self:
        return self.of_member(user)

    def with_study(self) -> Self:
        return self.select_related("study")


class IssueQuerySet(VocabularyRows["Issue"]):
    def named(self, name: str) -> Self:
        """Issues of this name, case and spacing at its ends apart."""
        return self.filter(name__iexact=" ".join(name.split())).order_by("pk")

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def named_like(self, words: str) -> Self:
        return self.filter(name__holds=" ".join(words.split())).order_by("name", "pk")


class Issue(Row):
    """A topic that groups claims."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="issues")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    name = models.CharField(max_length=300)

    objects = IssueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "external_id"], name="issue_external_id_once"),
            models.CheckConstraint(condition=~Q(name=""), name="issue_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimQuerySet(VocabularyRows["Claim"]):
    def worded_like(self, words: str) -> Self:
        """Claims that hold every one of the words, in any order."""
        rows = self
        for word in name_key(words).split():
            rows = rows.filter(text_key__contains=word)
        return rows

    def worded(self, text: str) -> Self:
        return self.filter(text_key=name_key(text))

    def worded_as(self, texts: Iterable[str]) -> "dict[str, Claim]":
        """Return the first claim of each of many wordings, by the key of the wording."""
        found = dict[str, Claim]()
        for keys in chunks({name_key(text) for text in texts}):
            for claim in self.filter(text_key__in=keys).by_text():
                found.setdefault(claim.text_key, claim)
        return found

    def with_issue(self) -> Self:
        return self.select_related("issue")

    def by_text(self) -> Self:
        return self.order_by("text_key", "pk")


class Claim(Row):
    """A proposition, worded once for the study, in the affirmative; quantity claims name measure and unit."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="claims")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    text = models.CharField(max_length=1000)
    text_key = models.CharField(max_length=1000, editable=False)
    kind = models.CharField(max_length=60, default="fact")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="claims")
    quantity = models.JSONField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "external_id"], name="claim_external_id_once"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("annotations:claim-detail", args=[self.study.slug, self.uid])


class ClaimRelationQuerySet(VocabularyRows["ClaimRelation"]):
    def with_claims(self) -> Self:
        return self.select_related("a", "b")

    def with_claim(self, claim: str) -> Self:
        """Relations of which the claim with this public id is one side."""
        return self.filter(Q(a__uid=claim) | Q(b__uid=claim))

    def by_relation(self) -> Self:
        return self.order_by("relation", "pk")


class ClaimRelation(Row):
    """How two claims of a study stand to one another (contrary, rival_label, entails, ...)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="claim_relations")
    a = models.ForeignKey(Claim, models.CASCADE, related_name="relations_from")
    b = models.ForeignKey(Claim, models.CASCADE, related_name="relations_to")
    relation = models.CharField(max_length=60)

    objects = ClaimRelationQuerySet.as_manager()

    class Meta:
        verbose_name = "claim relation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["a", "b", "relation"], name="claim_relation_once"),
            models.CheckConstraint(condition=~Q(a=models.F("b")), name="claim_relation_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.relation} {self.b_id}"


class StanceLink(models.Model):
    """How one statement bears on one claim.

    `value` is for quantity claims: `{"op", "number", "number_high", "as_written", "span"}`, numbers as JSON
    numbers; None elsewhere. `label` is the naming word on a label claim.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="stances")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="stances")
    order = models.PositiveSmallIntegerField(default=0)
    stance = models.CharField(max_length=60)
    commitment = models.CharField(max_length=60, blank=True, default="")
    explicit = models.BooleanField(default=True)
    presupposed = models.BooleanField(default=False)
    label = models.CharField(max_length=300, null=True, blank=True)
    note = models.TextField(blank=True, default="")
    value = models.JSONField(null=True, blank=True)

    objects = PartQuerySet["StanceLink"].as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "claim"], name="stance_once_per_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.stance} {self.claim_id}"

    def to_json(self) -> dict[str, object]:
        return {
            "claim": str(self.claim.uid),
            "stance": self.stance,
            "commitment": self.commitment,
            "explicit": self.explicit,
            "presupposed": self.presupposed,
            "label": self.label,
            "note": self.note,
            "value": self.value,
        }


def bearing_on(
    statements: StatementQuerySet,
    *,
    claims: ClaimQuerySet | None = None,
    stance: str | None = None,
) -> StatementQuerySet:
    """Keep the statements with a stance link to one of these claims, of this stance, or both in one link."""
    links = StanceLink.objects.filter(statement=OuterRef("pk"))
    if claims is not None:
        links = links.filter(claim__in=claims.order_by().values("pk"))
    if stance is not None:
        links = links.filter(stance=stance)
    return statements.filter(Exists(links))


def stances_of_statements() -> "Prefetch[str]":
    """Return the prefetch that loads stance links with their claims."""
    return Prefetch("stances", StanceLink.objects.select_related("claim"))
