import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("tokens", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("asked", models.CharField(max_length=64)),
                ("began", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("sealed", models.BinaryField(default=b"")),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="tokens.token"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("token", "key"), name="one_answer_to_a_key")],
            },
        ),
    )
