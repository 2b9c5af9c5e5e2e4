"""A whole gold file into rows, in the order of the file; the first fault ends it."""

from django.db import models

from annotations.claims.models import Claim, Issue
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.exchange.gold.rows import GoldRows
from annotations.exchange.gold.statements import (
    read_mentions,
    read_statements,
    read_utterances,
    read_verdicts,
)
from annotations.exchange.gold.vocabulary import (
    read_articles,
    read_claims,
    read_issues,
    read_relations,
    read_speakers,
)
from annotations.exchange.places import Place
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

NAMED: dict[str, type[models.Model]] = {
    "articles": Article,
    "speakers": Speaker,
    "issues": Issue,
    "claims": Claim,
    "conflicts": Verdict,
}
"""The lists whose ids become external ids that are unique in a study."""


def read_rows(root: Place, rows: GoldRows) -> GoldRows:
    """Fill `rows` from the file; articles come after the speakers that publish them."""
    for read in (
        read_speakers,
        read_articles,
        read_mentions,
        read_issues,
        read_claims,
        read_relations,
        read_utterances,
        read_statements,
        read_verdicts,
    ):
        read(root, rows)
    return rows


def refuse_what_is_taken(root: Place, study: Study) -> None:
    """Refuse ids and texts that the study has already: a file is added to it, never mixed with it."""
    for name, model in NAMED.items():
        places = [(place["id"], place["id"].value) for place in root[name].items()]
        wanted = [value for _, value in places if isinstance(value, str)]
        taken = set(_of(model, study).filter(external_id__in=wanted).values_list("external_id", flat=True))
        for place, value in places:
            if value in taken:
                raise place.fault(f"{value!r} is the external id of something in this study already.")
    texts = [(place["sha256"], place["sha256"].value) for place in root["articles"].items()]
    known = Article.objects.in_study(study).present().filter(sha256__in=[value for _, value in texts])
    titles = dict(known.values_list("sha256", "title"))
    for place, value in texts:
        if value in titles:
            raise place.fault(f"the study holds this text already, as “{titles[value]}”.")


def _of(model: type[models.Model], study: Study) -> models.QuerySet[models.Model]:
    rows = model._default_manager.filter(study=study)
    return rows.filter(deleted_at=None) if model is Article else rows
