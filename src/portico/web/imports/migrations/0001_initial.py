import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_AT = ("at", models.DateTimeField(default=django.utils.timezone.now))
_CASCADE, _SET_NULL = django.db.models.deletion.CASCADE, django.db.models.deletion.SET_NULL


def _by() -> tuple[str, models.ForeignKey]:
    return "by", models.ForeignKey(null=True, on_delete=_SET_NULL, to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    initial = True
    dependencies = (migrations.swappable_dependency(settings.AUTH_USER_MODEL),)
    operations = (
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                _ID,
                ("name", models.CharField(max_length=100, unique=True)),
                ("form", models.CharField(db_index=True, max_length=40)),
                ("sealed", models.BinaryField(default=b"")),
                _AT,
                _by(),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                _ID,
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("name", models.BinaryField(default=b"")),
                ("size", models.BigIntegerField()),
                ("state", models.CharField(default="new", max_length=8)),
                _AT,
                ("mapping", models.BinaryField(default=b"")),
                ("report", models.BinaryField(default=b"")),
                ("keep_partly", models.BooleanField(default=False)),
                ("batch", models.CharField(default="", max_length=40)),
                ("parts", models.IntegerField(default=0)),
                ("rows", models.BigIntegerField(default=0)),
                ("ended", models.DateTimeField(null=True)),
                _by(),
                ("saved", models.ForeignKey(null=True, on_delete=_SET_NULL, to="imports.savedmapping")),
                ("like", models.ForeignKey(null=True, on_delete=_SET_NULL, to="imports.import")),
            ],
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                _ID,
                ("number", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "of",
                    models.ForeignKey(on_delete=_CASCADE, related_name="pieces", to="imports.import"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("of", "number"), name="one_piece_of_a_number")],
            },
        ),
        migrations.CreateModel(
            name="TakenPart",
            fields=[
                _ID,
                ("number", models.IntegerField()),
                ("source", models.CharField(max_length=64)),
                ("accounts", models.IntegerField()),
                (
                    "of",
                    models.ForeignKey(on_delete=_CASCADE, related_name="taken_parts", to="imports.import"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("of", "number"), name="one_part_of_a_number")],
            },
        ),
    )
