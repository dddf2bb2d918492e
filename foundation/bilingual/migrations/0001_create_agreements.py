import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('field', models.CharField(max_length=60, verbose_name='field')),
                ('text_cy', models.TextField(verbose_name='Welsh text')),
                ('text_en', models.TextField(verbose_name='English text')),
                ('hash_cy', models.CharField(max_length=64)),
                ('hash_en', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('how', models.CharField(choices=[('speaker', 'a speaker of both languages'), ('file', 'a translator’s file'), ('contributor', 'the contributor'), ('starter', 'the starter content')], max_length=12, verbose_name='how')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'field'), name='agreement_one_per_field'), models.CheckConstraint(condition=models.Q(('how__in', ['speaker', 'file', 'contributor', 'starter'])), name='agreement_how_known'), models.CheckConstraint(condition=models.Q(models.Q(('hash_cy', ''), _negated=True), models.Q(('hash_en', ''), _negated=True)), name='agreement_of_two_texts')],
            },
        ),
    ]
