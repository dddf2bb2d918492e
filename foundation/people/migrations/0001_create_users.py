import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], default='en', max_length=2, verbose_name='language')),
                ('is_staff', models.BooleanField(default=True, verbose_name='may use the admin')),
                ('is_active', models.BooleanField(default=True, help_text='Untick instead of deleting: what this person did stays on record.', verbose_name='active')),
                ('digest', models.CharField(choices=[('never', 'not at all'), ('daily', 'every working day'), ('weekly', 'every Monday')], default='weekly', max_length=6, verbose_name='what waits for me, by mail')),
                ('reminders', models.BooleanField(default=True, verbose_name='a reminder by mail when what I have taken on is late')),
                ('sessions_round', models.PositiveIntegerField(default=0, editable=False, help_text='Counting one further ends every session of this person.')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_once_whatever_its_case', violation_error_message='Somebody has this email address already.'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='user_has_email'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='user_language_known'), models.CheckConstraint(condition=models.Q(('digest__in', ['never', 'daily', 'weekly'])), name='user_digest_known')],
            },
        ),
        migrations.CreateModel(
            name='RateLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('until', models.DateTimeField(db_index=True)),
                ('count', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name': 'rate limit',
                'verbose_name_plural': 'rate limits',
                'constraints': [models.UniqueConstraint(fields=('key', 'until'), name='ratelimit_one_per_stretch')],
            },
        ),
        migrations.CreateModel(
            name='OpenPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=150)),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'page that is open',
                'verbose_name_plural': 'pages that are open',
                'constraints': [models.UniqueConstraint(fields=('item', 'user'), name='openpage_once')],
            },
        ),
    ]
