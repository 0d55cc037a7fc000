# ruff: noqa: RUF012  (Django's form)
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from portico.store import index


def begin(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    index.begin(editor.connection)


def end(_: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    index.end(editor.connection)


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = [("store", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="received",
            name="unsearched",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Folded",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("incident", models.CharField(max_length=200)),
                ("changed", models.BigIntegerField(db_index=True)),
                ("verification", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=1000)),
                ("zone", models.CharField(max_length=1000)),
                ("agency", models.CharField(max_length=1000)),
                ("courthouse", models.CharField(max_length=1000)),
                ("county", models.CharField(max_length=1000)),
                ("state", models.CharField(max_length=1000)),
                ("month", models.CharField(max_length=1000)),
                ("first_day", models.CharField(max_length=10, null=True)),
                ("last_day", models.CharField(max_length=10, null=True)),
                ("people_least", models.BigIntegerField(null=True)),
                ("people_most", models.BigIntegerField(null=True)),
                ("tellers", models.IntegerField()),
                ("reports", models.IntegerField()),
                ("undecided", models.IntegerField()),
                ("facts", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            *("state", "month", "first_day", "last_day", "county", "courthouse", "kind", "zone"),
                            *("agency", "verification", "undecided", "people_least", "people_most", "changed"),
                        ],
                        name="folded_asked",
                    ),
                    models.Index(fields=["first_day", "last_day", "courthouse"], name="folded_days"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Several",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(db_index=True)),
                ("attribute", models.CharField(max_length=32)),
                ("value", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["attribute", "value"], name="several_values")],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("thing", models.CharField(max_length=200)),
                ("event", models.BigIntegerField(db_index=True)),
                ("document", models.CharField(max_length=64)),
                ("day", models.CharField(max_length=10, null=True)),
                ("title", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("document", ""), _negated=True),
                        fields=["document"],
                        name="passage_document",
                    ),
                    models.Index(fields=["kind", "document"], name="passage_kind"),
                ],
            },
        ),
        migrations.RunPython(begin, end, hints={"model_name": "passage"}),
    ]
