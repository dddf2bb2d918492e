"""What a move asks of a case study beside its state. Each guard gives the obstacles it finds: none means go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.vocabulary import FACTS, Origin, Status
from foundation.bilingual.agreement import BOTH_THERE
from foundation.bilingual.policies import Policy
from foundation.correspondence.models import UNDELIVERED, Message, State
from foundation.people.models import User
from foundation.publishing.gate import Obstacle, obstacles, states_with_rows
from foundation.record.actors import Actor, Role
from foundation.record.models import Event

if TYPE_CHECKING:
    from casestudies.models import CaseStudy

ANSWER_DAYS = 60  # a contributor's silence after changes were requested
PROOF_DAYS = 28  # … and after a proof was sent
REMINDERS = 2


def is_own(case: CaseStudy, actor: Actor) -> bool:
    """Whether the story is the actor's own: they started it, or share its contributor's confirmed address."""
    if actor.user is None:
        return False
    if case.started_by_id == actor.user.pk:
        return True
    contributor = case.contributor_or_none
    return bool(
        contributor and contributor.address_confirmed_at and contributor.email.casefold() == actor.user.email.casefold()
    )


def last_resort(actor: Actor) -> bool:
    """Where one editor is left, an administrator may decide on a story of their own, with a reason."""
    editors = User.objects.filter(is_active=True, is_staff=True, groups__name="Editors")
    return actor.role == Role.ADMINISTRATOR and editors.count() <= 1


def may_decide(case: CaseStudy, actor: Actor) -> bool:
    """Nobody decides on a story of their own, as long as somebody else can."""
    return not is_own(case, actor) or last_resort(actor)


def draft_is_complete(case: CaseStudy) -> list[Obstacle]:
    if case.draft_is_complete:
        return []
    return [Obstacle("incomplete", _("Answer every question before you send the story."))]


def draft_has_expired(case: CaseStudy) -> list[Obstacle]:
    if case.expires_at <= timezone.now():
        return []
    return [Obstacle("not-yet", _("The draft has not expired yet."))]


def answer_is_overdue(case: CaseStudy) -> list[Obstacle]:
    return _silent(case, ANSWER_DAYS)


def _silent(case: CaseStudy, days: int) -> list[Obstacle]:
    waited = case.status == Status.EDITING or case.status_since + timedelta(days=days) <= timezone.now()
    if case.reminders >= REMINDERS and waited:
        return []
    return [
        Obstacle(
            "not-yet",
            _("Only after two reminders and %(days)d days without an answer.") % {"days": days},
        )
    ]


def has_lapsed(case: CaseStudy) -> list[Obstacle]:
    return [] if case.lapsed_at else [Obstacle("declined", _("The story was declined by an editor."))]


def has_contributor(case: CaseStudy) -> list[Obstacle]:
    contributor = case.contributor_or_none
    if contributor is not None and contributor.email:
        return []
    return [Obstacle("no-contributor", _("There is no contributor to send the proof to."))]


def both_languages_filled(case: CaseStudy) -> list[Obstacle]:
    """Every required text is there in both languages, or the one-language override says which is enough."""
    edition = case.working
    if edition is None:
        return [Obstacle("no-working", _("There is no working edition."))]
    if edition.only_language:
        return obstacles(edition)
    return [
        Obstacle(state.state.value, _("Fill in this text in both languages."), state.field)
        for state in states_with_rows(edition)
        if state.policy in (Policy.REQUIRED, Policy.SHARED) and state.state not in BOTH_THERE
    ]


def contributor_not_needed(case: CaseStudy) -> list[Obstacle]:
    """Editors wrote it, or the contributor has been silent for long enough after the proof.

    Whose proof was taken back keeps its reminders only where the silence was long enough by then.
    """
    if case.origin != Origin.CONTRIBUTOR:
        return []
    return _silent(case, PROOF_DAYS)


def permissions_stand(case: CaseStudy) -> list[Obstacle]:
    """The headteacher's agreement (not for stories that editors wrote), the licence, every picture with people."""
    standing = {(permission.kind, permission.picture_id) for permission in case.permissions.all() if permission.stands}
    found = []
    if case.origin == Origin.CONTRIBUTOR:
        if ("headteacher", None) not in standing:
            found.append(Obstacle("headteacher", _("The headteacher has not agreed.")))
        if ("licence", None) not in standing:
            found.append(Obstacle("licence", _("The licence has not been given.")))
    for picture in case.pictures_to_publish:
        if picture.shows_people is None:
            found.append(Obstacle("people-unmarked", _("Say of every picture whether it shows people.")))
        elif picture.shows_people and ("pictures", picture.picture_id) not in standing:
            found.append(Obstacle("picture", _("There is no permission for a picture with people in it.")))
    return found


def permissions_given_anew(case: CaseStudy) -> list[Obstacle]:
    """What a story that comes back needs: every permission, the headteacher's at least asked for where somebody else sends it."""
    is_asked = case.headteacher_or_none is not None
    return [found for found in permissions_stand(case) if not (is_asked and found.code == "headteacher")]


def was_held(case: CaseStudy) -> bool:
    """Whether a story that was withdrawn was held until then."""
    withdrawn = Event.objects.about(case.uuid).arriving_at(Status.WITHDRAWN).last()
    return withdrawn is not None and withdrawn.from_state == Status.HELD


def people_told(case: CaseStudy) -> list[Obstacle]:
    """Nobody is named who was not told: a message that was refused or came back has told nobody."""
    named = [person for person in case.credits.all() if person.declined_at is None]
    sent = Message.objects.filter(about=case.uuid, kind="credit-told").order_by("created_at") if named else ()
    latest = {message.recipient.casefold(): message.state for message in sent}
    states = {latest.get(person.email.casefold(), State.SENT) if person.told_at else State.FAILED for person in named}
    if states <= {State.SENT}:
        return []
    if states & {*UNDELIVERED, State.CANCELLED}:
        return [Obstacle("person-not-told", _("Somebody who is named has not been told."))]
    words = _("The message to somebody who is named has not gone yet. Wait a few minutes, and try again.")
    return [Obstacle("person-not-told", words)]


def findings_settled(case: CaseStudy) -> list[Obstacle]:
    if all(finding.is_settled for finding in case.findings.all()):
        return []
    return [Obstacle("safeguarding", _("Clear or justify every safeguarding finding."))]


def edition_is_ready(case: CaseStudy) -> list[Obstacle]:
    """The languages are in step (or an override stands), and the facts of the setting are known."""
    edition = case.working
    if edition is None:
        return [Obstacle("no-working", _("There is no working edition."))]
    missing = [
        Obstacle("fact-missing", _("Fill in the facts about the setting."), field)
        for field in FACTS
        if not getattr(edition, field)
    ]
    if not edition.hallmarks.exists():
        missing.append(Obstacle("no-hallmark", _("Choose at least one hallmark."), "hallmarks"))
    return missing + obstacles(edition)


def may_be_published(case: CaseStudy) -> list[Obstacle]:
    """All that publication asks; asked again when the clock publishes."""
    return [*permissions_stand(case), *people_told(case), *findings_settled(case), *edition_is_ready(case)]
