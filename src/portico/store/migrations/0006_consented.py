from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0005_followed"),)

    operations = (
        migrations.CreateModel(
            name="Consented",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.BigIntegerField()),
                ("until", models.BigIntegerField(null=True)),
                ("entry", models.BigIntegerField()),
                ("said", models.CharField(db_index=True, max_length=220)),
                ("subject", models.CharField(db_index=True, max_length=200)),
                ("purpose", models.CharField(db_index=True, max_length=16)),
                ("answer", models.CharField(max_length=16)),
            ],
            options={"abstract": False},
        ),
    )
