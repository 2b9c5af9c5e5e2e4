"""Where the rows of an import begin, for whoever follows the changes of a study."""

from typing import Final

from django.db.models import Max

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.corpus.models import Article
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet

BROUGHT: Final[tuple[type[Row], ...]] = (
    Issue,
    Speaker,
    Claim,
    ClaimRelation,
    Article,
    AnnotationSet,
    Statement,
)


def newest_keys() -> dict[str, int]:
    """Return the highest key of each table by its model's name; rows written later have higher ones."""
    highest = ((model, model._default_manager.aggregate(key=Max("pk"))["key"]) for model in BROUGHT)
    return {str(model._meta.model_name): key or 0 for model, key in highest}
