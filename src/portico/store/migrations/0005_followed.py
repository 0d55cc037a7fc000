from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def as_before(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """An earlier version folded each entry when it was appended: nothing is behind."""
    alias = editor.connection.alias
    entries, folded, heads = (
        apps.get_model("store", name).objects.using(alias) for name in ("Entry", "Folded", "Head")
    )
    if folded.exists():
        heads.update(followed=entries.count())


def all_at_once(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """An earlier version knows nothing of entries left for later, and folds all of a record that has nothing folded."""
    alias = editor.connection.alias
    entries, folded, heads = (
        apps.get_model("store", name).objects.using(alias) for name in ("Entry", "Folded", "Head")
    )
    if not heads.filter(followed=entries.count()).exists():
        folded.all().delete()


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0004_waiting"),)

    operations = (
        migrations.AddField(model_name="head", name="followed", field=models.BigIntegerField(null=True)),
        migrations.RunPython(as_before, all_at_once, hints={"model_name": "head"}),
    )
