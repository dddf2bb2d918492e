import django.db.models.deletion
import django.utils.timezone
import foundation.problems.models
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
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(default=foundation.problems.models.new_reference, max_length=12, unique=True, verbose_name='reference number')),
                ('asked_as', models.CharField(editable=False, max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('error', 'Something is not right on the page'), ('person', 'It is about me or my child'), ('complaint', 'I want to complain')], max_length=10, verbose_name='kind')),
                ('page', models.CharField(blank=True, max_length=300, verbose_name='page')),
                ('where', models.CharField(blank=True, max_length=250, verbose_name='title of the page')),
                ('subject_kind', models.CharField(blank=True, editable=False, max_length=40)),
                ('subject', models.UUIDField(blank=True, db_index=True, editable=False, null=True)),
                ('text', models.TextField(verbose_name='what the reader says')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language of the answer')),
                ('looks_like_junk', models.BooleanField(default=False, verbose_name='looks like junk')),
                ('state', models.CharField(choices=[('open', 'open'), ('answered', 'answered'), ('closed', 'closed')], default='open', max_length=10, verbose_name='state')),
                ('came_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='came in')),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'problem',
                'verbose_name_plural': 'problems',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['error', 'person', 'complaint'])), name='problem_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered', 'closed'])), name='problem_state_known'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='problem_language_known'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='problem_closed_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='problem_answered_has_time')],
            },
        ),
        migrations.CreateModel(
            name='ProblemNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='note')),
                ('closes', models.BooleanField(default=False, verbose_name='reason for closing it')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='problems.problem')),
            ],
            options={
                'verbose_name': 'note on a problem',
                'verbose_name_plural': 'notes on problems',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='problemnote_says_something')],
            },
        ),
    ]
