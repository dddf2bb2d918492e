import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_create_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Stands in addresses and never changes.', max_length=100, unique=True, verbose_name='key')),
                ('csl', models.JSONField(verbose_name='CSL-JSON')),
                ('type', models.CharField(editable=False, max_length=40, verbose_name='type')),
                ('title', models.TextField(editable=False, verbose_name='title')),
                ('title_language', models.CharField(editable=False, max_length=12, verbose_name='language of the title')),
                ('creators', models.TextField(editable=False, verbose_name='authors or editors')),
                ('year', models.SmallIntegerField(editable=False, null=True, verbose_name='year')),
                ('doi', models.CharField(blank=True, db_index=True, editable=False, max_length=200, verbose_name='DOI')),
                ('isbn', models.CharField(blank=True, db_index=True, editable=False, max_length=40, verbose_name='ISBN')),
                ('url', models.URLField(blank=True, editable=False, max_length=500, verbose_name='address')),
                ('sort_cy', models.CharField(db_index=True, editable=False, max_length=255)),
                ('sort_en', models.CharField(db_index=True, editable=False, max_length=255)),
                ('letter_cy', models.CharField(editable=False, max_length=2)),
                ('letter_en', models.CharField(editable=False, max_length=2)),
                ('welsh_title', models.TextField(blank=True, verbose_name='title of the official Welsh edition')),
                ('welsh_url', models.URLField(blank=True, max_length=500, verbose_name='address of the official Welsh edition')),
                ('welsh_author', models.CharField(blank=True, help_text='For example Llywodraeth Cymru.', max_length=200, verbose_name='the body’s name in Welsh')),
                ('cover_alt', models.CharField(blank=True, default='', max_length=250, verbose_name='what the cover shows')),
                ('cover_alt_cy', models.CharField(blank=True, default='', max_length=250, null=True, verbose_name='what the cover shows')),
                ('cover_alt_en', models.CharField(blank=True, default='', max_length=250, null=True, verbose_name='what the cover shows')),
                ('identity', models.CharField(choices=[('stated', 'stated in a list'), ('inferred-strong', 'inferred, with good evidence'), ('inferred-weak', 'inferred, with weak evidence')], default='stated', max_length=20, verbose_name='identity')),
                ('is_verified', models.BooleanField(default=False, verbose_name='details checked against a source')),
                ('note', models.TextField(blank=True, verbose_name='what is uncertain (editors only)')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='covers', to='files.picture', verbose_name='cover')),
            ],
            options={
                'verbose_name': 'work',
                'verbose_name_plural': 'works',
                'ordering': ['sort_en', 'year', 'key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('identity__in', ['stated', 'inferred-strong', 'inferred-weak'])), name='work_identity_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='work_has_title')],
            },
        ),
    ]
