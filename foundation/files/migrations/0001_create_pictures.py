import foundation.files.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=foundation.files.models.new_token, editable=False, max_length=32, unique=True)),
                ('full', models.FileField(editable=False, max_length=200, upload_to=foundation.files.models.stored_as)),
                ('small', models.FileField(editable=False, max_length=200, upload_to=foundation.files.models.stored_as)),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width (pixels)')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height (pixels)')),
                ('small_width', models.PositiveIntegerField(editable=False)),
                ('media_type', models.CharField(editable=False, max_length=20)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'constraints': [models.CheckConstraint(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png', 'image/webp'])), name='picture_media_type_known'), models.CheckConstraint(condition=models.Q(('height__gt', 0), ('width__gt', 0)), name='picture_has_size')],
            },
        ),
    ]
