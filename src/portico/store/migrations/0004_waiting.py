from collections import Counter

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The documents with open claims of a record that an earlier version wrote."""
    alias = editor.connection.alias
    told, decided, received, waiting = (
        apps.get_model("store", name).objects.using(alias) for name in ("Told", "Decided", "Received", "Waiting")
    )
    accounts = list(told.filter(kind="account", until=None).values_list("told", "source", "claims"))
    source_of = {account: source for account, source, _ in accounts}
    undecided: Counter[str] = Counter()
    for _, source, claims in accounts:
        undecided[source] += claims
    undecided.subtract(source_of[each] for each in decided.filter(until=None).values_list("account", flat=True))
    rows = received.filter(until=None).values_list("entry", "source")
    waiting.bulk_create(
        waiting.model(number=entry, source=source, undecided=undecided[source])
        for entry, source in rows
        if undecided[source]
    )


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0003_apart_and_counted_claims"),)

    operations = (
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=64, unique=True)),
                ("undecided", models.IntegerField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, hints={"model_name": "waiting"}),
    )
