import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = (migrations.swappable_dependency(settings.AUTH_USER_MODEL),)
    operations = (
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.BigIntegerField(default=0)),
                ("actor", models.CharField(max_length=200)),
                ("state", models.CharField(db_index=True, default="waiting", max_length=10)),
                ("stage", models.CharField(default="", max_length=20)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("holder", models.CharField(default="", max_length=60)),
                ("lease", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("stop", models.BooleanField(default=False)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("since", models.DateTimeField(null=True)),
                ("since_done", models.BigIntegerField(default=0)),
                ("moved", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("said", models.BinaryField(default=b"")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["kind", "subject"], name="job_of_a_subject")]},
        ),
    )
