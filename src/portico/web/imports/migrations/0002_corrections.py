"""Cells that people corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("imports", "0001_initial"),)
    operations = (migrations.AddField(model_name="import", name="corrections", field=models.BinaryField(default=b"")),)
