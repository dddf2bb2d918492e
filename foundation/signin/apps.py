"""The app of this room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    """How staff come in: invitations, signing in, the second factor, sessions, preferences."""

    name = "foundation.signin"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        from foundation.clock.jobs import register
        from foundation.clock.retention import Period, register_period
        from foundation.record.redaction import register_words
        from foundation.signin import letters
        from foundation.signin.models import Invitation
        from foundation.signin.services import forget_sessions
        from foundation.signin.waiting import write_to_those_who_wait

        letters.register()
        register("tell-what-waits", every=timedelta(hours=1), run=write_to_those_who_wait)
        register("forget-sessions", every=timedelta(days=1), run=forget_sessions)
        register_period(
            Period(
                name="invitations",
                label=_("Invitations that were accepted or revoked, or have run out"),
                setting="OLD_INVITATION_DAYS",
                rows=Invitation.objects.all,
                since="expires_at",
                forget=lambda invitation, now: invitation.delete(),
                address="admin:signin_invitation_changelist",
            )
        )
        register_words(Invitation, "email", stays=True)
