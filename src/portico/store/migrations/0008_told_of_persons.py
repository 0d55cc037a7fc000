from django.db import migrations, models


class Migration(migrations.Migration):  # type: ignore[misc]
    dependencies = (("store", "0007_about"),)

    operations = (
        migrations.AddIndex(model_name="told", index=models.Index(fields=["person"], name="told_person")),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(
                condition=models.Q(("kind", "account"), _negated=True), fields=["kind", "source"], name="told_beside"
            ),
        ),
    )
