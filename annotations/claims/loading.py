"""The coding of one statement, read for every click on its card: codes, chain and stances, in three queries."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Model

from annotations.claims.models import StanceLink
from annotations.prepared import Prepared
from annotations.rows import has_loaded, keep_loaded
from annotations.statements.models import ChainLink, Code, Statement

_READ: Mapping[str, Callable[[int], Sequence[Model]]] = {
    "codes": Prepared(lambda statement: Code.objects.with_slugs().filter(statement=statement), int),
    "chain": Prepared(
        lambda statement: ChainLink.objects.select_related("speaker").filter(statement=statement), int
    ),
    "stances": Prepared(
        lambda statement: StanceLink.objects.select_related("claim").filter(statement=statement), int
    ),
}


def load_coding(statement: Statement) -> None:
    """Load codes, chain and stances unless they are, as `prefetch_related` does for many statements."""
    for relation, read in _READ.items():
        if not has_loaded(statement, relation):
            keep_loaded(statement, relation, read(statement.pk))
