"""What somebody is made to say in an article: spans, speaker, codes, chain."""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Prefetch, Q

from annotations.accounts.models import User
from annotations.codebook.models import Label, Variable
from annotations.rows import Row, StudyRows
from annotations.spans import SpanList
from annotations.speakers.models import Speaker, SpeakerQuerySet
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet, readable_sets


class Mention(Row):
    """A span that names a speaker."""

    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="mentions")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    form = models.CharField(max_length=60)
    note = models.TextField(blank=True, default="")

    objects = StudyRows["Mention"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_span_not_empty"),
            models.UniqueConstraint(
                fields=["annotation_set", "external_id"], name="mention_external_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class UtteranceQuerySet(StudyRows["Utterance"]):
    study_path = "annotation_set__article__study"


class Utterance(Row):
    """One act of speech that runs over several spans; `segments` and `interrupted_by` are JSON spans."""

    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="utterances")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="utterances")
    medium = models.CharField(max_length=60, blank=True, default="")
    segments = models.JSONField(default=list)
    marks = models.CharField(max_length=20, blank=True, default="")
    interrupted_by = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")

    objects = UtteranceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["annotation_set", "external_id"], name="utterance_external_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.external_id or str(self.uid)


AROUND_A_CARD = [
    *(f"speaker__{column}" for column in ("study", "uid", "name", "role", "private", "affiliation__name")),
    *("created_by__pseudonym", "created_by__user__username", "parent__uid", "parent__quotation"),
    *(f"annotation_set__{column}" for column in ("uid", "version", "kind", "state", "author__user")),
    *("annotation_set__codebook__uid", "annotation_set__codebook__state"),
    *(
        f"annotation_set__article__{column}"
        for column in ("study", "uid", "title", "published_on", "revised_by")
    ),
    *(
        f"annotation_set__article__study__{column}"
        for column in ("slug", "name", "mode", "archived_at", "deleted_at")
    ),
    *(f"annotation_set__article__outlet__{column}" for column in ("study", "uid", "name", "private")),
]
"""The columns that `for_card` loads of what stands around a statement."""


class StatementQuerySet(StudyRows["Statement"]):
    study_path = "annotation_set__article__study"

    def visible_to(self, user: User) -> Self:
        return self.filter(
            readable_sets(user, "annotation_set__"), deleted_at=None, annotation_set__article__deleted_at=None
        )

    def visible_in(self, study: Study, member: User) -> Self:
        """What `visible_to` keeps of one study, for a member of it: in a shared study without asking set by set."""
        if study.mode != Study.Mode.SHARED:
            return self.visible_to(member).in_study(study)
        return self.in_study(study).filter(deleted_at=None, annotation_set__article__deleted_at=None)

    def standing_with(self, member: User) -> Self:
        """Statements outside the bins of the member's studies; ask `lets_read` of their sets who may read them."""
        return self.of_member(member).filter(deleted_at=None, annotation_set__article__deleted_at=None)

    def binned_visible_to(self, user: User) -> Self:
        """Statements in the bin that the user could read before, and may be able to restore."""
        return self.filter(
            readable_sets(user, "annotation_set__"),
            deleted_at__isnull=False,
            annotation_set__article__deleted_at=None,
        )

    def binned(self) -> Self:
        return self.exclude(deleted_at=None)

    def present(self) -> Self:
        """Statements that are not in the bin."""
        return self.filter(deleted_at=None)

    def waiting(self) -> Self:
        """Statements of texts that were corrected, which no revision has a place for yet."""
        return self.filter(annotation_set__article__revised_by__isnull=False)

    def deleted_last_first(self) -> Self:
        return self.order_by("-deleted_at", "-pk")

    def without_texts(self) -> Self:
        """Leave the articles' texts where they are; call after `with_set`."""
        return self.defer("annotation_set__article__text")

    def of_article(self, article: models.Model) -> Self:
        return self.filter(annotation_set__article=article)

    def spoken_by_one_of(self, speakers: SpeakerQuerySet) -> Self:
        return self.filter(speaker__in=speakers.order_by().values("pk"))

    def coded(self, variable: str, label: str) -> Self:
        return self.filter(codes__variable__slug=variable, codes__label__slug=label)

    def from_one_of(self, outlets: SpeakerQuerySet) -> Self:
        return self.filter(annotation_set__article__outlet__in=outlets.order_by().values("pk"))

    def in_article(self, article: str) -> Self:
        """Statements of the article with this public id."""
        return self.filter(annotation_set__article__uid=article)

    def published_between(self, after: date | None = None, before: date | None = None) -> Self:
        """Statements of articles published on or after `after` and on or before `before`."""
        rows = self
        if after:
            rows = rows.filter(annotation_set__article__published_on__gte=after)
        if before:
            rows = rows.filter(annotation_set__article__published_on__lte=before)
        return rows

    def with_words(self, words: str) -> Self:
        """Statements whose own words hold `words`."""
        return self.filter(quotation__holds=words)

    def as_heads(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """Read as columns what a closed card says, its codes, chain and stances apart."""
        speaker = ("speaker__name", "speaker__role", "speaker__affiliation__name")
        own = ("pk", "uid", "version", "start", "end", "spans", "voice", "flags")
        columns: models.QuerySet[Any, dict[str, Any]] = self.values(*own, *speaker)
        return columns

    def with_parts(self) -> Self:
        """Load speaker, author, codes and chain."""
        codes = Prefetch("codes", Code.objects.with_slugs())
        chain = Prefetch("chain", ChainLink.objects.select_related("speaker"))
        rows = self.select_related("speaker__affiliation", "created_by")
        return rows.prefetch_related(codes).prefetch_related(chain)

    def with_details(self) -> Self:
        """Load all that a card or a wire record of a statement shows (stance links apart)."""
        return (
            self.with_parts()
            .select_related("utterance", "parent", "annotation_set__article")
            .defer("annotation_set__article__text", "parent__spans", "parent__quotation")
        )

    def with_set(self, *, text: bool = False) -> Self:
        """Load the set with author, codebook, article and study, for permission and writing."""
        loaded = self.select_related(
            "annotation_set__article__study",
            "annotation_set__article__outlet",
            "annotation_set__author",
            "annotation_set__codebook",
        )
        return loaded.defer(None).defer("parent__spans", "parent__quotation") if text else loaded

    def for_card(self, *, text: bool = False) -> Self:
        """Load what a card shows and a save needs, coding apart; of the rows around it a few columns."""
        own = [field.name for field in self.model._meta.concrete_fields]
        around = [*AROUND_A_CARD, "annotation_set__article__text"] if text else AROUND_A_CARD
        joined = ("speaker__affiliation", "created_by__user", "parent")
        into = ("annotation_set__author", "annotation_set__codebook")
        article = ("annotation_set__article__study", "annotation_set__article__outlet")
        return self.select_related(*joined, *into, *article).only(*own, *around)

    def last_spoken_in(self, annotation_set: AnnotationSet, besides: "Statement") -> "Statement | None":
        """Return the statement of the set that was changed last and has a speaker, `besides` apart."""
        named = self.filter(annotation_set=annotation_set, speaker__isnull=False).exclude(pk=besides.pk)
        return named.select_related("speaker__affiliation").order_by("-updated_at", "-pk").first()

    def in_text_order(self) -> Self:
        return self.order_by("start", "end", "pk")


class Statement(Row):
    """One set's record of one attributed (or author-voice) statement.

    `spans` is a `SpanList` as JSON; `start` and `end` are the envelope of its content and `quotation` its
    words, segments joined by " [...] ", so that lists and exports never cut the article's text.
    `restates` and `replies_to` hold public ids of statements, `said_on` a date range with its precision.
    """

    class Voice(models.TextChoices):
        ATTRIBUTED = "attributed", "Attributed"
        AUTHOR = "author", "Author"

    annotation_set = models.ForeignKey(AnnotationSet, models.CASCADE, related_name="statements")
    external_id = models.CharField(max_length=200, null=True, blank=True)
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.ATTRIBUTED)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    spans = models.JSONField()
    quotation = models.TextField()
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="statements")
    metonym = models.BooleanField(default=False)
    collective = models.BooleanField(default=False)
    utterance = models.ForeignKey(
        Utterance, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    said_on = models.JSONField(null=True, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="nested")
    restates = models.JSONField(default=list)
    replies_to = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    note = models.TextField(blank=True, default="")
    adopted_from = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(Author, models.PROTECT, related_name="+", db_index=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="statement_span_not_empty"),
            models.CheckConstraint(
                condition=Q(voice__in=["attributed", "author"]), name="statement_voice_known"
            ),
            models.UniqueConstraint(
                fields=["annotation_set", "external_id"],
                condition=Q(deleted_at=None),
                name="statement_external_id_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["annotation_set", "start", "end"], name="statement_in_text_order"),
            models.Index(fields=["-updated_at", "-id"], name="statement_changed_last"),
            models.Index(fields=["created_by", "-updated_at", "-id"], name="statement_of_hand"),
        ]

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else self.quote[:77] + "..."

    @property
    def quote(self) -> str:
        """The quotation as pages show it: files and the API keep the ` [...] ` between segments."""
        return self.quotation.replace(" [...] ", " … ")

    @property
    def span_list(self) -> SpanList:
        return SpanList.from_json(self.spans)


P = TypeVar("P", bound=models.Model)


class PartQuerySet(models.QuerySet[P]):
    """Rows that belong to one statement."""

    def of_set(self, annotation_set: AnnotationSet | int) -> Self:
        """Those of the statements of a set that are not in the bin."""
        return self.filter(statement__annotation_set=annotation_set, statement__deleted_at=None)


class CodeQuerySet(PartQuerySet["Code"]):
    def with_slugs(self) -> Self:
        """Load variable and label as far as their slugs; names and definitions are in the vocabulary."""
        return self.select_related("variable", "label").only("statement", "variable__slug", "label__slug")


class Code(models.Model):
    """The row that gives a statement a label of a variable."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="codes")
    variable = models.ForeignKey(Variable, models.PROTECT, related_name="+")
    label = models.ForeignKey(Label, models.PROTECT, related_name="+")

    objects = CodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "variable"], name="code_one_label_per_variable"),
        ]

    def __str__(self) -> str:
        return f"{self.variable_id}={self.label_id}"


class ChainLink(models.Model):
    """One hand through which the words came, from the original speaker (order 0) to the publisher."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="chain")
    order = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="relayed")
    role = models.CharField(max_length=60)
    uncertain = models.BooleanField(default=False)
    source = models.JSONField(null=True, blank=True)
    cue = models.JSONField(null=True, blank=True)

    objects = PartQuerySet["ChainLink"].as_manager()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "order"], name="chain_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.role}"

    def to_json(self) -> dict[str, object]:
        return {
            "speaker": str(self.speaker.uid),
            "role": self.role,
            "uncertain": self.uncertain,
            "source": self.source,
            "cue": self.cue,
        }
