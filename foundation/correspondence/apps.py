"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondenceConfig(AppConfig):
    """Every message."""

    name = "foundation.correspondence"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from datetime import timedelta

        from django.conf import settings
        from django_tasks_db.models import DBTaskResult

        from foundation.clock.jobs import register
        from foundation.clock.retention import Period, register_period
        from foundation.correspondence.kinds import register_value
        from foundation.correspondence.models import Attempt, Message, State, Wording
        from foundation.correspondence.tasks import sweep
        from foundation.record.redaction import register_words

        register_value(
            "reference",
            lambda context: getattr(context["about"], "reference", ""),
            _("the reference number of the case study"),
        )
        register_value(
            "name",
            lambda context: getattr(context.get("reader"), "name", ""),
            _("the name of the person who gets the message"),
        )
        # Each message has a lease of its own, so two workers may sweep at once; and a worker that dies sweeping must not
        # keep the others from it for longer than a message.
        lease = timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
        register("send-messages", every=min(timedelta(seconds=20), lease), run=sweep, lease=lease)
        register_period(
            Period(
                name="messages",
                label=_("Messages that have gone, or will not go"),
                setting="MESSAGE_DAYS",
                rows=lambda: Message.objects.exclude(state__in=[State.WAITING, State.QUEUED]),
                since="created_at",
                forget=lambda message, now: message.delete(),
                address="admin:correspondence_message_changelist",
            )
        )
        register_words(Message, "recipient", "subject", "body", "note_cy", "note_en", "error")
        register_words(Attempt, "answer")
        register_words(Wording, "subject", "body")
        register_words(DBTaskResult, "traceback", label=_("tasks in the background"))
