"""The three groups, with their permissions.

Permissions are made by a signal after all migrations, so this migration makes those it hands out (and their content types)
itself; the signal finds them there. The table is a copy of `desk/groups.py` as it was when this migration was written.
"""

from django.db import migrations

TRANSLATORS = [
    "bilingual.add_agreement",
    "bilingual.change_agreement",
    "bilingual.view_agreement",
    "casestudies.change_casestudyedition",
    "casestudies.change_editionhallmark",
    "casestudies.change_editionpicture",
    "casestudies.change_readyreason",
    "casestudies.translate_casestudy",
    "casestudies.view_casestudy",
    "casestudies.view_casestudyedition",
    "casestudies.view_casestudyreference",
    "casestudies.view_editionhallmark",
    "casestudies.view_editionpicture",
    "casestudies.view_readyreason",
    "casestudies.view_tag",
    "casestudies.view_typedreference",
    "correspondence.change_message",
    "correspondence.change_wording",
    "correspondence.view_message",
    "correspondence.view_wording",
    "hallmarks.change_hallmarkedition",
    "hallmarks.view_connection",
    "hallmarks.view_framework",
    "hallmarks.view_hallmark",
    "hallmarks.view_hallmarkedition",
    "hallmarks.view_hallmarkreference",
    "hallmarks.view_strand",
    "pages.change_pageedition",
    "pages.view_page",
    "pages.view_pageedition",
    "references.view_work",
]

EDITORS = [
    *TRANSLATORS,
    "casestudies.add_casestudy",
    "casestudies.add_casestudyreference",
    "casestudies.add_creditedperson",
    "casestudies.add_editionhallmark",
    "casestudies.add_editionpicture",
    "casestudies.add_finding",
    "casestudies.add_readyreason",
    "casestudies.add_tag",
    "casestudies.change_casestudy",
    "casestudies.change_casestudyreference",
    "casestudies.change_creditedperson",
    "casestudies.change_finding",
    "casestudies.change_tag",
    "casestudies.change_typedreference",
    "casestudies.delete_casestudyreference",
    "casestudies.delete_creditedperson",
    "casestudies.delete_editionhallmark",
    "casestudies.delete_editionpicture",
    "casestudies.delete_readyreason",
    "casestudies.delete_tag",
    "casestudies.delete_typedreference",
    "casestudies.moderate_casestudy",
    "casestudies.view_contributor",
    "casestudies.view_erasure",
    "casestudies.view_creditedperson",
    "casestudies.view_finding",
    "casestudies.view_permission",
    "casestudies.view_snapshot",
    "clock.view_job",
    "correspondence.delete_wording",
    "files.add_picture",
    "files.view_picture",
    "hallmarks.add_connection",
    "hallmarks.add_framework",
    "hallmarks.add_hallmarkreference",
    "hallmarks.add_strand",
    "hallmarks.change_connection",
    "hallmarks.change_framework",
    "hallmarks.change_hallmark",
    "hallmarks.change_hallmarkreference",
    "hallmarks.change_strand",
    "hallmarks.delete_connection",
    "hallmarks.delete_hallmarkreference",
    "pages.add_page",
    "pages.change_page",
    "problems.change_problem",
    "problems.view_problem",
    "record.view_event",
    "record.view_note",
    "references.add_work",
    "references.change_link",
    "references.change_work",
    "references.view_link",
]

ADMINISTRATORS = [
    *EDITORS,
    "auth.view_group",
    "casestudies.administer_casestudy",
    "casestudies.override_casestudyedition",
    "hallmarks.override_hallmarkedition",
    "pages.override_pageedition",
    "people.add_user",
    "people.change_user",
    "people.view_user",
    "record.add_redaction",
    "record.view_redaction",
    "signin.add_invitation",
    "signin.view_invitation",
]

GROUPS = {"Editors": EDITORS, "Translators": TRANSLATORS, "Administrators": ADMINISTRATORS}


def create_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    group_model = apps.get_model("auth", "Group")
    for name, codes in GROUPS.items():
        group, _created = group_model.objects.using(alias).get_or_create(name=name)
        group.permissions.set([permission(apps, alias, code) for code in codes])


def permission(apps, alias, code):
    """The permission `app.codename`, made where it is not there yet."""
    app_label, codename = code.split(".")
    action, model_name = codename.split("_", 1)
    options = apps.get_model(app_label, model_name)._meta
    names = dict(options.permissions)
    content_type, _created = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label=app_label, model=model_name)
    )
    found, _created = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": names.get(codename, f"Can {action} {options.verbose_name_raw}")},
        )
    )
    return found


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0001_create_users"),
        ("bilingual", "0001_create_agreements"),
        ("files", "0001_create_pictures"),
        ("clock", "0001_create_jobs"),
        ("record", "0001_create_log"),
        ("correspondence", "0001_create_messages"),
        ("problems", "0001_create_problems"),
        ("signin", "0001_create_invitations"),
        ("pages", "0001_create_pages"),
        ("references", "0001_create_works"),
        ("hallmarks", "0001_create_hallmarks"),
        ("casestudies", "0001_create_case_studies"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
