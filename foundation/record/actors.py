"""Who is acting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from foundation.people.models import User


class Role(models.TextChoices):
    """As what somebody acts. An administrator may also do what an editor may."""

    ANYONE = "anyone", _("anyone")
    CONTRIBUTOR = "contributor", _("contributor")
    HEADTEACHER = "headteacher", _("headteacher")
    TRANSLATOR = "translator", _("translator")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")
    CLOCK = "clock", _("clock")


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or the clock, acting in a role. Staff come with their account."""

    role: Role
    user: User | None = None

    @property
    def key(self) -> str:
        """What the log calls them: the key of an account, or nothing."""
        return str(self.user.key) if self.user else ""

    def acts_as(self, role: Role) -> bool:
        return self.role == role or (role == Role.EDITOR and self.role == Role.ADMINISTRATOR)


CLOCK = Actor(Role.CLOCK)
CONTRIBUTOR = Actor(Role.CONTRIBUTOR)
ANYONE = Actor(Role.ANYONE)
