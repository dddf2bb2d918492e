"""Ready-made wordings of common reasons, in both languages. Editors choose one for a move, and change it for the story."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.workflow import rules
from foundation.bilingual.agreement import State
from foundation.bilingual.models import Agreement
from foundation.bilingual.services import agreed_pairs, states_of

#: The moves that ask an editor why.
REASONED = tuple(name for name, rule in rules().items() if rule.reason and name != "ask_for_changes")


def moves_with_reasons() -> list[tuple[str, str]]:
    """For forms: each such move with its name in the reader's language."""
    return [(name, str(rules()[name].label)) for name in REASONED]


class ReadyReasonQuerySet(models.QuerySet["ReadyReason"]):
    """Ready-made reasons."""

    def offered(self) -> "list[ReadyReason]":
        """Those whose two languages say the same, in order. Two queries."""
        reasons = list(self.order_by("position", "pk"))
        return in_step(reasons)


def in_step(reasons: "Iterable[ReadyReason]") -> "list[ReadyReason]":
    """Those of `reasons` whose two languages were last said to match as they stand now. One query."""
    reasons = list(reasons)
    agreed = agreed_pairs(reasons)
    return [
        reason
        for reason in reasons
        if all(state.state == State.IN_STEP for state in states_of(reason, agreed.get(reason.pk, {})).values())
    ]


class ReadyReason(models.Model):
    """One reason for one move. It is offered while its two languages say the same.

    `key` is its name in the starter content; "" for those that editors add.
    """

    key = models.SlugField(max_length=60, blank=True, editable=False)
    move = models.CharField(_("for the move"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("what it is called"), max_length=120)
    text = models.TextField(_("what it says"), max_length=5000)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )

    agreements = GenericRelation(Agreement)

    title_cy: str | None
    title_en: str | None
    text_cy: str | None
    text_en: str | None

    objects = ReadyReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("ready-made reason")
        verbose_name_plural = _("ready-made reasons")
        ordering = ["move", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(move__in=REASONED), name="readyreason_move_known"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="readyreason_key_once"),
            models.CheckConstraint(
                condition=Q(title_cy__gt="", title_en__gt="", text_cy__gt="", text_en__gt="")
                & Q(title_cy__isnull=False, title_en__isnull=False, text_cy__isnull=False, text_en__isnull=False),
                name="readyreason_filled",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def move_label(self) -> str:
        return str(rules()[self.move].label)
