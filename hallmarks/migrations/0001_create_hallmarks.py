import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('references', '0001_create_works'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name')),
                ('candidate_cy', models.CharField(blank=True, help_text='Never shown to readers.', max_length=200, verbose_name='unverified Welsh name')),
                ('candidate_source', models.TextField(blank=True, verbose_name='where the unverified name was seen')),
                ('url', models.URLField(blank=True, default='', max_length=500, verbose_name='address')),
                ('url_cy', models.URLField(blank=True, default='', max_length=500, null=True, verbose_name='address')),
                ('url_en', models.URLField(blank=True, default='', max_length=500, null=True, verbose_name='address')),
                ('variants', models.JSONField(blank=True, default=list, verbose_name='other wordings')),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='key')),
            ],
            options={
                'verbose_name': 'framework',
                'verbose_name_plural': 'frameworks',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name_cy__isnull', False), models.Q(('name_cy', ''), _negated=True)), models.Q(('name_en__isnull', False), models.Q(('name_en', ''), _negated=True)), _connector='OR'), name='framework_has_a_name', violation_error_message='Write the name in one language at least.')],
            },
        ),
        migrations.CreateModel(
            name='Hallmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug_cy', models.SlugField(blank=True, max_length=100, verbose_name='address in Welsh')),
                ('slug_en', models.SlugField(blank=True, max_length=100, verbose_name='address in English')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number')),
            ],
            options={
                'verbose_name': 'hallmark',
                'verbose_name_plural': 'hallmarks',
                'ordering': ['number'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('slug_cy', ''), _negated=True), fields=('slug_cy',), name='hallmark_slug_cy_once'), models.UniqueConstraint(condition=models.Q(('slug_en', ''), _negated=True), fields=('slug_en',), name='hallmark_slug_en_once'), models.CheckConstraint(condition=models.Q(('number__range', (1, 8))), name='hallmark_one_of_eight')],
            },
        ),
        migrations.CreateModel(
            name='HallmarkEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('working', 'working'), ('live', 'live')], default='working', editable=False, max_length=8, verbose_name='stage')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('first_language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], help_text='Empty: in both, or neither yet.', max_length=2, verbose_name='first written in')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('live_since', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('publish_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='to be published')),
                ('override', models.CharField(blank=True, choices=[('', 'none'), ('unchecked', 'not yet checked by a speaker'), ('one-language', 'one language only')], editable=False, max_length=16, verbose_name='override')),
                ('override_reason', models.TextField(blank=True, editable=False, verbose_name='reason for the override')),
                ('override_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('only_language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], editable=False, max_length=2)),
                ('only_language_days', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, default='', max_length=200, verbose_name='title')),
                ('title_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='title')),
                ('lead_in', models.CharField(blank=True, default='', help_text='The words that the title completes.', max_length=200, verbose_name='lead-in')),
                ('lead_in_cy', models.CharField(blank=True, default='', help_text='The words that the title completes.', max_length=200, null=True, verbose_name='lead-in')),
                ('lead_in_en', models.CharField(blank=True, default='', help_text='The words that the title completes.', max_length=200, null=True, verbose_name='lead-in')),
                ('short_name', models.CharField(blank=True, default='', help_text='One to three words, for the wheel.', max_length=40, verbose_name='short name')),
                ('short_name_cy', models.CharField(blank=True, default='', help_text='One to three words, for the wheel.', max_length=40, null=True, verbose_name='short name')),
                ('short_name_en', models.CharField(blank=True, default='', help_text='One to three words, for the wheel.', max_length=40, null=True, verbose_name='short name')),
                ('summary', models.CharField(blank=True, default='', max_length=200, verbose_name='summary')),
                ('summary_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='summary')),
                ('summary_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='summary')),
                ('body', models.TextField(blank=True, default='', verbose_name='body')),
                ('body_cy', models.TextField(blank=True, default='', null=True, verbose_name='body')),
                ('body_en', models.TextField(blank=True, default='', null=True, verbose_name='body')),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='hallmarks.hallmark', verbose_name='hallmark')),
                ('override_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publish_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='references.work', verbose_name='source publication')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'hallmark text',
                'verbose_name_plural': 'hallmark texts',
                'ordering': ['pk'],
                'abstract': False,
                'default_permissions': ('add', 'change', 'delete', 'view', 'override'),
                'indexes': [models.Index(condition=models.Q(('override', 'one-language')), fields=['override_at'], name='hallmarkedition_one_language'), models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='hallmarkedition_planned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'working')), fields=('content',), name='hallmarkedition_one_working'), models.UniqueConstraint(condition=models.Q(('stage', 'live')), fields=('content',), name='hallmarkedition_one_live'), models.CheckConstraint(condition=models.Q(('stage__in', ['working', 'live'])), name='hallmarkedition_stage_known'), models.CheckConstraint(condition=models.Q(('stage', 'working'), ('live_since__isnull', False), _connector='OR'), name='hallmarkedition_live_since'), models.CheckConstraint(condition=models.Q(('stage', 'working'), ('publish_at__isnull', True), _connector='OR'), name='hallmarkedition_planned_when_working'), models.CheckConstraint(condition=models.Q(('override', ''), ('override_at__isnull', False), _connector='OR'), name='hallmarkedition_override_recorded'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('override', 'one-language'), _negated=True), ('only_language', ''), ('only_language_days__isnull', True)), models.Q(('only_language__in', ['cy', 'en']), ('override', 'one-language'), ('only_language_days__range', (1, 30)), models.Q(('override_reason', ''), _negated=True)), _connector='OR'), name='hallmarkedition_one_language_bounded'), models.CheckConstraint(condition=models.Q(('stage', 'working'), models.Q(('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('lead_in_cy__isnull', False), models.Q(('lead_in_cy', ''), _negated=True), ('short_name_cy__isnull', False), models.Q(('short_name_cy', ''), _negated=True), ('body_cy__isnull', False), models.Q(('body_cy', ''), _negated=True), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('lead_in_en__isnull', False), models.Q(('lead_in_en', ''), _negated=True), ('short_name_en__isnull', False), models.Q(('short_name_en', ''), _negated=True), ('body_en__isnull', False), models.Q(('body_en', ''), _negated=True)), models.Q(('only_language', 'cy'), ('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('lead_in_cy__isnull', False), models.Q(('lead_in_cy', ''), _negated=True), ('short_name_cy__isnull', False), models.Q(('short_name_cy', ''), _negated=True), ('body_cy__isnull', False), models.Q(('body_cy', ''), _negated=True)), models.Q(('only_language', 'en'), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('lead_in_en__isnull', False), models.Q(('lead_in_en', ''), _negated=True), ('short_name_en__isnull', False), models.Q(('short_name_en', ''), _negated=True), ('body_en__isnull', False), models.Q(('body_en', ''), _negated=True)), _connector='OR'), name='hallmarkedition_filled_when_live', violation_error_message='A published text must be there in both languages.')],
            },
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, default='', max_length=200, verbose_name='name')),
                ('name_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name')),
                ('name_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name')),
                ('candidate_cy', models.CharField(blank=True, help_text='Never shown to readers.', max_length=200, verbose_name='unverified Welsh name')),
                ('candidate_source', models.TextField(blank=True, verbose_name='where the unverified name was seen')),
                ('url', models.URLField(blank=True, default='', max_length=500, verbose_name='address')),
                ('url_cy', models.URLField(blank=True, default='', max_length=500, null=True, verbose_name='address')),
                ('url_en', models.URLField(blank=True, default='', max_length=500, null=True, verbose_name='address')),
                ('variants', models.JSONField(blank=True, default=list, verbose_name='other wordings')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strands', to='hallmarks.framework', verbose_name='framework')),
            ],
            options={
                'verbose_name': 'strand',
                'verbose_name_plural': 'strands',
                'ordering': ['framework', 'number'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'number'), name='strand_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('name_cy__isnull', False), models.Q(('name_cy', ''), _negated=True)), models.Q(('name_en__isnull', False), models.Q(('name_en', ''), _negated=True)), _connector='OR'), name='strand_has_a_name', violation_error_message='Write the name in one language at least.')],
            },
        ),
        migrations.CreateModel(
            name='HallmarkReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('printed', models.TextField(blank=True, default='', verbose_name='entry as printed')),
                ('printed_cy', models.TextField(blank=True, default='', null=True, verbose_name='entry as printed')),
                ('printed_en', models.TextField(blank=True, default='', null=True, verbose_name='entry as printed')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='hallmarks.hallmarkedition')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='references.work', verbose_name='work')),
            ],
            options={
                'verbose_name': 'reference',
                'verbose_name_plural': 'references',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('edition', 'work'), name='hallmarkreference_once_in_a_list')],
            },
        ),
        migrations.CreateModel(
            name='Connection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('printed', models.CharField(blank=True, default='', max_length=300, verbose_name='as printed')),
                ('printed_cy', models.CharField(blank=True, default='', max_length=300, null=True, verbose_name='as printed')),
                ('printed_en', models.CharField(blank=True, default='', max_length=300, null=True, verbose_name='as printed')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hallmarks.framework', verbose_name='framework')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connections', to='hallmarks.hallmarkedition')),
                ('strand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hallmarks.strand', verbose_name='strand')),
            ],
            options={
                'verbose_name': 'connection',
                'verbose_name_plural': 'connections',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'framework', 'strand'), name='connection_strand_once'), models.UniqueConstraint(condition=models.Q(('strand__isnull', True)), fields=('edition', 'framework'), name='connection_framework_once')],
            },
        ),
    ]
