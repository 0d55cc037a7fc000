import json

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count_claims(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """How many claims each account has that an earlier version wrote."""
    alias = editor.connection.alias
    entries = apps.get_model("store", "Entry").objects.using(alias)
    accounts = apps.get_model("store", "Told").objects.using(alias).filter(kind="account")
    for number, entry in accounts.values_list("pk", "entry").iterator():
        payload = entries.filter(sequence=entry).values_list("payload", flat=True).get()
        accounts.filter(pk=number).update(claims=len(json.loads(bytes(payload))["claims"]))


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0002_folded_incidents_and_search"),)

    operations = (
        migrations.CreateModel(
            name="Apart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.BigIntegerField()),
                ("until", models.BigIntegerField(null=True)),
                ("entry", models.BigIntegerField()),
                ("pair", models.CharField(db_index=True, max_length=400)),
                ("one", models.CharField(db_index=True, max_length=200)),
                ("other", models.CharField(db_index=True, max_length=200)),
            ],
            options={"abstract": False},
        ),
        migrations.AddField(model_name="told", name="claims", field=models.IntegerField(default=0)),
        migrations.RunPython(count_claims, migrations.RunPython.noop, hints={"model_name": "told"}),
    )
