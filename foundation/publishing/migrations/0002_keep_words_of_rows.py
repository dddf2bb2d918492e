from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_create_slug_history")]

    operations = [
        migrations.AddField(model_name="provenance", name="rows", field=models.JSONField(default=dict)),
    ]
