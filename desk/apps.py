"""The app of this room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The editors' admin."""

    name = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from datetime import timedelta

        from desk import digest, planned
        from desk.figures import count_figures, count_steps
        from desk.groups import put_in_force
        from desk.parity.words import count_in_words
        from foundation.bilingual.completeness import register_recount
        from foundation.clock.jobs import register
        from foundation.signin.waiting import register_waiting

        register("count-for-the-desk", every=timedelta(minutes=5), run=count_figures)
        register("count-out-of-step", every=timedelta(hours=1), run=count_steps, lease=timedelta(hours=1))
        register("count-words", every=timedelta(days=1), run=count_in_words, lease=timedelta(hours=1))
        for recount in (count_figures, count_steps, count_in_words):
            register_recount(recount)
        register_waiting(digest.find)
        planned.register()
        post_migrate.connect(put_in_force, sender=self, dispatch_uid="desk-groups")
