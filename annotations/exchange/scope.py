"""What one reader may take out of a study: the rows that are present and visible, from one database moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OrderBy, Q, QuerySet

from annotations.accounts.models import User
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.codebook.models import CodebookVersion
from annotations.coding.filtering import StatementFilter
from annotations.coding.listing import in_order
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article, ArticleQuerySet
from annotations.exchange.named_speakers import named_by
from annotations.speakers.models import Side, Speaker, SpeakerQuerySet
from annotations.statements.models import Mention, Statement, StatementQuerySet, Utterance
from annotations.studies.models import Author, Membership, Role, Study
from annotations.workload.models import AnnotationSet, AnnotationSetQuerySet


@dataclass(frozen=True)
class Scope:
    """A study for a member or, with `reader` None, for whoever runs the installation: all but the bin.

    `named` says that private speakers go by their names. `using` is the alias of a snapshot. All rows come ordered by public id, statements also in an order of the
    list (`sort`). With `wanted`, the statements are those that it keeps, and of everything else what they refer to.
    """

    study_id: int
    reader: User | None
    using: str
    wanted: StatementFilter | None = None
    sort: str = ""
    named: bool = False

    def study(self) -> Study:
        return Study.objects.using(self.using).get(pk=self.study_id)

    def sees_all_authors(self) -> bool:
        """Whether the list of pseudonyms is theirs to see: not for a blind annotator."""
        if self.reader is None or self.study().mode == Study.Mode.SHARED:
            return True
        members = Membership.objects.using(self.using).filter(study=self.study_id, user=self.reader)
        return members.filter(role=Role.MANAGER).exists()

    def authors(self) -> QuerySet[Author]:
        rows = Author.objects.using(self.using).within(self.study_id)
        if self.wanted or not self.sees_all_authors():
            own = Q() if self.wanted else Q(user=self.reader)
            rows = rows.filter(
                own
                | Q(pk__in=self.sets().values("author"))
                | Q(pk__in=self.statements().values("created_by"))
                | Q(pk__in=self.articles().values("created_by"))
                | Q(pk__in=self.verdicts().values("judge"))
            )
        return rows.order_by("uid")

    def codebooks(self) -> QuerySet[CodebookVersion]:
        """The study's own versions, those its sets were coded with, and the one in force."""
        rows = CodebookVersion.objects.using(self.using)
        current = rows.current_for(self.study())
        used = self.sets().order_by().values("codebook")
        wanted = rows.filter(Q(study=self.study_id) | Q(pk=current.pk) | Q(pk__in=used))
        return wanted.with_labels().select_related("derived_from").order_by("uid")

    def issues(self) -> QuerySet[Issue]:
        rows = Issue.objects.using(self.using).within(self.study_id)
        if self.wanted:
            rows = rows.filter(pk__in=self.claims().order_by().values("issue"))
        return rows.order_by("uid")

    def speakers(self) -> QuerySet[Speaker]:
        return self._speakers().with_names().order_by("uid")

    def _speakers(self) -> SpeakerQuerySet:
        rows = Speaker.objects.using(self.using).within(self.study_id)
        return rows.filter(self._named) if self.wanted else rows

    @cached_property
    def _named(self) -> Q:
        rows = Speaker.objects.using(self.using).within(self.study_id)
        return named_by(self.statements(), rows)

    def sides(self) -> QuerySet[Side]:
        rows = Side.objects.using(self.using).within(self.study_id)
        if self.wanted:
            rows = rows.filter(speaker__in=self._speakers())
        return rows.select_related("speaker", "side").order_by("uid")

    def claims(self) -> QuerySet[Claim]:
        rows = Claim.objects.using(self.using).within(self.study_id)
        if self.wanted:
            links = StanceLink.objects.using(self.using).filter(statement__in=self.statements().order_by())
            rows = rows.filter(pk__in=links.order_by().values("claim"))
        return rows.with_issue().order_by("uid")

    def relations(self) -> QuerySet[ClaimRelation]:
        rows = ClaimRelation.objects.using(self.using).within(self.study_id)
        if self.wanted:
            kept = self.claims().order_by().values("pk")
            rows = rows.filter(a__in=kept, b__in=kept)
        return rows.select_related("a", "b").order_by("uid")

    def articles(self) -> ArticleQuerySet:
        rows = Article.objects.using(self.using).within(self.study_id).present()
        if self.wanted:
            rows = rows.filter(pk__in=self.sets().order_by().values("article"))
        return rows.select_related("outlet", "created_by").order_by("uid")

    def sets(self) -> AnnotationSetQuerySet:
        rows = AnnotationSet.objects.using(self.using).within(self.study_id)
        seen = rows.visible_to(self.reader) if self.reader else rows.filter(article__deleted_at=None)
        if self.wanted:
            seen = seen.filter(pk__in=self.statements().order_by().values("annotation_set"))
        return seen.order_by("uid")

    def utterances(self) -> QuerySet[Utterance]:
        rows = Utterance.objects.using(self.using).filter(annotation_set__in=self.sets().order_by())
        if self.wanted:
            rows = rows.filter(pk__in=self.statements().order_by().values("utterance"))
        return rows.select_related("annotation_set", "speaker").order_by("uid")

    def mentions(self) -> QuerySet[Mention]:
        rows = Mention.objects.using(self.using).filter(annotation_set__in=self.sets().order_by())
        if self.wanted:
            rows = rows.filter(speaker__in=self._speakers())
        return rows.select_related("annotation_set", "speaker").order_by("uid")

    def statements(self) -> StatementQuerySet:
        rows = Statement.objects.using(self.using).within(self.study_id)
        if self.reader:
            seen = rows.visible_to(self.reader)
        else:
            seen = rows.present().filter(annotation_set__article__deleted_at=None)
        if self.wanted:
            seen = self.wanted.of(seen)
        return seen.order_by(*self.order())

    def order(self, way: str = "") -> Sequence[str | OrderBy]:
        """Return by what statements are ordered, and rows from which `way` leads to theirs."""
        return in_order(self.sort, way) if self.sort else [f"{way}uid"]

    def verdicts(self) -> QuerySet[Verdict]:
        """Verdicts on statements that the reader sees; in a blind study only their own, save for managers."""
        seen = self.statements().order_by().values("pk")
        rows = Verdict.objects.using(self.using).within(self.study_id).filter(a__in=seen, b__in=seen)
        if not self.sees_all_authors():
            rows = rows.filter(judge__user=self.reader)
        return rows.select_related("a", "b", "judge").order_by("uid")
