from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from annotations.corpus.word_index import index_words


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where the extension may not be created, each start of `manage.py up` says so and tries again."""
    index_words(schema_editor.connection)


def unindex(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP INDEX IF EXISTS article_words_in_title")
    schema_editor.execute("DROP INDEX IF EXISTS article_words_in_text")


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0006_words_in_the_index_of_the_log"),
    ]

    operations = [
        migrations.RunPython(index, unindex),
    ]
