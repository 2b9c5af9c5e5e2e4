"""What stands in a study, without versions and dates of change: equal before an act and after its undoing."""

from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.corpus.models import Article
from annotations.speakers.models import Affiliation, Alias, Side, Speaker
from annotations.statements.models import ChainLink, Code, Statement

PASSING = {"version", "updated_at", "deleted_at", "id", "order"}


def picture(study):
    """The columns of every row that is not in a bin."""
    statements = Statement.objects.in_study(study).present().filter(annotation_set__article__deleted_at=None)
    tables = [
        Article.objects.in_study(study).present(),
        *(model.objects.in_study(study) for model in (Speaker, Side, Issue, Claim, ClaimRelation)),
        statements,
        Affiliation.objects.filter(speaker__study=study),
        Alias.objects.filter(speaker__study=study),
        Speaker.members.through.objects.filter(from_speaker__study=study),
        Code.objects.filter(statement__in=statements),
    ]
    lists = [model.objects.filter(statement__in=statements) for model in (ChainLink, StanceLink)]
    return {rows.model.__name__: sorted(map(shown, rows), key=str) for rows in tables} | {
        rows.model.__name__: [shown(row) for row in rows.order_by("statement", "order")] for rows in lists
    }


def shown(row):
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: value for name, value in columns.items() if name not in PASSING}
