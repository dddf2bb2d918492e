import casestudies.models.cases
import casestudies.models.documents
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import django_fsm
import foundation.files.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_create_pictures'),
        ('hallmarks', '0001_create_hallmarks'),
        ('references', '0001_create_works'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'request for links',
                'verbose_name_plural': 'requests for links',
            },
        ),
        migrations.CreateModel(
            name='CaseStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug_cy', models.SlugField(blank=True, max_length=100, verbose_name='address in Welsh')),
                ('slug_en', models.SlugField(blank=True, max_length=100, verbose_name='address in English')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('status', django_fsm.FSMField(choices=[('draft', 'draft'), ('awaiting_confirmation', 'awaiting confirmation'), ('held', 'held'), ('submitted', 'submitted'), ('in_review', 'in review'), ('changes_requested', 'changes requested'), ('editing', 'being edited'), ('with_contributor', 'with the contributor'), ('approved', 'approved'), ('published', 'published'), ('archived', 'archived'), ('withdrawn', 'withdrawn'), ('declined', 'declined'), ('removed', 'removed')], db_index=True, default='draft', max_length=50, protected=True, verbose_name='status')),
                ('reference', models.CharField(default=casestudies.models.cases.new_reference, editable=False, max_length=12, unique=True, verbose_name='reference number')),
                ('origin', models.CharField(choices=[('contributor', 'a contributor'), ('editors', 'written by the editors'), ('illustration', 'an illustration with a made-up setting')], default='contributor', max_length=12, verbose_name='comes from')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                ('submitted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sent')),
                ('held_because', models.CharField(blank=True, editable=False, max_length=60)),
                ('publish_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='to be published')),
                ('first_published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published')),
                ('lapsed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proof_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('reminders', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='reminders')),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last confirmed')),
                ('hidden', models.JSONField(blank=True, default=list, editable=False, verbose_name='hidden')),
                ('featured', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='place among the featured')),
                ('asked_if_true_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='asked whether it is still true')),
                ('claimed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claimed', to=settings.AUTH_USER_MODEL, verbose_name='claimed by')),
                ('offered_to', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offered', to=settings.AUTH_USER_MODEL, verbose_name='offered first to')),
                ('started_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'case study',
                'verbose_name_plural': 'case studies',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('moderate_casestudy', 'Can moderate case studies'), ('administer_casestudy', 'Can reopen and redact case studies'), ('translate_casestudy', 'Can translate case studies')],
                'abstract': False,
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='CaseStudyEdition',
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
                ('title', models.CharField(blank=True, default='', max_length=150, verbose_name='title')),
                ('title_cy', models.CharField(blank=True, default='', max_length=150, null=True, verbose_name='title')),
                ('title_en', models.CharField(blank=True, default='', max_length=150, null=True, verbose_name='title')),
                ('setting_name', models.CharField(blank=True, default='', max_length=200, verbose_name='name of the setting')),
                ('setting_name_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name of the setting')),
                ('setting_name_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='name of the setting')),
                ('summary', models.TextField(blank=True, default='', max_length=400, verbose_name='summary')),
                ('summary_cy', models.TextField(blank=True, default='', max_length=400, null=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, default='', max_length=400, null=True, verbose_name='summary')),
                ('about', models.TextField(blank=True, default='', verbose_name='about the setting')),
                ('about_cy', models.TextField(blank=True, default='', null=True, verbose_name='about the setting')),
                ('about_en', models.TextField(blank=True, default='', null=True, verbose_name='about the setting')),
                ('context', models.TextField(blank=True, default='', verbose_name='context and background')),
                ('context_cy', models.TextField(blank=True, default='', null=True, verbose_name='context and background')),
                ('context_en', models.TextField(blank=True, default='', null=True, verbose_name='context and background')),
                ('activity', models.TextField(blank=True, default='', verbose_name='what was done')),
                ('activity_cy', models.TextField(blank=True, default='', null=True, verbose_name='what was done')),
                ('activity_en', models.TextField(blank=True, default='', null=True, verbose_name='what was done')),
                ('impact', models.TextField(blank=True, default='', verbose_name='what difference it made')),
                ('impact_cy', models.TextField(blank=True, default='', null=True, verbose_name='what difference it made')),
                ('impact_en', models.TextField(blank=True, default='', null=True, verbose_name='what difference it made')),
                ('evidence', models.TextField(blank=True, default='', verbose_name='evidence of the difference')),
                ('evidence_cy', models.TextField(blank=True, default='', null=True, verbose_name='evidence of the difference')),
                ('evidence_en', models.TextField(blank=True, default='', null=True, verbose_name='evidence of the difference')),
                ('sharing', models.TextField(blank=True, default='', verbose_name='how it was shared')),
                ('sharing_cy', models.TextField(blank=True, default='', null=True, verbose_name='how it was shared')),
                ('sharing_en', models.TextField(blank=True, default='', null=True, verbose_name='how it was shared')),
                ('kind', models.CharField(blank=True, choices=[('school', 'School'), ('cluster', 'Cluster of schools'), ('federation', 'Federation'), ('other', 'Other setting')], max_length=12, verbose_name='kind of setting')),
                ('phase', models.CharField(blank=True, choices=[('nursery', 'Nursery'), ('primary', 'Primary'), ('middle', 'All-age (middle)'), ('secondary', 'Secondary'), ('special', 'Special'), ('pru', 'Pupil referral unit'), ('several', 'Several phases')], max_length=12, verbose_name='phase')),
                ('medium', models.CharField(blank=True, choices=[('welsh', 'Welsh-medium'), ('dual', 'Dual language'), ('english', 'English-medium'), ('several', 'More than one of these')], max_length=12, verbose_name='language medium')),
                ('authority', models.CharField(blank=True, choices=[('isle-of-anglesey', 'Isle of Anglesey'), ('gwynedd', 'Gwynedd'), ('conwy', 'Conwy'), ('denbighshire', 'Denbighshire'), ('flintshire', 'Flintshire'), ('wrexham', 'Wrexham'), ('powys', 'Powys'), ('ceredigion', 'Ceredigion'), ('pembrokeshire', 'Pembrokeshire'), ('carmarthenshire', 'Carmarthenshire'), ('swansea', 'Swansea'), ('neath-port-talbot', 'Neath Port Talbot'), ('bridgend', 'Bridgend'), ('vale-of-glamorgan', 'Vale of Glamorgan'), ('rhondda-cynon-taf', 'Rhondda Cynon Taf'), ('merthyr-tydfil', 'Merthyr Tydfil'), ('caerphilly', 'Caerphilly'), ('blaenau-gwent', 'Blaenau Gwent'), ('torfaen', 'Torfaen'), ('monmouthshire', 'Monmouthshire'), ('newport', 'Newport'), ('cardiff', 'Cardiff')], max_length=24, verbose_name='local authority')),
                ('schools', models.TextField(blank=True, default='', help_text='Of a cluster or a federation: one school a line.', verbose_name='schools')),
                ('correction', models.CharField(choices=[('editing', 'being written'), ('with_contributor', 'with the contributor'), ('agreed', 'agreed')], default='editing', editable=False, max_length=16, verbose_name='state of the correction')),
                ('agreed_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='casestudies.casestudy', verbose_name='case study')),
                ('override_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publish_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'case study text',
                'verbose_name_plural': 'case study texts',
                'ordering': ['pk'],
                'abstract': False,
                'default_permissions': ('add', 'change', 'delete', 'view', 'override'),
            },
        ),
        migrations.CreateModel(
            name='CaseStudyReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('printed', models.TextField(blank=True, default='', verbose_name='entry as printed')),
                ('printed_cy', models.TextField(blank=True, default='', null=True, verbose_name='entry as printed')),
                ('printed_en', models.TextField(blank=True, default='', null=True, verbose_name='entry as printed')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='casestudies.casestudyedition')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='references.work', verbose_name='work')),
            ],
            options={
                'verbose_name': 'reference',
                'verbose_name_plural': 'references',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20, verbose_name='text')),
                ('language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language of the text')),
                ('quote', models.TextField(blank=True, verbose_name='passage')),
                ('text_cy', models.TextField(blank=True, verbose_name='question in Welsh')),
                ('text_en', models.TextField(blank=True, verbose_name='question in English')),
                ('is_internal', models.BooleanField(default=False, verbose_name='for editors only')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent to the contributor')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answer_language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2)),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'question about a passage',
                'verbose_name_plural': 'questions about passages',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Contributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=150, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language of correspondence')),
                ('address_confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='address confirmed')),
                ('case_study', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='contributor', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'contributor',
                'verbose_name_plural': 'contributors',
            },
        ),
        migrations.CreateModel(
            name='CreditedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=150, verbose_name='role')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('is_contact', models.BooleanField(default=False, verbose_name='other schools may write to them')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='told')),
                ('declined_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='declined')),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credits', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'person credited',
                'verbose_name_plural': 'people credited',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AccessLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(choices=[('confirm', 'confirm the address'), ('open', 'open the story'), ('write', 'write in the draft, for a colleague'), ('headteacher', 'agree as the headteacher, or withdraw that'), ('credit', 'see how one is named, and decline')], max_length=12)),
                ('email', models.EmailField(max_length=254)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='casestudies.casestudy')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='casestudies.creditedperson')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=foundation.files.models.new_token, editable=False, max_length=32, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name of the file')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word')], max_length=4, verbose_name='kind')),
                ('size', models.PositiveIntegerField(verbose_name='size (bytes)')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('text', models.TextField(blank=True, verbose_name='what it says')),
                ('file', models.FileField(editable=False, max_length=200, upload_to=casestudies.models.documents.evidence_at)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='came in')),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DocumentCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=foundation.files.models.new_token, editable=False, max_length=32, unique=True)),
                ('file', models.FileField(editable=False, max_length=200, upload_to=casestudies.models.documents.copy_at)),
                ('size', models.PositiveIntegerField(verbose_name='size (bytes)')),
                ('title', models.CharField(blank=True, default='', max_length=150, verbose_name='title of the document')),
                ('title_cy', models.CharField(blank=True, default='', max_length=150, null=True, verbose_name='title of the document')),
                ('title_en', models.CharField(blank=True, default='', max_length=150, null=True, verbose_name='title of the document')),
                ('written_in', models.CharField(blank=True, choices=[('cy', 'Welsh'), ('en', 'English'), ('both', 'Welsh and English')], max_length=4, verbose_name='language of the document')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copy', to='casestudies.document')),
            ],
            options={
                'verbose_name': 'copy of a document',
                'verbose_name_plural': 'copies of documents',
            },
        ),
        migrations.CreateModel(
            name='DocumentCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('names', 'No child can be recognised, and nobody is named who did not agree to it'), ('accessible', 'It can be read with a screen reader: headings, reading order, text for pictures'), ('language', 'Its language is the one said here')], max_length=10, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='casestudies.documentcopy')),
            ],
            options={
                'verbose_name': 'check of a document',
                'verbose_name_plural': 'checks of documents',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list)),
                ('is_complete', models.BooleanField(default=False)),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('warned_at', models.DateTimeField(blank=True, null=True)),
                ('case_study', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='EditionHallmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(blank=True, default='', max_length=200, verbose_name='how it shows')),
                ('how_cy', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='how it shows')),
                ('how_en', models.CharField(blank=True, default='', max_length=200, null=True, verbose_name='how it shows')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hallmarks', to='casestudies.casestudyedition')),
                ('hallmark', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='hallmarks.hallmark', verbose_name='hallmark')),
            ],
            options={
                'verbose_name': 'hallmark shown',
                'verbose_name_plural': 'hallmarks shown',
                'ordering': ['position', 'hallmark__number'],
            },
        ),
        migrations.CreateModel(
            name='EditionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alt', models.CharField(blank=True, default='', max_length=300, verbose_name='what the picture shows')),
                ('alt_cy', models.CharField(blank=True, default='', max_length=300, null=True, verbose_name='what the picture shows')),
                ('alt_en', models.CharField(blank=True, default='', max_length=300, null=True, verbose_name='what the picture shows')),
                ('shows_people', models.BooleanField(null=True, verbose_name='shows people')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='casestudies.casestudyedition')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='files.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.UUIDField(db_index=True, verbose_name='thing')),
                ('what', models.CharField(choices=[('people', 'the people; the published text stays'), ('words', 'the people and the words; its address says that it was withdrawn'), ('all', 'everything')], max_length=10, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', ['people', 'words', 'all'])), name='erasure_what_known')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('noted', 'noted by an editor'), ('pupil', 'a pupil’s name'), ('telephone', 'a telephone number'), ('email', 'an email address'), ('address', 'a postal address'), ('birth', 'a date of birth'), ('upn', 'a pupil number'), ('picture', 'a picture with people in it'), ('unmarked', 'a picture that may have people in it')], default='noted', editable=False, max_length=10, verbose_name='kind')),
                ('field', models.CharField(blank=True, editable=False, max_length=60)),
                ('language', models.CharField(blank=True, editable=False, max_length=2)),
                ('quote', models.CharField(blank=True, editable=False, max_length=150, verbose_name='words')),
                ('start', models.PositiveIntegerField(default=0, editable=False)),
                ('end', models.PositiveIntegerField(default=0, editable=False)),
                ('before', models.CharField(blank=True, editable=False, max_length=80)),
                ('after', models.CharField(blank=True, editable=False, max_length=80)),
                ('explanation', models.TextField(blank=True, editable=False, verbose_name='what the contributor says to it')),
                ('what', models.CharField(blank=True, max_length=250, verbose_name='what')),
                ('verdict', models.CharField(choices=[('open', 'open'), ('cleared', 'cleared'), ('justified', 'justified')], default='open', max_length=10, verbose_name='verdict')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='casestudies.casestudy')),
                ('decided_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'safeguarding finding',
                'verbose_name_plural': 'safeguarding findings',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Headteacher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='email address')),
                ('language', models.CharField(blank=True, choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language they answered in')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='said no')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed')),
                ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='reminders')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('case_study', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='headteacher', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'headteacher',
                'verbose_name_plural': 'headteachers',
            },
        ),
        migrations.CreateModel(
            name='Permission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('headteacher', 'the headteacher’s agreement'), ('licence', 'the licence'), ('pictures', 'a picture with people in it'), ('privacy', 'the privacy notice')], max_length=12, verbose_name='kind')),
                ('text_version', models.CharField(max_length=20, verbose_name='version of the text')),
                ('text_language', models.CharField(choices=[('cy', 'Cymraeg'), ('en', 'English')], max_length=2, verbose_name='language of the text')),
                ('text', models.TextField(verbose_name='text agreed to')),
                ('person', models.CharField(max_length=150, verbose_name='given by')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='permissions', to='casestudies.casestudy')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='permissions', to='files.picture')),
            ],
            options={
                'verbose_name': 'permission',
                'verbose_name_plural': 'permissions',
                'ordering': ['given_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReadyReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(blank=True, editable=False, max_length=60)),
                ('move', models.CharField(max_length=40, verbose_name='for the move')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('title', models.CharField(max_length=120, verbose_name='what it is called')),
                ('title_cy', models.CharField(max_length=120, null=True, verbose_name='what it is called')),
                ('title_en', models.CharField(max_length=120, null=True, verbose_name='what it is called')),
                ('text', models.TextField(max_length=5000, verbose_name='what it says')),
                ('text_cy', models.TextField(max_length=5000, null=True, verbose_name='what it says')),
                ('text_en', models.TextField(max_length=5000, null=True, verbose_name='what it says')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'ready-made reason',
                'verbose_name_plural': 'ready-made reasons',
                'ordering': ['move', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField(verbose_name='sent')),
                ('story', models.JSONField(verbose_name='story')),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='casestudies.casestudy')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_cy', models.CharField(max_length=60, unique=True, verbose_name='name in Welsh')),
                ('name_en', models.CharField(max_length=60, unique=True, verbose_name='name in English')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name_cy__gt', ''), ('name_en__gt', '')), name='tag_filled')],
            },
        ),
        migrations.AddField(
            model_name='casestudy',
            name='tags',
            field=models.ManyToManyField(blank=True, related_name='case_studies', to='casestudies.tag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='TypedReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='as it was typed')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='typed_references', to='casestudies.casestudyedition')),
            ],
            options={
                'verbose_name': 'reference to be resolved',
                'verbose_name_plural': 'references to be resolved',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='casestudyedition',
            index=models.Index(condition=models.Q(('override', 'one-language')), fields=['override_at'], name='casestudyedition_one_language'),
        ),
        migrations.AddIndex(
            model_name='casestudyedition',
            index=models.Index(condition=models.Q(('publish_at__isnull', False)), fields=['publish_at'], name='casestudyedition_planned'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'working')), fields=('content',), name='casestudyedition_one_working'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'live')), fields=('content',), name='casestudyedition_one_live'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['working', 'live'])), name='casestudyedition_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'working'), ('live_since__isnull', False), _connector='OR'), name='casestudyedition_live_since'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'working'), ('publish_at__isnull', True), _connector='OR'), name='casestudyedition_planned_when_working'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('override', ''), ('override_at__isnull', False), _connector='OR'), name='casestudyedition_override_recorded'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('override', 'one-language'), _negated=True), ('only_language', ''), ('only_language_days__isnull', True)), models.Q(('only_language__in', ['cy', 'en']), ('override', 'one-language'), ('only_language_days__range', (1, 30)), models.Q(('override_reason', ''), _negated=True)), _connector='OR'), name='casestudyedition_one_language_bounded'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'working'), models.Q(('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('setting_name_cy__isnull', False), models.Q(('setting_name_cy', ''), _negated=True), ('about_cy__isnull', False), models.Q(('about_cy', ''), _negated=True), ('context_cy__isnull', False), models.Q(('context_cy', ''), _negated=True), ('activity_cy__isnull', False), models.Q(('activity_cy', ''), _negated=True), ('impact_cy__isnull', False), models.Q(('impact_cy', ''), _negated=True), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('setting_name_en__isnull', False), models.Q(('setting_name_en', ''), _negated=True), ('about_en__isnull', False), models.Q(('about_en', ''), _negated=True), ('context_en__isnull', False), models.Q(('context_en', ''), _negated=True), ('activity_en__isnull', False), models.Q(('activity_en', ''), _negated=True), ('impact_en__isnull', False), models.Q(('impact_en', ''), _negated=True)), models.Q(('only_language', 'cy'), ('title_cy__isnull', False), models.Q(('title_cy', ''), _negated=True), ('setting_name_cy__isnull', False), models.Q(('setting_name_cy', ''), _negated=True), ('about_cy__isnull', False), models.Q(('about_cy', ''), _negated=True), ('context_cy__isnull', False), models.Q(('context_cy', ''), _negated=True), ('activity_cy__isnull', False), models.Q(('activity_cy', ''), _negated=True), ('impact_cy__isnull', False), models.Q(('impact_cy', ''), _negated=True)), models.Q(('only_language', 'en'), ('title_en__isnull', False), models.Q(('title_en', ''), _negated=True), ('setting_name_en__isnull', False), models.Q(('setting_name_en', ''), _negated=True), ('about_en__isnull', False), models.Q(('about_en', ''), _negated=True), ('context_en__isnull', False), models.Q(('context_en', ''), _negated=True), ('activity_en__isnull', False), models.Q(('activity_en', ''), _negated=True), ('impact_en__isnull', False), models.Q(('impact_en', ''), _negated=True)), _connector='OR'), name='casestudyedition_filled_when_live', violation_error_message='A published text must be there in both languages.'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'working'), models.Q(('kind', ''), ('phase', ''), ('medium', ''), ('authority', ''), _connector='OR', _negated=True), _connector='OR'), name='casestudyedition_facts_when_live'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'school', 'cluster', 'federation', 'other']), ('phase__in', ['', 'nursery', 'primary', 'middle', 'secondary', 'special', 'pru', 'several']), ('medium__in', ['', 'welsh', 'dual', 'english', 'several']), ('authority__in', ['', 'isle-of-anglesey', 'gwynedd', 'conwy', 'denbighshire', 'flintshire', 'wrexham', 'powys', 'ceredigion', 'pembrokeshire', 'carmarthenshire', 'swansea', 'neath-port-talbot', 'bridgend', 'vale-of-glamorgan', 'rhondda-cynon-taf', 'merthyr-tydfil', 'caerphilly', 'blaenau-gwent', 'torfaen', 'monmouthshire', 'newport', 'cardiff'])), name='casestudyedition_facts_known'),
        ),
        migrations.AddConstraint(
            model_name='casestudyedition',
            constraint=models.CheckConstraint(condition=models.Q(('correction__in', ['editing', 'with_contributor', 'agreed']), models.Q(models.Q(('correction', 'agreed'), _negated=True), models.Q(('agreed_hash', ''), _negated=True), _connector='OR')), name='casestudyedition_correction_known'),
        ),
        migrations.AddConstraint(
            model_name='casestudyreference',
            constraint=models.UniqueConstraint(fields=('edition', 'work'), name='casestudyreference_once_in_a_list'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ('title', 'setting_name', 'summary', 'about', 'context', 'activity', 'impact', 'evidence', 'sharing'))), name='comment_field_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['cy', 'en'])), name='comment_language_known'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text_cy', ''), ('text_en', ''), _negated=True), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('is_internal', False), ('sent_at__isnull', True), _connector='OR'), name='comment_internal_stays_here'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answer_language', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answer_language__in', ['cy', 'en']), ('answered_at__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='comment_answered_once_asked'),
        ),
        migrations.AddConstraint(
            model_name='contributor',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['', 'cy', 'en'])), name='contributor_language_known'),
        ),
        migrations.AddConstraint(
            model_name='contributor',
            constraint=models.CheckConstraint(condition=models.Q(('address_confirmed_at__isnull', True), models.Q(('email', ''), _negated=True), _connector='OR'), name='contributor_confirmed_an_address'),
        ),
        migrations.AddConstraint(
            model_name='creditedperson',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('case_study'), name='creditedperson_once', violation_error_message='This person is in the list already.'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['confirm', 'open', 'write', 'headteacher', 'credit'])), name='accesslink_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('purpose', 'credit')), models.Q(models.Q(('purpose', 'credit'), _negated=True), ('person__isnull', True)), _connector='OR'), name='accesslink_credit_names_a_person'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx'])), name='document_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='documentcopy',
            constraint=models.CheckConstraint(condition=models.Q(('written_in__in', ['', 'cy', 'en', 'both'])), name='documentcopy_language_known'),
        ),
        migrations.AddConstraint(
            model_name='documentcopy',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), models.Q(('title_cy__gt', ''), ('title_en__gt', ''), ('title_cy__isnull', False), ('title_en__isnull', False), models.Q(('written_in', ''), _negated=True)), _connector='OR'), name='documentcopy_published_is_named'),
        ),
        migrations.AddConstraint(
            model_name='documentcheck',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['names', 'accessible', 'language'])), name='documentcheck_what_known'),
        ),
        migrations.AddConstraint(
            model_name='documentcheck',
            constraint=models.UniqueConstraint(fields=('copy', 'what'), name='documentcheck_once'),
        ),
        migrations.AddConstraint(
            model_name='editionhallmark',
            constraint=models.UniqueConstraint(fields=('edition', 'hallmark'), name='editionhallmark_once'),
        ),
        migrations.AddConstraint(
            model_name='editionpicture',
            constraint=models.UniqueConstraint(fields=('edition', 'picture'), name='editionpicture_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['noted', 'pupil', 'telephone', 'email', 'address', 'birth', 'upn', 'picture', 'unmarked'])), name='finding_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'noted'), _negated=True), models.Q(('what', ''), _negated=True), _connector='OR'), name='finding_noted_says_what'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'noted'), models.Q(('field', ''), _negated=True), _connector='OR'), name='finding_found_has_place'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'noted'), _negated=True), fields=('case_study', 'kind', 'field', 'language', 'quote'), name='finding_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['open', 'cleared', 'justified'])), name='finding_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'justified'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='finding_justified_says_why', violation_error_message='Say why this may stand.'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'open'), ('decided_by__isnull', False), _connector='OR'), name='finding_settled_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='headteacher',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['', 'cy', 'en'])), name='headteacher_language_known'),
        ),
        migrations.AddConstraint(
            model_name='headteacher',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_at__isnull', True), ('refused_at__isnull', True), _connector='OR'), name='headteacher_one_answer'),
        ),
        migrations.AddConstraint(
            model_name='permission',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['headteacher', 'licence', 'pictures', 'privacy'])), name='permission_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='permission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'pictures'), ('picture__isnull', False)), models.Q(('kind', 'pictures'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('kind', 'pictures'), _negated=True), ('picture__isnull', True)), _connector='OR'), name='permission_picture_named'),
        ),
        migrations.AddConstraint(
            model_name='permission',
            constraint=models.UniqueConstraint(condition=models.Q(('picture__isnull', True), ('withdrawn_at__isnull', True)), fields=('case_study', 'kind'), name='permission_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='permission',
            constraint=models.UniqueConstraint(condition=models.Q(('picture__isnull', False), ('withdrawn_at__isnull', True)), fields=('case_study', 'picture'), name='permission_for_a_picture_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='readyreason',
            constraint=models.CheckConstraint(condition=models.Q(('move__in', ('set_aside', 'request_changes', 'decline', 'reopen_declined', 'approve_without_contributor', 'archive', 'change_contributor'))), name='readyreason_move_known'),
        ),
        migrations.AddConstraint(
            model_name='readyreason',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='readyreason_key_once'),
        ),
        migrations.AddConstraint(
            model_name='readyreason',
            constraint=models.CheckConstraint(condition=models.Q(('text_cy__gt', ''), ('text_en__gt', ''), ('title_cy__gt', ''), ('title_en__gt', ''), ('text_cy__isnull', False), ('text_en__isnull', False), ('title_cy__isnull', False), ('title_en__isnull', False)), name='readyreason_filled'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('case_study', 'number'), name='snapshot_number_once'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.UniqueConstraint(condition=models.Q(('slug_cy', ''), _negated=True), fields=('slug_cy',), name='casestudy_slug_cy_once'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.UniqueConstraint(condition=models.Q(('slug_en', ''), _negated=True), fields=('slug_en',), name='casestudy_slug_en_once'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'awaiting_confirmation', 'held', 'submitted', 'in_review', 'changes_requested', 'editing', 'with_contributor', 'approved', 'published', 'archived', 'withdrawn', 'declined'])), name='casestudy_status_known'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['contributor', 'editors', 'illustration'])), name='casestudy_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), ('claimed_by__isnull', False), _connector='OR'), name='casestudy_review_has_editor'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('claimed_by__isnull', True), ('status__in', ['in_review', 'changes_requested', 'editing', 'with_contributor', 'approved']), _connector='OR'), name='casestudy_claimed_while_moderated'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('publish_at__isnull', True), ('status', 'approved'), _connector='OR'), name='casestudy_scheduled_when_approved'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.UniqueConstraint(fields=('featured',), name='casestudy_featured_place_once'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('featured__isnull', True), models.Q(('featured__range', (1, 4)), ('status', 'published')), _connector='OR'), name='casestudy_featured_when_published'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('first_published_at__isnull', False), models.Q(('slug_cy', ''), _negated=True), models.Q(('slug_en', ''), _negated=True)), _connector='OR'), name='casestudy_published_has_address'),
        ),
        migrations.AddConstraint(
            model_name='casestudy',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_at__isnull', False), ('status__in', ['draft', 'awaiting_confirmation']), models.Q(('origin', 'contributor'), _negated=True), _connector='OR'), name='casestudy_sent_has_time'),
        ),
        migrations.AddConstraint(
            model_name='typedreference',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='typedreference_says_something'),
        ),
    ]
