"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """The log."""

    name = "foundation.record"
    verbose_name = _("Log")

    def ready(self) -> None:
        """Says where words stand in this room, in those below it and in Django's own tables (`foundation.record.redaction`)."""
        from django.contrib.admin.models import LogEntry
        from django.contrib.sessions.backends.db import SessionStore
        from django.contrib.sessions.models import Session

        from foundation.bilingual.agreement import fingerprint
        from foundation.bilingual.models import Agreement
        from foundation.clock.models import Job
        from foundation.people.models import User
        from foundation.record.models import Note
        from foundation.record.redaction import register_words

        register_words(Note, "text_cy", "text_en")
        register_words(
            Agreement,
            "text_cy",
            "text_en",
            also=lambda row: {f"hash_{language}": fingerprint(row[f"text_{language}"]) for language in ("cy", "en")},
        )
        register_words(Job, "error")
        register_words(
            LogEntry,
            "object_repr",
            "change_message",
            as_json=("change_message",),
            label=_("lines of the admin’s own log"),
        )
        session = ("session_data",)
        register_words(
            Session, *session, goes_with=session, as_json=session, parse=SessionStore().decode, label=_("open sessions")
        )
        register_words(User, "email", "name", stays=True)
