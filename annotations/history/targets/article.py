"""Articles: what is known of them, their furniture, their way into the bin and back."""

from datetime import date

from annotations.accounts.models import User
from annotations.corpus.actions import (
    delete_article,
    describe_article,
    plain_metadata,
    restore_article,
    withdraw_article,
)
from annotations.corpus.models import Article
from annotations.history.moves import Fields
from annotations.history.targets.target import InTheWay, Target
from annotations.revisions.actions import supersede_article, take_back_revision
from annotations.speakers.models import Speaker
from annotations.statements.actions import set_furniture
from annotations.statements.models import Statement

REVISED_BY = "revised_by"


class ArticleTarget(Target[Article]):
    target_type = "article"

    def find(self) -> Article | None:
        rows = Article.objects.in_study(self.study).with_outlet().select_related("study")
        return rows.filter(uid=self.uid).first()

    def standing(self, name: str) -> object:
        if name == REVISED_BY:
            revision = self.present.revised_by
            return str(revision.uid) if revision else None
        return plain_metadata({name: getattr(self.present, name)})[name]

    def write(self, fields: Fields, by: User) -> None:
        row = self.present
        if REVISED_BY in fields:
            self._write_revision(fields[REVISED_BY], by)
            return
        if "furniture" in fields:
            set_furniture(article=row, expected=row.version, lines=fields["furniture"], by=by)
        metadata = {name: self._read(name, value) for name, value in fields.items() if name != "furniture"}
        if metadata:
            describe_article(article=row, expected=row.version, metadata=metadata, by=by)

    def _write_revision(self, uid: str | None, by: User) -> None:
        row = self.present
        if uid is None:
            take_back_revision(article=row, expected=row.version, by=by)
            return
        revision = self.named(Article.objects.present(), uid, "revision")
        supersede_article(article=row, expected=row.version, revision=revision, by=by)

    def withdraw(self, by: User) -> None:
        if self.present.is_superseded:
            raise InTheWay("Its text was corrected since.")
        if Statement.objects.of_article(self.present).exists():
            raise InTheWay("It has statements now, or had some that lie in the bin.")
        withdraw_article(article=self.present, expected=self.present.version, by=by)

    def remove(self, by: User) -> None:
        delete_article(article=self.present, expected=self.present.version, by=by)

    def bring_back(self, by: User) -> None:
        if self.row is None:
            super().bring_back(by)
            return
        restore_article(article=self.present, expected=self.present.version, by=by)

    def _read(self, name: str, value: object) -> object:
        if name == "outlet" and value:
            return self.named(Speaker.objects.all(), str(value), "outlet")
        return date.fromisoformat(str(value)) if name == "published_on" and value else value
