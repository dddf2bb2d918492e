import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('record', '0001_create_log'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('about', models.UUIDField(db_index=True, verbose_name='about')),
                ('recipient', models.EmailField(max_length=254, verbose_name='to')),
                ('language', models.CharField(choices=[('cy', 'Welsh'), ('en', 'English'), ('both', 'both languages')], max_length=4, verbose_name='language')),
                ('subject', models.CharField(max_length=250, verbose_name='subject')),
                ('body', models.TextField(verbose_name='body')),
                ('note_cy', models.TextField(blank=True, verbose_name='the editor’s words in Welsh')),
                ('note_en', models.TextField(blank=True, verbose_name='the editor’s words in English')),
                ('state', models.CharField(choices=[('waiting', 'waiting for words in the recipient’s language'), ('queued', 'to be sent'), ('sent', 'sent'), ('failed', 'not delivered'), ('bounced', 'came back'), ('cancelled', 'cancelled')], default='queued', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('next_try', models.DateTimeField(verbose_name='next try')),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('error', models.TextField(blank=True, verbose_name='last answer of the mail server')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='record.event')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-created_at'],
                'indexes': [models.Index(fields=['state', 'next_try'], name='message_queue')],
                'constraints': [models.UniqueConstraint(fields=('event', 'kind', 'recipient'), name='message_once_per_event'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'queued', 'sent', 'failed', 'bounced', 'cancelled'])), name='message_state_known'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en', 'both'])), name='message_language_known'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'bounced'))), models.Q(models.Q(('state__in', ('sent', 'bounced')), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_has_time')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('outcome', models.CharField(choices=[('begun', 'begun; how it ended is not known'), ('sent', 'accepted by the mail server'), ('put-off', 'not accepted: to be tried again'), ('refused', 'refused'), ('delayed', 'delayed on its way'), ('bounced', 'came back')], default='begun', max_length=8, verbose_name='outcome')),
                ('answer', models.TextField(blank=True, verbose_name='what the mail server said')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='correspondence.message', verbose_name='message')),
            ],
            options={
                'verbose_name': 'attempt',
                'verbose_name_plural': 'attempts',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['begun', 'sent', 'put-off', 'refused', 'delayed', 'bounced'])), name='attempt_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(editable=False, max_length=40, unique=True, verbose_name='kind')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('subject_cy', models.CharField(max_length=200, null=True, verbose_name='subject')),
                ('subject_en', models.CharField(max_length=200, null=True, verbose_name='subject')),
                ('body', models.TextField(max_length=10000, verbose_name='paragraphs')),
                ('body_cy', models.TextField(max_length=10000, null=True, verbose_name='paragraphs')),
                ('body_en', models.TextField(max_length=10000, null=True, verbose_name='paragraphs')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'wording of a message',
                'verbose_name_plural': 'wordings of messages',
                'ordering': ['kind'],
                'constraints': [models.CheckConstraint(condition=models.Q(('body_cy__gt', ''), ('body_en__gt', ''), ('subject_cy__gt', ''), ('subject_en__gt', ''), ('body_cy__isnull', False), ('body_en__isnull', False), ('subject_cy__isnull', False), ('subject_en__isnull', False)), name='wording_filled')],
            },
        ),
    ]
