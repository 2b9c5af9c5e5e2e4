"""The unit of work and of blindness: one article's statements by one author."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotations.accounts.models import User
from annotations.codebook.models import CodebookVersion
from annotations.corpus.models import Article
from annotations.rows import Row, StudyRows
from annotations.studies.models import Author, Role, Study


def readable_sets(user: User, prefix: str = "") -> Q:
    """Return the condition under which `user` may read a set, as a Q over rows reached by `prefix`.

    Shared studies: every member. Independent studies: one's own set; adjudicated sets for everyone but
    annotators; submitted sets for adjudicators; all sets for managers, save on articles on which they hold
    an open set of their own. Only for use in one `filter()` call, so that all terms speak of one membership.
    """
    study = f"{prefix}article__study__"
    member, role = f"{study}memberships__user", f"{study}memberships__role"
    own_open = AnnotationSet.objects.filter(
        article=OuterRef(f"{prefix}article"),
        kind=AnnotationSet.Kind.ANNOTATOR,
        state=AnnotationSet.State.OPEN,
        author__user=user,
    )
    own = Q(**{f"{prefix}author__user": user})
    adjudicated = Q(
        **{f"{prefix}kind": AnnotationSet.Kind.ADJUDICATED, f"{role}__in": [Role.VIEWER, Role.ADJUDICATOR]}
    )
    submitted = Q(**{role: Role.ADJUDICATOR, f"{prefix}state": AnnotationSet.State.SUBMITTED})
    managed = Q(~Exists(own_open), **{role: Role.MANAGER})
    shared = Q(**{f"{study}mode": Study.Mode.SHARED})
    return Q(
        Q(**{member: user, f"{study}deleted_at": None}) & (shared | own | adjudicated | submitted | managed)
    )


class AnnotationSetQuerySet(StudyRows["AnnotationSet"]):
    study_path = "article__study"

    def visible_to(self, user: User) -> Self:
        return self.filter(readable_sets(user), article__deleted_at=None)

    def readable_in(self, study: Study, member: User) -> Self:
        """What `visible_to` keeps of one study, for a member of it: in a shared study without asking set by set."""
        return self.readable_on(study, member).filter(article__study=study, article__deleted_at=None)

    def readable_on(self, study: Study, member: User) -> Self:
        """What `visible_to` keeps of sets that the caller joins to present articles of the study: if shared, all."""
        return self if study.mode == Study.Mode.SHARED else self.visible_to(member)

    def lets_read(self, annotation_set: "AnnotationSet", member: User) -> bool:
        """Tell whether `visible_to` keeps a set of a member's study, bins apart; if shared or own, without a query."""
        shared = annotation_set.article.study.mode == Study.Mode.SHARED
        own = annotation_set.author is not None and annotation_set.author.user_id == member.pk
        return shared or own or self.visible_to(member).among([annotation_set.pk]).exists()

    def of_article(self, article: Article | int) -> Self:
        return self.filter(article=article)

    def with_author(self) -> Self:
        """Load author and codebook; enough where the article is at hand already."""
        return self.select_related("author", "codebook")

    def with_names(self) -> Self:
        return self.select_related("article__study", "author", "codebook").defer("article__text")

    def in_order(self) -> Self:
        return self.order_by("pk")


class AnnotationSet(Row):
    """One article x one author. A submitted set without statements is data: looked, found nothing."""

    class Kind(models.TextChoices):
        SHARED = "shared", "Shared"
        ANNOTATOR = "annotator", "Annotator"
        MACHINE = "machine", "Machine"
        ADJUDICATED = "adjudicated", "Adjudicated"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SUBMITTED = "submitted", "Submitted"

    article = models.ForeignKey(Article, models.CASCADE, related_name="sets")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SHARED)
    author = models.ForeignKey(Author, models.PROTECT, null=True, blank=True, related_name="sets")
    codebook = models.ForeignKey(CodebookVersion, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AnnotationSetQuerySet.as_manager()

    class Meta:
        verbose_name = "set"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "kind"],
                condition=Q(kind__in=["shared", "adjudicated"]),
                name="set_one_shared_one_adjudicated",
            ),
            models.UniqueConstraint(
                fields=["article", "author"], condition=Q(kind="annotator"), name="set_one_per_annotator"
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_at=None)
                | Q(state="submitted", submitted_at__isnull=False),
                name="set_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(kind="annotator") | Q(author__isnull=False), name="set_of_annotator_has_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} set"
