from django.utils import timezone

from annotations.codebook.actions import publish_scheme
from annotations.codebook.default import DEFAULT
from annotations.codebook.models import CodebookVersion, Label, Variable


def default_codebook():
    """Codebook 1.0.0 as the migration leaves it; stored again after a test has emptied the tables."""
    known = CodebookVersion.objects.filter(uid=DEFAULT.id).first()
    return known or publish_scheme(scheme=DEFAULT, study=None, by=None)


def make_codebook(study=None, number="2.0.0", **fields):
    """A published version without variables."""
    if fields.get("state") != CodebookVersion.State.DRAFT:
        fields = {"state": CodebookVersion.State.PUBLISHED, "published_at": timezone.now(), **fields}
    return CodebookVersion.objects.create(study=study, number=number, **{"name": "Small codebook", **fields})


def make_variable(codebook, slug="tone", **fields):
    return Variable.objects.create(
        codebook=codebook, slug=slug, **{"name": slug, "scope": "statement", "order": 1, **fields}
    )


def make_label(variable, slug="calm", **fields):
    return Label.objects.create(variable=variable, slug=slug, **{"name": slug, "order": 0, **fields})
