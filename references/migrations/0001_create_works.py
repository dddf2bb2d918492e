import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('files', '0001_create_pictures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                ('entry_cy', models.TextField(blank=True, default='', editable=False)),
                ('entry_en', models.TextField(blank=True, default='', editable=False)),
                ('entry_version', models.SmallIntegerField(default=0, editable=False)),
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
        migrations.CreateModel(
            name='FormerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=100, unique=True, verbose_name='former key')),
                ('csl', models.JSONField(default=dict, verbose_name='item as it was')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='merged')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_keys', to='references.work', verbose_name='work')),
            ],
            options={
                'verbose_name': 'former key',
                'verbose_name_plural': 'former keys',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Excuse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.UUIDField(db_index=True, help_text='The key of a hallmark, a page or a case study.', verbose_name='text')),
                ('kind', models.CharField(choices=[('cited_not_listed', 'cited, not listed'), ('listed_never_cited', 'listed, never cited'), ('year_mismatch', 'the years differ'), ('name_form_mismatch', 'the names differ in form'), ('ambiguous', 'ambiguous'), ('spelling_case_mismatch', 'the spelling differs'), ('reference_list_absent', 'no reference list'), ('mention_without_year', 'named without a year'), ('different_in_languages', 'different in the two languages'), ('abbreviation_vs_full', 'abbreviation'), ('punctuation_inconsistency', 'punctuation varies'), ('same_author_multiple_years', 'several years of one author')], max_length=40, verbose_name='kind of finding')),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('field', models.CharField(blank=True, max_length=60, verbose_name='field')),
                ('as_printed', models.CharField(blank=True, max_length=300, verbose_name='as printed')),
                ('work_key', models.CharField(blank=True, max_length=100, verbose_name='work')),
                ('occurrence', models.PositiveIntegerField(default=0, verbose_name='which of several')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'excused finding',
                'verbose_name_plural': 'excused findings',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('subject', 'kind', 'language', 'field', 'as_printed', 'work_key', 'occurrence'), name='excuse_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='excuse_says_why'), models.CheckConstraint(condition=models.Q(('kind__in', ['cited_not_listed', 'listed_never_cited', 'year_mismatch', 'name_form_mismatch', 'ambiguous', 'spelling_case_mismatch', 'reference_list_absent', 'mention_without_year', 'different_in_languages', 'abbreviation_vs_full', 'punctuation_inconsistency', 'same_author_multiple_years'])), name='excuse_kind_known'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='excuse_language_known')],
            },
        ),
        migrations.CreateModel(
            name='FindingCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('kind', models.CharField(choices=[('cited_not_listed', 'cited, not listed'), ('listed_never_cited', 'listed, never cited'), ('year_mismatch', 'the years differ'), ('name_form_mismatch', 'the names differ in form'), ('ambiguous', 'ambiguous'), ('spelling_case_mismatch', 'the spelling differs'), ('reference_list_absent', 'no reference list'), ('mention_without_year', 'named without a year'), ('different_in_languages', 'different in the two languages'), ('abbreviation_vs_full', 'abbreviation'), ('punctuation_inconsistency', 'punctuation varies'), ('same_author_multiple_years', 'several years of one author')], max_length=40, verbose_name='kind of finding')),
                ('state', models.CharField(choices=[('open', 'open'), ('information', 'information'), ('excused', 'excused'), ('stale', 'excused, and no longer there')], max_length=12, verbose_name='state')),
                ('count', models.PositiveIntegerField(verbose_name='how many')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'count of findings',
                'verbose_name_plural': 'counts of findings',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'language', 'kind', 'state'), name='findingcount_once'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='findingcount_counts_something'), models.CheckConstraint(condition=models.Q(('kind__in', ['cited_not_listed', 'listed_never_cited', 'year_mismatch', 'name_form_mismatch', 'ambiguous', 'spelling_case_mismatch', 'reference_list_absent', 'mention_without_year', 'different_in_languages', 'abbreviation_vs_full', 'punctuation_inconsistency', 'same_author_multiple_years'])), name='findingcount_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'information', 'excused', 'stale'])), name='findingcount_state_known'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='findingcount_language_known')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=600, unique=True, verbose_name='address')),
                ('in_use', models.BooleanField(default=True, verbose_name='a published work names it')),
                ('verdict', models.CharField(choices=[('unchecked', 'not checked yet'), ('works', 'works'), ('fails', 'fails'), ('unclear', 'cannot be checked')], default='unchecked', max_length=12, verbose_name='last answer')),
                ('problem', models.CharField(blank=True, choices=[('', 'none'), ('status', 'the server answers with an error'), ('hostile', 'the server answers people only, not programmes'), ('busy', 'the server is busy'), ('name', 'there is no such host'), ('connection', 'the server does not take the call'), ('timeout', 'the server takes too long'), ('certificate', 'the certificate of the server is not valid'), ('reset', 'the server hangs up'), ('garbage', 'the answer cannot be understood'), ('redirects', 'the address is passed on without end'), ('private', 'the address leads into a private network'), ('address', 'this is no address of the web')], default='', max_length=12, verbose_name='problem')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='status')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='last checked')),
                ('worked_at', models.DateTimeField(blank=True, null=True, verbose_name='last worked')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('failing_since', models.DateTimeField(blank=True, null=True, verbose_name='failing since')),
                ('next_at', models.DateTimeField(db_index=True, verbose_name='next check')),
                ('is_wanted', models.BooleanField(default=False, verbose_name='an editor asked for a check')),
                ('leads_to', models.CharField(blank=True, default='', max_length=2000, verbose_name='leads to')),
                ('etag', models.CharField(blank=True, default='', editable=False, max_length=200)),
                ('last_modified', models.CharField(blank=True, default='', editable=False, max_length=60)),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='said to work on')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said to work by')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
                'ordering': ['address'],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['unchecked', 'works', 'fails', 'unclear'])), name='link_verdict_known'), models.CheckConstraint(condition=models.Q(('problem__in', ['', 'status', 'hostile', 'busy', 'name', 'connection', 'timeout', 'certificate', 'reset', 'garbage', 'redirects', 'private', 'address'])), name='link_problem_known'), models.CheckConstraint(condition=models.Q(models.Q(('failing_since__isnull', True), ('failures', 0)), models.Q(('failing_since__isnull', False), ('failures__gt', 0)), _connector='OR'), name='link_fails_since'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='link_accepted_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('verdict', models.CharField(choices=[('unchecked', 'not checked yet'), ('works', 'works'), ('fails', 'fails'), ('unclear', 'cannot be checked')], max_length=12, verbose_name='answer')),
                ('problem', models.CharField(blank=True, choices=[('', 'none'), ('status', 'the server answers with an error'), ('hostile', 'the server answers people only, not programmes'), ('busy', 'the server is busy'), ('name', 'there is no such host'), ('connection', 'the server does not take the call'), ('timeout', 'the server takes too long'), ('certificate', 'the certificate of the server is not valid'), ('reset', 'the server hangs up'), ('garbage', 'the answer cannot be understood'), ('redirects', 'the address is passed on without end'), ('private', 'the address leads into a private network'), ('address', 'this is no address of the web')], default='', max_length=12, verbose_name='problem')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='status')),
                ('seconds', models.FloatField(verbose_name='seconds')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='references.link', verbose_name='link')),
            ],
            options={
                'verbose_name': 'check of a link',
                'verbose_name_plural': 'checks of links',
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['unchecked', 'works', 'fails', 'unclear'])), name='linkcheck_verdict_known'), models.CheckConstraint(condition=models.Q(('problem__in', ['', 'status', 'hostile', 'busy', 'name', 'connection', 'timeout', 'certificate', 'reset', 'garbage', 'redirects', 'private', 'address'])), name='linkcheck_problem_known')],
            },
        ),
        migrations.CreateModel(
            name='CitationLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('field', models.CharField(max_length=60, verbose_name='field')),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('as_printed', models.CharField(max_length=400, verbose_name='citation as printed')),
                ('occurrence', models.PositiveSmallIntegerField(default=1, help_text='1 for the first citation with these words in the field, 2 for the next.', verbose_name='occurrence')),
                ('at', models.DateTimeField(auto_now=True, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citation_links', to='references.work', verbose_name='work')),
            ],
            options={
                'verbose_name': 'link of a citation',
                'verbose_name_plural': 'links of citations',
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'field', 'language', 'as_printed', 'occurrence'), name='citationlink_once'), models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='citationlink_language_known'), models.CheckConstraint(condition=models.Q(('occurrence__gte', 1)), name='citationlink_occurrence_counted')],
            },
        ),
        migrations.CreateModel(
            name='WorkName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=200, verbose_name='authors and year')),
                ('form', models.CharField(choices=[('full', 'every author'), ('et-al', 'the first author and “et al.”'), ('abbreviation', 'an abbreviation'), ('welsh', 'the Welsh name of a body'), ('title', 'the title of a work without authors'), ('stated', 'as the item says that it is cited')], max_length=12, verbose_name='form')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='references.work', verbose_name='work')),
            ],
            options={
                'verbose_name': 'name of a work',
                'verbose_name_plural': 'names of works',
                'constraints': [models.UniqueConstraint(fields=('work', 'key'), name='workname_once'), models.CheckConstraint(condition=models.Q(('form__in', ['full', 'et-al', 'abbreviation', 'welsh', 'title', 'stated'])), name='workname_form_known')],
            },
        ),
    ]
