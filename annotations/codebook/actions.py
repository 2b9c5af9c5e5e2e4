"""Store coding schemes as rows. Published versions are never changed."""

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.codebook.models import CodebookVersion, Label, Variable
from annotations.codebook.scheme import Scheme, check
from annotations.codebook.scheme import Variable as SchemeVariable
from annotations.studies.models import Study


@transaction.atomic
def publish_scheme(*, scheme: Scheme, study: Study | None, by: User | None) -> CodebookVersion:
    """Store a whole scheme as a published version of `study` (None: the default of the installation)."""
    check(scheme)
    version = CodebookVersion.objects.create(
        uid=scheme.id,
        study=study,
        name=scheme.name,
        number=scheme.version,
        language=scheme.language,
        notes=[list(note) for note in scheme.notes],
        state=CodebookVersion.State.PUBLISHED,
        published_at=timezone.now(),
    )
    for variable in scheme.variables:
        _store_variable(version, variable)
    after = {"name": scheme.name, "version": scheme.version}
    record(study_id=study.pk if study else None, by=by, verb="codebook.publish", target=version, after=after)
    return version


def _store_variable(version: CodebookVersion, variable: SchemeVariable) -> None:
    row = Variable.objects.create(
        codebook=version,
        slug=variable.slug,
        name=variable.name,
        question=variable.question,
        scope=variable.scope,
        definition=variable.definition,
        order=variable.order,
        required=variable.required,
        multiple=variable.multiple,
        folded=variable.folded,
    )
    Label.objects.bulk_create(
        Label(
            variable=row,
            slug=label.slug,
            name=label.name,
            definition=label.definition,
            yes=list(label.yes),
            no=list(label.no),
            key=label.key,
            order=order,
            polarity=label.polarity,
            weight=label.weight,
            comparison=label.comparison,
            retired=label.retired,
        )
        for order, label in enumerate(variable.labels)
    )
