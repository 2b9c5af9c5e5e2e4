"""Files that were loaded whole, kept so that nothing of them is dropped."""

from typing import ClassVar

from django.db import models

from annotations.rows import Row
from annotations.studies.models import Study


class GoldFile(Row):
    """A `news-claims-gold/1` file as loaded, with every key, known or not; `sha256` is of the file's bytes."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="gold_files")
    sha256 = models.CharField(max_length=64)
    document = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["study", "sha256"], name="gold_file_once")]

    def __str__(self) -> str:
        return self.sha256[:12]
