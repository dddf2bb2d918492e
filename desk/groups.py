"""Who may what: one literal table, put in force by a migration and again after every `migrate` and `flush`.

A permission is written `app.codename`. Rights that depend on the state of a thing, or on whose it is, are asked where the
thing is changed; nobody may delete people, events, snapshots or case studies, so no group holds those permissions and the
admin refuses them to superusers too.
"""

from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as installed

TRANSLATORS = frozenset({
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
})  # fmt: skip

EDITORS = TRANSLATORS | frozenset({
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
})  # fmt: skip

ADMINISTRATORS = EDITORS | frozenset({
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
})  # fmt: skip

GROUPS: dict[str, frozenset[str]] = {
    "Editors": EDITORS,
    "Translators": TRANSLATORS,
    "Administrators": ADMINISTRATORS,
}


def put_in_force(apps: Apps | Any = installed, using: str = "default", **kwargs: Any) -> None:
    """Make the groups what the table says. Receives `post_migrate`, which is also sent after a `flush`."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _created = group_model.objects.using(using).get_or_create(name=name)
        # While migrations are half-way (`migrate <app>`) some permissions are not there yet; the next run adds them.
        group.permissions.set([found[code] for code in wanted if code in found])
