import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('record', '0001_create_log'),
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
                ('state', models.CharField(choices=[('waiting', 'waiting for words in the recipient’s language'), ('queued', 'to be sent'), ('sent', 'sent'), ('failed', 'not delivered'), ('cancelled', 'cancelled')], default='queued', max_length=10, verbose_name='state')),
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
                'constraints': [models.UniqueConstraint(fields=('event', 'kind', 'recipient'), name='message_once_per_event'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'queued', 'sent', 'failed', 'cancelled'])), name='message_state_known'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en', 'both'])), name='message_language_known'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_has_time')],
            },
        ),
    ]
