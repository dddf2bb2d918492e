import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(blank=True, help_text='The key of a member of staff.', max_length=40, verbose_name='who')),
                ('marks', models.JSONField()),
                ('places', models.JSONField(default=dict, verbose_name='where')),
            ],
            options={
                'verbose_name': 'redaction',
                'verbose_name_plural': 'redactions',
                'ordering': ['-pk'],
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('role', models.CharField(choices=[('anyone', 'anyone'), ('contributor', 'contributor'), ('headteacher', 'headteacher'), ('translator', 'translator'), ('editor', 'editor'), ('administrator', 'administrator'), ('clock', 'clock')], max_length=16, verbose_name='as')),
                ('actor', models.CharField(blank=True, help_text='The key of a member of staff.', max_length=40, verbose_name='who')),
                ('kind', models.CharField(max_length=40, verbose_name='kind of thing')),
                ('subject', models.UUIDField(db_index=True, verbose_name='thing')),
                ('code', models.CharField(max_length=40, verbose_name='what')),
                ('from_state', models.CharField(blank=True, max_length=24, verbose_name='from')),
                ('to_state', models.CharField(blank=True, max_length=24, verbose_name='to')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'log',
                'ordering': ['-pk'],
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['to_state', 'subject'], name='event_to_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['anyone', 'contributor', 'headteacher', 'translator', 'editor', 'administrator', 'clock'])), name='event_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_cy', models.TextField(blank=True, verbose_name='note in Welsh')),
                ('text_en', models.TextField(blank=True, verbose_name='note in English')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='note', to='record.event')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'constraints': [models.CheckConstraint(condition=models.Q(('text_cy', ''), ('text_en', ''), _negated=True), name='note_says_something')],
            },
        ),
    ]
