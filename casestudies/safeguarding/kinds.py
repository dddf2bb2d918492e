"""What may be found, and the question that is asked about it."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a finding is about."""

    NOTED = "noted", _("noted by an editor")
    PUPIL = "pupil", _("a pupil’s name")
    TELEPHONE = "telephone", _("a telephone number")
    EMAIL = "email", _("an email address")
    ADDRESS = "address", _("a postal address")
    BIRTH = "birth", _("a date of birth")
    UPN = "upn", _("a pupil number")
    PICTURE = "picture", _("a picture with people in it")
    UNMARKED = "unmarked", _("a picture that may have people in it")


_QUESTIONS: dict[str, str | Promise] = {
    Kind.PUPIL: _("“%(quote)s” may name a pupil. Can you leave the name out?"),
    Kind.TELEPHONE: _("“%(quote)s” looks like a telephone number. Should everybody be able to read it?"),
    Kind.EMAIL: _("“%(quote)s” is an email address. Should everybody be able to read it?"),
    Kind.ADDRESS: _("“%(quote)s” looks like somebody’s address. Can you leave it out?"),
    Kind.BIRTH: _("“%(quote)s” looks like a date of birth. Can you leave it out?"),
    Kind.UPN: _("“%(quote)s” looks like a pupil’s number (UPN). Can you leave it out?"),
    Kind.PICTURE: _("This picture shows people. Does the school have permission to show them?"),
    Kind.UNMARKED: _("Nobody has said whether this picture shows people. Does it?"),
}


def question(kind: str, quote: str) -> str:
    """What is asked about a place, in the reader's language."""
    return str(_QUESTIONS[kind]) % {"quote": quote}
