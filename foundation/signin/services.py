"""Inviting people, letting them in, and ending what lets them in."""

from collections.abc import Iterable
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from foundation.correspondence.services import cancel_all
from foundation.people.models import User
from foundation.record.actors import Actor, Role
from foundation.record.services import write
from foundation.signin.letters import write_invitation
from foundation.signin.models import Invitation, days_from_now


class NotPossible(Exception):
    """What was asked cannot be done (any more). `code`: has-account, not-open."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def invite(*, email: str, language: str, groups: Iterable[Group], by: User) -> Invitation:
    """Ask somebody to work here, by a message in their language."""
    if User.objects.filter(email__iexact=email).exists():
        raise NotPossible("has-account")
    invitation = Invitation(email=email, language=language, invited_by=by)
    invitation.save(force_insert=True)
    invitation.groups.set(groups)
    send_invitation(invitation=invitation, by=by)
    return invitation


@transaction.atomic
def send_invitation(*, invitation: Invitation, by: User) -> None:
    """Write the message, with a new time to answer it in. Links that were sent before stay good as long as this one."""
    row = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not row.update(expires_at=days_from_now()):
        raise NotPossible("not-open")
    invitation.refresh_from_db()
    event = write(actor=_administrator(by), kind="invitation", subject=invitation.key, code="invite")
    write_invitation(invitation=invitation, event=event)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back: its links open nothing any more, and what has not gone does not go."""
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        raise NotPossible("not-open")
    cancel_all(about=invitation.key, recipient=invitation.email)
    write(actor=_administrator(by), kind="invitation", subject=invitation.key, code="revoke")


@transaction.atomic
def accept(*, invitation: Invitation, name: str, password: str | None, now: datetime | None = None) -> User:
    """Make the account that was offered. Without a password it is one for single sign-on only."""
    now = now or timezone.now()
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise NotPossible("not-open")
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=name, language=invitation.language)
    except IntegrityError:
        raise NotPossible("has-account") from None
    user.groups.set(invitation.groups.all())
    write(actor=Actor(Role.ANYONE, user), kind="person", subject=user.key, code="accept-invitation")
    return user


@transaction.atomic
def end_sessions(*, user: User) -> int:
    """Sign a person out wherever they are signed in. How many sessions were known."""
    User.objects.filter(pk=user.pk).update(sessions_round=F("sessions_round") + 1)
    user.refresh_from_db(fields=["sessions_round"])
    known = list(UserSession.objects.filter(user=user))
    for session in known:
        session.end()
    return len(known)


def forget_sessions(now: datetime) -> None:
    """Let go of what is known about sessions that are over."""
    UserSession.objects.exclude(session_key__in=Session.objects.filter(expire_date__gt=now).values("pk")).delete()


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> int:
    """The same, done and logged by an administrator."""
    write(actor=_administrator(by), kind="person", subject=user.key, code="end-sessions")
    return end_sessions(user=user)


@transaction.atomic
def reset_second_factor(*, user: User, by: User) -> int:
    """Let somebody who has lost their second factor set up another. All their sessions end: whoever has it is out as well."""
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    write(actor=_administrator(by), kind="person", subject=user.key, code="reset-second-step")
    end_sessions(user=user)
    return count


def _administrator(user: User) -> Actor:
    return Actor(Role.ADMINISTRATOR, user)
