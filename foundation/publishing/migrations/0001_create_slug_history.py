import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('reversion', '0002_add_index_on_version_for_content_type_and_db'),
    ]

    operations = [
        migrations.CreateModel(
            name='Provenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.UUIDField(db_index=True)),
                ('stage', models.CharField(choices=[('working', 'working'), ('live', 'live')], max_length=8)),
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='provenance', to='reversion.revision')),
            ],
            options={
                'verbose_name': 'origin of a version',
                'verbose_name_plural': 'origins of versions',
            },
        ),
        migrations.CreateModel(
            name='WrittenFromFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=120)),
                ('language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('file_hash', models.CharField(max_length=64)),
                ('written_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'file that was read in',
                'verbose_name_plural': 'files that were read in',
                'constraints': [models.UniqueConstraint(fields=('source', 'kind', 'key', 'language'), name='writtenfromfile_once'), models.CheckConstraint(condition=models.Q(('language__in', ['', 'cy', 'en'])), name='writtenfromfile_language_known')],
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('slug', models.SlugField(max_length=100)),
                ('until', models.DateTimeField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'language', 'slug'), name='formerslug_once'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='formerslug_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Successor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('to_id', models.PositiveBigIntegerField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('to_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'successor of what is archived',
                'verbose_name_plural': 'successors of what is archived',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id'), name='successor_once'), models.CheckConstraint(condition=models.Q(('content_type', models.F('to_type')), ('object_id', models.F('to_id')), _negated=True), name='successor_is_another')],
            },
        ),
    ]
