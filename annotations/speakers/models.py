"""Whoever a statement is attributed to, with other names, and the side a study sets them on."""

from collections import defaultdict
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, When
from django.urls import reverse

from annotations.accounts.models import User
from annotations.rows import Row, StudyRows, chunks
from annotations.studies.models import Study


def name_key(name: str) -> str:
    """Return the form in which names are compared: case folded, white space made single."""
    return " ".join(name.split()).casefold()


class SpeakerQuerySet(StudyRows["Speaker"]):
    def visible_to(self, user: User) -> Self:
        return self.of_member(user)

    def named_like(self, words: str) -> Self:
        """Speakers whose name or alias holds `words`."""
        key = name_key(words)
        return self.filter(Q(name_key__contains=key) | Q(aliases__key__contains=key)).distinct()

    def called(self, name: str) -> Self:
        """Speakers with exactly this name or alias, case and spacing apart."""
        key = name_key(name)
        return self.filter(Q(name_key=key) | Q(aliases__key=key)).distinct()

    def bearing(self, names: Iterable[str]) -> "dict[str, list[Speaker]]":
        """Return those called by one of many names, as `called` finds them, by the key of the name and in order."""
        found = defaultdict[str, list[Speaker]](list)
        for keys in chunks({name_key(name) for name in names}):
            rows = self.filter(Q(name_key__in=keys) | Q(aliases__key__in=keys)).distinct().by_name()
            for speaker in rows.prefetch_related("aliases"):
                own = {speaker.name_key, *(alias.key for alias in speaker.aliases.all())}
                for key in own.intersection(keys):
                    found[key].append(speaker)
        return found

    def telling_of(self, speaker: "Speaker") -> Self:
        """The others that name this speaker as affiliation, now or once, as whom they speak for, or as a member."""
        named = (
            Q(affiliation=speaker)
            | Q(speaks_for=speaker)
            | Q(members=speaker)
            | Q(affiliations__body=speaker)
        )
        return self.filter(pk__in=self.filter(named).values("pk")).exclude(pk=speaker.pk)

    def saying_whether_joint(self, speaker: "Speaker") -> Self:
        """Add `has_it`: whether a joint speaker has this one as a member."""
        pairs = Speaker.members.through._default_manager
        joint = pairs.filter(from_speaker=OuterRef("pk"), to_speaker=speaker.pk)
        return self.annotate(has_it=Exists(joint))

    def outlets(self) -> Self:
        return self.filter(type=Speaker.Type.MEDIA)

    def with_names(self) -> Self:
        dated = Prefetch("affiliations", Affiliation.objects.with_body())
        return self.select_related("affiliation", "speaks_for").prefetch_related("aliases", "members", dated)

    def with_affiliation(self) -> Self:
        return self.select_related("affiliation")

    def by_name(self) -> Self:
        return self.order_by("name_key", "pk")

    def best_first(self, words: str) -> Self:
        """Names that begin with `words` before those that hold them elsewhere; then by name."""
        begins = Case(When(name_key__startswith=name_key(words), then=0), default=1)
        return self.order_by(begins, "name_key", "pk")


class Speaker(Row):
    """A person, organisation, state, medium, group or document; an outlet is a speaker of type media."""

    class Type(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        STATE = "state", "State"
        MEDIA = "media", "Media"
        GROUP = "group", "Group"
        DOCUMENT = "document", "Document"

    study = models.ForeignKey(Study, models.CASCADE, related_name="speakers")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300, editable=False)
    type = models.CharField(max_length=12, choices=Type, default=Type.PERSON)
    role = models.CharField(max_length=300, blank=True, default="")
    affiliation = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="affiliates")
    speaks_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="voices")
    members = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="member_of")
    named = models.BooleanField(default=True)
    private = models.BooleanField(default=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "external_id"], name="speaker_external_id_once"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["study", "name_key", "id"], name="speaker_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annotations:speaker-detail", args=[self.study.slug, self.uid])


class Alias(models.Model):
    """Another name of a speaker."""

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["speaker", "key"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def with_body(self) -> Self:
        return self.select_related("body")


class Affiliation(models.Model):
    """Where a speaker belonged, or for whom it spoke, and when; without dates it is not known when.

    What holds at present, or without regard to time, stands in the speaker's own `affiliation` and `speaks_for`.
    """

    class Kind(models.TextChoices):
        AFFILIATION = "affiliation", "Affiliation"
        SPEAKS_FOR = "speaks_for", "Speaks for"

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="affiliations")
    body = models.ForeignKey(Speaker, models.CASCADE, related_name="affiliated")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.AFFILIATION)
    role = models.CharField(max_length=300, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since", "until", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(speaker=F("body")), name="affiliation_to_another"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")),
                name="affiliation_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["affiliation", "speaks_for"]), name="affiliation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.body}"


class Side(Row):
    """Whom a speaker is set with when conflicts are sought: a decision of the study, not of the speaker."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="sides")
    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="side")
    side = models.ForeignKey(Speaker, models.CASCADE, related_name="set_with")

    objects = StudyRows["Side"].as_manager()

    def __str__(self) -> str:
        return f"{self.speaker} with {self.side}"
