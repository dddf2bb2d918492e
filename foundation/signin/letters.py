"""The messages to staff about their account, and what may stand in them."""

from collections.abc import Callable
from urllib.parse import quote

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.bilingual.addresses import absolute
from foundation.bilingual.languages import current
from foundation.bilingual.words import format_date
from foundation.correspondence.kinds import Context, register_kind, register_link, register_value
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.people.models import User
from foundation.record.models import Event
from foundation.signin.models import Invitation, days_from_now

#: What may have changed about an account, by the name that allauth has for it.
CHANGES = {
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_reset": gettext_lazy("Your password was changed by a link in a message."),
    "account/email/password_set": gettext_lazy("Your account has a password now."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added as your second step."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app is no longer your second step."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones no longer work."),
}
#: The mails that somebody can stop, by what the link in them says.
STOPPABLE = ("digest", "reminder")
_SALT = "foundation.signin.letters.stop"


def register() -> None:
    """Register the kinds, and what stands for each placeholder."""
    register_kind("invitation", gettext_lazy("Invitation to work here"), frame="editor")
    register_kind("password-reset", gettext_lazy("Link to set a new password"), frame="editor")
    register_kind("account-changed", gettext_lazy("Something about an account has changed"), frame="editor")
    register_kind("digest", gettext_lazy("What waits for you"), frame="editor")
    register_kind("reminder", gettext_lazy("What you have taken on is late"), frame="editor")
    register_value("invitation-date", _last_day, gettext_lazy("the day on which the invitation runs out"))
    register_value("inviter", _inviter, gettext_lazy("the name of the administrator who invites"))
    register_value("account-change", _change, gettext_lazy("what has changed about the account"))
    register_value("what-waits", _waiting, gettext_lazy("the list of what waits"))
    register_link("invitation-link", _invitation_link, gettext_lazy("the link to accept an invitation"))
    register_link("reset-link", _reset_link, gettext_lazy("the link to set a new password"))
    register_link("first-page-link", _page_of("admin:index"), gettext_lazy("the address of the desk"))
    register_link("account-link", _page_of("account"), gettext_lazy("the address of one’s own account"))
    register_link("stop-link", _stop_link, gettext_lazy("the link to get no more of these mails"))


# --- values: None of these is known in a preview, which is filled from a story ------------------------------------------------


def _last_day(context: Context) -> str:
    about = context["about"]
    moment = about.expires_at if isinstance(about, Invitation) else days_from_now()
    return format_date(timezone.localtime(moment).date(), current())


def _inviter(context: Context) -> str:
    about = context["about"]
    return str(about.invited_by) if isinstance(about, Invitation) and about.invited_by else _("An administrator")


def _change(context: Context) -> str:
    return str(CHANGES[context.get("change", "account/email/password_changed")])


def _waiting(context: Context) -> str:
    lines = context.get("lines")
    return "\n".join(f"– {line}" for line in lines()) if lines else _("– case studies waiting for an editor: 2")


# --- links ----------------------------------------------------------------------------------------------------------------


def _page_of(name: str) -> Callable[[Message, str], str]:
    return lambda message, language: absolute(reverse(name), language)


def _invitation_link(message: Message, language: str) -> str:
    """One that is revoked, or goes to another address by now, gets a link that opens nothing."""
    invitation = Invitation.objects.waiting().filter(key=message.about, email__iexact=message.recipient).first()
    return absolute(reverse("invitation", args=[invitation.mint() if invitation else "-"]), language)


def _reset_link(message: Message, language: str) -> str:
    """Good until it is used or the person signs in, for `PASSWORD_RESET_TIMEOUT` seconds at most; nothing is stored."""
    user = User.objects.filter(key=message.about, email__iexact=message.recipient, is_active=True).first()
    own = (user_pk_to_url_str(user), default_token_generator.make_token(user)) if user else ("0", "-")
    return absolute(reverse("account_reset_password_from_key", args=[own[0], quote(own[1])]), language)


def _stop_link(message: Message, language: str) -> str:
    return absolute(reverse("stop_mail", args=[token_to_stop(str(message.about), message.kind)]), language)


def token_to_stop(key: str, kind: str) -> str:
    """What stops one kind of mail to the person with that key, and nothing else."""
    return signing.dumps({"key": key, "kind": kind}, salt=_SALT)


def read_stop_link(token: str) -> tuple[User, str] | None:
    """Whose mails of which kind a link stops; None where we never made it. It does not run out: mail is kept for years."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(key=said["key"]).first()
    return (user, said["kind"]) if user and said["kind"] in STOPPABLE else None


# --- writing --------------------------------------------------------------------------------------------------------------


def write_invitation(*, invitation: Invitation, event: Event) -> Message:
    return write_message(
        kind="invitation",
        recipient=invitation.email,
        language=invitation.language,
        about=invitation.key,
        event=event,
        context={"about": invitation, "reader": None},
    )


def write_to(user: User, kind: str, **context: object) -> Message:
    """Write to a member of staff, in their language."""
    return write_message(
        kind=kind,
        recipient=user.email,
        language=user.language,
        about=user.key,
        context={"about": user, "reader": user, **context},
    )
