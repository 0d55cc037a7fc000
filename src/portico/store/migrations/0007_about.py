import json
from collections.abc import Collection

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_NAMING = {
    "claim_accepted": ("account",),
    "claim_rejected": ("account",),
    "claim_corrected": ("account",),
    "accounts_linked": ("accounts",),
    "accounts_unlinked": ("account",),
    "accounts_kept_apart": ("accounts",),
    "person_erased": ("persons", "documents", "originals", "printing"),
    "record_read": ("subjects",),
}


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """What the entries of a record are about that an earlier version wrote."""
    alias = editor.connection.alias
    entries, stretches, about = (
        apps.get_model("store", name).objects.using(alias) for name in ("Entry", "Stretch", "About")
    )
    before = None
    rows = entries.order_by("sequence").values_list("sequence", "type", "subject", "payload")
    for sequence, kind, subject, encoded in rows.iterator(chunk_size=2000):
        payload = json.loads(bytes(encoded))
        if payload["batch"] != before:
            before = payload["batch"]
            stretches.create(first=sequence, batch=before)
        things = {thing for name in _NAMING.get(kind, ()) for thing in _several(payload.get(name, ()))} - {subject}
        about.bulk_create(about.model(thing=thing, entry=sequence) for thing in sorted(things))


def _several(told: str | Collection[str]) -> Collection[str]:
    return (told,) if isinstance(told, str) else told


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0006_consented"),)

    operations = (
        migrations.CreateModel(
            name="Stretch",
            fields=[
                ("first", models.BigAutoField(primary_key=True, serialize=False)),
                ("batch", models.CharField(db_index=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="About",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(db_index=True, max_length=200)),
                ("entry", models.BigIntegerField()),
            ],
        ),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["type"], name="entry_type")),
        migrations.RunPython(fill, migrations.RunPython.noop, hints={"model_name": "about"}),
    )
