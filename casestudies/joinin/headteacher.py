"""What the headteacher does by the link in their message: agree, say no, and withdraw."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casestudies.headteachers import ASKED_IN, ask, name_headteacher
from casestudies.joinin.agreements import AgreementText, agreement_texts
from casestudies.joinin.limits import LINKS_TO, MAIL_TO, may
from casestudies.messages import write_to_contributor, write_to_editor, write_to_headteacher
from casestudies.models import AccessLink, CaseStudy, CaseStudyEdition, Draft, Headteacher, Permission, hash_token
from casestudies.pictures import withdraw_picture
from casestudies.services import perform, proof_hash, record_permission
from casestudies.vocabulary import SHOWN, Status
from foundation.publishing.services import ChangedSince
from foundation.record.actors import Actor, Role
from foundation.record.services import write

HEADTEACHER = Actor(Role.HEADTEACHER)
KIND = "headteacher"


@dataclass(frozen=True, slots=True)
class Asked:
    """The story whose headteacher follows a link, and what that person said."""

    link: AccessLink
    case: CaseStudy
    head: Headteacher
    agreed: Permission | None

    @property
    def may_answer(self) -> bool:
        return self.case.status in ASKED_IN

    @property
    def may_withdraw(self) -> bool:
        """Once it was public the headteacher does not answer any more: permission is withdrawn."""
        return self.case.status in SHOWN

    @property
    def sees_story(self) -> bool:
        """While there is something to say about it."""
        return self.may_answer or self.may_withdraw

    @property
    def edition(self) -> CaseStudyEdition | None:
        """The story as it stands: what readers see, where they see it; else what is being worked on."""
        order = ("live", "working") if self.may_withdraw else ("working", "live")
        there = {edition.stage: edition for edition in self.case.editions.all()}
        return next((there[stage] for stage in order if stage in there), None)

    @property
    def text(self) -> AgreementText:
        return agreement_texts()[KIND]


def found_by(token: str, *, now: datetime | None = None) -> Asked | None:
    """What a headteacher's link opens, if it may be followed and went to the address of who is asked now."""
    link = AccessLink.objects.good(token, now or timezone.now()).filter(purpose=AccessLink.Purpose.HEADTEACHER)
    found = link.select_related("case_study__headteacher", "case_study__contributor").first()
    return _asked(found) if found is not None else None


def _asked(link: AccessLink) -> Asked | None:
    case = link.case_study
    head = case.headteacher_or_none
    if head is None or head.email.casefold() != link.email.casefold():
        return None
    agreed = case.permissions.standing().filter(kind=KIND).first() if head.agreed_at else None
    return Asked(link, case, head, agreed)


def ran_out(token: str) -> CaseStudy | None:
    """The story of a link that only became too old: a new one can be sent to the same address."""
    links = AccessLink.objects.standing().filter(token_hash=hash_token(token), purpose=AccessLink.Purpose.HEADTEACHER)
    link = links.select_related("case_study__headteacher").first()
    asked = _asked(link) if link is not None else None
    return asked.case if asked is not None else None


def send_link_again(case: CaseStudy) -> bool:
    """Send the headteacher the link as often as they ask; False where the address has had many messages today."""
    return may(LINKS_TO, case.headteacher.email.casefold()) and write_link(case)


def write_link(case: CaseStudy) -> bool:
    """A message with the headteacher's link: to agree, or to withdraw what they agreed to."""
    write_to_headteacher(case=case, kind="headteacher-agreed" if case.headteacher.agreed_at else "headteacher-asked")
    return True


@transaction.atomic
def correct_headteacher(case: CaseStudy, *, name: str, email: str) -> CaseStudy:
    """The contributor says whom to ask, in the form too where that is still open. Raises `ChangedSince` where it is settled."""
    case = CaseStudy.objects.select_for_update().get(pk=case.pk)
    if not may_ask(case):
        raise ChangedSince(case)
    name_headteacher(case, name=name, email=email)
    draft = Draft.objects.select_for_update().filter(case_study=case).first()
    if draft is not None:
        typed = draft.answers.get("permissions", {})
        draft.answers["permissions"] = {**typed, "headteacher_name": name, "headteacher_email": email}
        draft.save(update_fields=["answers"])
    return case


def may_ask(case: CaseStudy) -> bool:
    """Whether the contributor may have the link sent: until it is agreed to. One that is held reads like one in the queue."""
    head = case.headteacher_or_none
    return head is not None and head.agreed_at is None and case.status in (*ASKED_IN, Status.HELD)


def ask_again(case: CaseStudy, *, actor: Actor) -> bool:
    """The contributor, or an editor, has the link sent; False where the address has had many messages today."""
    return may(MAIL_TO, case.headteacher.email.casefold()) and ask(case, actor=actor)


@transaction.atomic
def agree(asked: Asked, *, shown: str, language: str) -> None:
    """Keep the agreement to the text that stood on the page, in the language it stood in. `shown` is the hash of the story.

    Raises `ChangedSince` where the story is another by now, or may not be answered any more, and keeps nothing then.
    """
    case, head = _now(asked)
    if head.agreed_at is not None:
        return
    edition = case.working
    if edition is None or proof_hash(edition) != shown:
        raise ChangedSince(case)
    now, text = timezone.now(), asked.text
    record_permission(
        case=case, kind=KIND, text_version=text.version, text_language=language, text=text.in_language(language),
        person=head.name, now=now,
    )  # fmt: skip
    _answered(asked, head, language, agreed_at=now, refused_at=None)
    event = write(actor=HEADTEACHER, kind=case.kind, subject=case.uuid, code="headteacher-agreed", at=now)
    write_to_headteacher(case=case, kind="headteacher-agreed", event=event)


@transaction.atomic
def refuse(asked: Asked, *, language: str) -> None:
    """Keep that the headteacher does not agree, or not any more; the contributor and the editors are told."""
    case, head = _now(asked)
    if head.refused_at is not None:
        return
    now = timezone.now()
    case.permissions.filter(kind=KIND).withdraw(now)
    _answered(asked, head, language, agreed_at=None, refused_at=now)
    event = write(actor=HEADTEACHER, kind=case.kind, subject=case.uuid, code="headteacher-refused", at=now)
    write_to_contributor(case=case, kind="headteacher-refused", event=event)
    write_to_editor(case=case, kind="editor-headteacher-refused", event=event)


def withdraw(asked: Asked) -> None:
    """Take the story off the site at once. Raises what `perform` raises."""
    perform("withdraw_permission", case_id=asked.case.pk, actor=HEADTEACHER)


def withdraw_one(asked: Asked, *, token: str) -> bool:
    """Take one picture out of the story; False where it has it no longer."""
    return withdraw_picture(asked.case, token=token, actor=HEADTEACHER)


def _now(asked: Asked) -> tuple[CaseStudy, Headteacher]:
    """The story and its headteacher as they are stored now, nobody else changing them meanwhile."""
    case = CaseStudy.objects.select_for_update().get(pk=asked.case.pk)
    head = Headteacher.objects.filter(case_study=case, email__iexact=asked.link.email).first()
    if head is None or case.status not in ASKED_IN:
        raise ChangedSince(case)
    case.headteacher = head
    return case, head


def _answered(asked: Asked, head: Headteacher, language: str, **answer: datetime | None) -> None:
    head.language, head.agreed_at, head.refused_at = language, answer["agreed_at"], answer["refused_at"]
    head.save(update_fields=["language", "agreed_at", "refused_at"])
    AccessLink.objects.filter(pk=asked.link.pk, used_at__isnull=True).update(used_at=timezone.now())
