import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug_cy', models.SlugField(blank=True, max_length=100, verbose_name='address in Welsh')),
                ('slug_en', models.SlugField(blank=True, max_length=100, verbose_name='address in English')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('key', models.SlugField(max_length=40, unique=True, verbose_name='key')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='place in the footer')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived')),
            ],
            options={
                'verbose_name': 'standing page',
                'verbose_name_plural': 'standing pages',
                'ordering': ['order', 'key'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('slug_cy', ''), _negated=True), fields=('slug_cy',), name='page_slug_cy_once'), models.UniqueConstraint(condition=models.Q(('slug_en', ''), _negated=True), fields=('slug_en',), name='page_slug_en_once'), models.CheckConstraint(condition=models.Q(models.Q(('slug_cy__in', ['admin', 'astudiaethau-achos', 'case-studies', 'chwilio', 'cy', 'cyfeiriadau', 'en', 'files', 'hallmarks', 'healthz', 'join-in', 'nodweddion', 'references', 'rhywbeth-o-i-le', 'robots', 'search', 'sitemap', 'something-wrong', 'static', 'ymunwch']), _negated=True), models.Q(('slug_en__in', ['admin', 'astudiaethau-achos', 'case-studies', 'chwilio', 'cy', 'cyfeiriadau', 'en', 'files', 'hallmarks', 'healthz', 'join-in', 'nodweddion', 'references', 'rhywbeth-o-i-le', 'robots', 'search', 'sitemap', 'something-wrong', 'static', 'ymunwch']), _negated=True)), name='page_slug_not_reserved', violation_error_message='This address belongs to another part of the site. Choose another.'), models.CheckConstraint(condition=models.Q(('archived_at__isnull', True), models.Q(('key__in', ['accessibility', 'contact', 'cookies', 'privacy']), _negated=True), _connector='OR'), name='page_needed_not_archived')],
            },
        ),
        migrations.CreateModel(
            name='PageEdition',
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
                ('body', models.TextField(blank=True, default='', verbose_name='body')),
                ('body_cy', models.TextField(blank=True, default='', null=True, verbose_name='body')),
                ('body_en', models.TextField(blank=True, default='', null=True, verbose_name='body')),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='pages.page', verbose_name='standing page')),
                ('override_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publish_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'text of a standing page',
                'verbose_name_plural': 'texts of standing pages',
                'ordering': ['pk'],
                'abstract': False,
                'default_permissions': ('add', 'change', 'delete', 'view', 'override'),
                'indexes': [models.Index(condition=models.Q(('override', 'one-language')), fields=['override_at'], name='pageedition_one_language'), models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='pageedition_planned')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'working')), fields=('content',), name='pageedition_one_working'), models.UniqueConstraint(condition=models.Q(('stage', 'live')), fields=('content',), name='pageedition_one_live'), models.CheckConstraint(condition=models.Q(('stage__in', ['working', 'live'])), name='pageedition_stage_known'), models.CheckConstraint(condition=models.Q(('stage', 'working'), ('live_since__isnull', False), _connector='OR'), name='pageedition_live_since'), models.CheckConstraint(condition=models.Q(('stage', 'working'), ('publish_at__isnull', True), _connector='OR'), name='pageedition_planned_when_working'), models.CheckConstraint(condition=models.Q(('override', ''), ('override_at__isnull', False), _connector='OR'), name='pageedition_override_recorded'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('override', 'one-language'), _negated=True), ('only_language', ''), ('only_language_days__isnull', True)), models.Q(('only_language__in', ['cy', 'en']), ('override', 'one-language'), ('only_language_days__range', (1, 30)), models.Q(('override_reason', ''), _negated=True)), _connector='OR'), name='pageedition_one_language_bounded'), models.CheckConstraint(condition=models.Q(('stage', 'working'), models.Q(('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('body_cy__isnull', False), models.Q(('body_cy', ''), _negated=True), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('body_en__isnull', False), models.Q(('body_en', ''), _negated=True)), models.Q(('only_language', 'cy'), ('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('body_cy__isnull', False), models.Q(('body_cy', ''), _negated=True)), models.Q(('only_language', 'en'), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('body_en__isnull', False), models.Q(('body_en', ''), _negated=True)), _connector='OR'), name='pageedition_filled_when_live', violation_error_message='A published text must be there in both languages.')],
            },
        ),
    ]
