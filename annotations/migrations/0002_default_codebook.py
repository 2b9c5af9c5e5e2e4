"""Ship codebook 1.0.0, which every study starts from, as a published version."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from annotations.codebook.default import DEFAULT


def publish_default(apps: Any, schema_editor: Any) -> None:
    codebooks, variables, labels = (
        apps.get_model("annotations", name) for name in ("CodebookVersion", "Variable", "Label")
    )
    version = codebooks.objects.create(
        uid=DEFAULT.id,
        name=DEFAULT.name,
        number=DEFAULT.version,
        language=DEFAULT.language,
        notes=[list(note) for note in DEFAULT.notes],
        state="published",
        published_at=timezone.now(),
    )
    for variable in DEFAULT.variables:
        fields = {name: getattr(variable, name) for name in variable.__slots__ if name != "labels"}
        row = variables.objects.create(codebook=version, **fields)
        for order, label in enumerate(variable.labels):
            values = {name: getattr(label, name) for name in label.__slots__}
            values |= {"yes": list(label.yes), "no": list(label.no)}
            labels.objects.create(variable=row, order=order, **values)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]
    operations = [migrations.RunPython(publish_default, migrations.RunPython.noop)]
