import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_AT = ("at", models.DateTimeField(default=django.utils.timezone.now))


def _by() -> tuple[str, models.ForeignKey]:
    on_delete = django.db.models.deletion.SET_NULL
    return "by", models.ForeignKey(null=True, on_delete=on_delete, to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    initial = True
    dependencies = (migrations.swappable_dependency(settings.AUTH_USER_MODEL),)
    operations = (
        migrations.CreateModel(
            name="Aside",
            fields=[_ID, ("source", models.CharField(max_length=64, unique=True)), _AT, _by()],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                _ID,
                ("sha256", models.CharField(max_length=64)),
                ("name", models.BinaryField()),
                ("size", models.BigIntegerField()),
                ("private", models.BooleanField(default=False)),
                ("sealed", models.BinaryField()),
                ("problem", models.BinaryField(default=b"")),
                _AT,
                _by(),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                _ID,
                ("kind", models.CharField(max_length=8)),
                ("sealed", models.BinaryField()),
                _AT,
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="one_draft_of_a_kind")],
            },
        ),
    )
