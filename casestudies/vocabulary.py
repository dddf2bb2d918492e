"""The fixed lists of a case study: its states, and the facts about a setting."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import Language, speaking


class Status(models.TextChoices):
    """Where a case study is in its life. The moves between these are in `workflow.py`."""

    DRAFT = "draft", pgettext_lazy("case study", "draft")
    AWAITING_CONFIRMATION = "awaiting_confirmation", pgettext_lazy("case study", "awaiting confirmation")
    HELD = "held", pgettext_lazy("case study", "held")
    SUBMITTED = "submitted", pgettext_lazy("case study", "submitted")
    IN_REVIEW = "in_review", pgettext_lazy("case study", "in review")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("case study", "changes requested")
    EDITING = "editing", pgettext_lazy("case study", "being edited")
    WITH_CONTRIBUTOR = "with_contributor", pgettext_lazy("case study", "with the contributor")
    APPROVED = "approved", pgettext_lazy("case study", "approved")
    PUBLISHED = "published", pgettext_lazy("case study", "published")
    ARCHIVED = "archived", pgettext_lazy("case study", "archived")
    WITHDRAWN = "withdrawn", pgettext_lazy("case study", "withdrawn")
    DECLINED = "declined", pgettext_lazy("case study", "declined")
    REMOVED = "removed", pgettext_lazy("case study", "removed")


#: Somebody may hold it: between claim and publication.
CLAIMABLE = (
    Status.IN_REVIEW,
    Status.CHANGES_REQUESTED,
    Status.EDITING,
    Status.WITH_CONTRIBUTOR,
    Status.APPROVED,
)
#: Not sent yet: editors see number, age and expiry, no words and no names.
UNSENT = (Status.DRAFT, Status.AWAITING_CONFIRMATION)
#: As these a story comes in, …
RECEIVED = (Status.SUBMITTED, Status.HELD)
#: … and with these moves an editor gives its contributor a first answer.
ANSWERS = ("request_changes", "accept", "decline")
#: Sent, and not answered yet: its contributor was told by which day it would be.
OWED = (Status.HELD, Status.SUBMITTED, Status.IN_REVIEW)
#: Published, or in the archive: permission for it can be withdrawn.
SHOWN = (Status.PUBLISHED, Status.ARCHIVED)
#: Not shown, and nobody is working on it.
GONE = (Status.ARCHIVED, Status.WITHDRAWN, Status.DECLINED, Status.REMOVED)

#: The facts about a setting that a published story has, as its edition names them.
FACTS = ("kind", "phase", "medium", "authority")


class Correction(models.TextChoices):
    """How far the correction of a published story has come. The story itself stays published."""

    EDITING = "editing", pgettext_lazy("correction", "being written")
    WITH_CONTRIBUTOR = "with_contributor", pgettext_lazy("correction", "with the contributor")
    AGREED = "agreed", pgettext_lazy("correction", "agreed")


class Origin(models.TextChoices):
    """Who the story comes from."""

    CONTRIBUTOR = "contributor", _("a contributor")
    EDITORS = "editors", _("written by the editors")
    ILLUSTRATION = "illustration", _("an illustration with a made-up setting")


class Kind(models.TextChoices):
    """What kind of setting the story is about."""

    SCHOOL = "school", _("School")
    CLUSTER = "cluster", _("Cluster of schools")
    FEDERATION = "federation", _("Federation")
    OTHER = "other", _("Other setting")


class Phase(models.TextChoices):
    """The ages that the setting teaches."""

    NURSERY = "nursery", _("Nursery")
    PRIMARY = "primary", _("Primary")
    MIDDLE = "middle", _("All-age (middle)")
    SECONDARY = "secondary", _("Secondary")
    SPECIAL = "special", _("Special")
    PRU = "pru", _("Pupil referral unit")
    SEVERAL = "several", _("Several phases")


class Medium(models.TextChoices):
    """The language the setting teaches through."""

    WELSH = "welsh", _("Welsh-medium")
    DUAL = "dual", _("Dual language")
    ENGLISH = "english", _("English-medium")
    SEVERAL = "several", _("More than one of these")


class Authority(models.TextChoices):
    """The 22 local authorities of Wales."""

    ISLE_OF_ANGLESEY = "isle-of-anglesey", _("Isle of Anglesey")
    GWYNEDD = "gwynedd", _("Gwynedd")
    CONWY = "conwy", _("Conwy")
    DENBIGHSHIRE = "denbighshire", _("Denbighshire")
    FLINTSHIRE = "flintshire", _("Flintshire")
    WREXHAM = "wrexham", _("Wrexham")
    POWYS = "powys", _("Powys")
    CEREDIGION = "ceredigion", _("Ceredigion")
    PEMBROKESHIRE = "pembrokeshire", _("Pembrokeshire")
    CARMARTHENSHIRE = "carmarthenshire", _("Carmarthenshire")
    SWANSEA = "swansea", _("Swansea")
    NEATH_PORT_TALBOT = "neath-port-talbot", _("Neath Port Talbot")
    BRIDGEND = "bridgend", _("Bridgend")
    VALE_OF_GLAMORGAN = "vale-of-glamorgan", _("Vale of Glamorgan")
    RHONDDA_CYNON_TAF = "rhondda-cynon-taf", _("Rhondda Cynon Taf")
    MERTHYR_TYDFIL = "merthyr-tydfil", _("Merthyr Tydfil")
    CAERPHILLY = "caerphilly", _("Caerphilly")
    BLAENAU_GWENT = "blaenau-gwent", _("Blaenau Gwent")
    TORFAEN = "torfaen", _("Torfaen")
    MONMOUTHSHIRE = "monmouthshire", _("Monmouthshire")
    NEWPORT = "newport", _("Newport")
    CARDIFF = "cardiff", _("Cardiff")


@cache
def authorities(language: Language) -> list[tuple[str, str]]:
    """The local authorities by their names in `language`, in the order of its alphabet."""
    with speaking(language):
        named = [(value, str(name)) for value, name in Authority.choices]
    return sorted(named, key=lambda choice: sort_key(choice[1], language))
