"""Forgetting people and stories: when a contributor asks for it, and when the time for which we keep them is over.

What stays is said in `docs/personal-data.md`, and nothing else does: a test plants a name everywhere and looks for it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casestudies.consequences import forget_notes, remove
from casestudies.documents import remove_document
from casestudies.messages import write_to_editor
from casestudies.models import AccessLink, CaseStudy, Erasure, Finding, LinkRequest
from casestudies.services import perform
from casestudies.vocabulary import SHOWN, Status
from casestudies.workflow import WITHDRAWABLE
from foundation.correspondence.services import forget_messages
from foundation.files.models import Picture
from foundation.files.services import remove_if_unshown
from foundation.problems.services import forget_reports_of
from foundation.publishing.services import forget_versions, keep_version
from foundation.record.actors import CONTRIBUTOR
from foundation.record.services import write
from references.checking.services import forget_decisions


@transaction.atomic
def erase_details(case: CaseStudy, *, withdraw: bool, now: datetime | None = None) -> str:
    """Erase a contributor's details at their wish, and everybody's who came with the story. Says what was erased.

    What is published, or in the archive, stays without its people, or with `withdraw` goes too, and its address says that it was withdrawn. What
    was never published goes altogether. Raises as `perform` does.
    """
    now = now or timezone.now()
    case = CaseStudy.objects.select_for_update().get(pk=case.pk)
    holder, email = case.claimed_by, _address(case)
    if case.status in WITHDRAWABLE:
        case = perform("withdraw", case_id=case.pk, actor=CONTRIBUTOR, now=now)
    elif case.status in SHOWN and withdraw:
        case = perform("withdraw_permission", case_id=case.pk, actor=CONTRIBUTOR, now=now)
    forget_reports_of(email)
    LinkRequest.objects.filter(email__iexact=email).delete()
    if case.status in SHOWN:
        what = Erasure.What.PEOPLE
        forget_people(case)
        Erasure.objects.create(subject=case.uuid, what=what, at=now)
    else:
        what = Erasure.What.ALL if case.first_published_at is None else Erasure.What.WORDS
        forget_story(case)
        if what == Erasure.What.WORDS:
            case.permissions.update(person="")
    to_state = Status.REMOVED if what == Erasure.What.ALL else case.status
    event = write(
        actor=CONTRIBUTOR, kind=case.kind, subject=case.uuid, code=f"erase-{what}", to_state=to_state, at=now
    )  # fmt: skip
    write_to_editor(case=case, kind="editor-erased", event=event, editor=holder)
    return str(what)


def _address(case: CaseStudy) -> str:
    contributor = case.contributor_or_none
    return contributor.email if contributor else ""


def forget_people(case: CaseStudy) -> None:
    """Everybody who came with a story, and what they wrote beside it. The words of its editions stay.

    So does the headteacher who agreed, while the story is shown: to withdraw that at any time is theirs, and not the
    contributor's to give up.
    """
    head = case.headteacher_or_none
    stays = head is not None and head.agreed_at is not None and case.status in SHOWN
    _forget_beside(case, but_headteacher=stays)
    case.permissions.exclude(kind="headteacher" if stays else "").update(person="")
    case.findings.update(explanation="")
    case.findings.exclude(verdict=Finding.Verdict.JUSTIFIED).update(
        reason=""
    )  # why words may stand stays with the words
    _forget_around(case)
    for edition in case.editions.all():  # earlier versions hold what people have taken out of the words since
        keep_version(edition, None)


def _forget_beside(case: CaseStudy, *, but_headteacher: bool = False) -> None:
    for name in ("draft", "contributor", *([] if but_headteacher else ["headteacher"])):
        row = getattr(case, name, None)
        if row is not None:
            row.delete()
            case._state.fields_cache.pop(name, None)
    case.links.exclude(purpose=AccessLink.Purpose.HEADTEACHER if but_headteacher else "").delete()
    for related in (case.credits, case.comments, case.snapshots):
        related.all().delete()
    for document in case.documents.select_related("copy"):
        remove_document(document)


def forget_story(case: CaseStudy) -> None:
    """All of a story that is withdrawn or declined. One that was public once leaves its address, which says so.

    Who gave which permission stays as proof, and goes by `PERMISSION_DAYS`; a contributor who erases takes that along.
    """
    if case.first_published_at is None:
        remove(case)
        return
    Erasure.objects.create(subject=case.uuid, what=Erasure.What.WORDS, at=timezone.now())
    _forget_beside(case)
    case.permissions.update(picture=None)
    pictures = list(Picture.objects.filter(case_studies__edition__content=case).distinct())
    case.findings.all().delete()
    for edition in case.editions.all():
        edition.delete()
    forget_decisions(case)
    _forget_around(case)
    for picture in pictures:
        remove_if_unshown(picture)


@transaction.atomic
def erase_again(erasure: Erasure) -> bool:
    """Do to what a backup has brought back what was done to it before. Whether there was anything."""
    case = CaseStudy.objects.select_for_update().filter(uuid=erasure.subject).first()
    if case is None:
        return False
    if erasure.what == Erasure.What.PEOPLE:
        forget_people(case)
    elif erasure.what == Erasure.What.WORDS and case.first_published_at is not None:
        if case.status in SHOWN:
            case = perform("withdraw_permission", case_id=case.pk, actor=CONTRIBUTOR)  # whose wish it was
        forget_story(case)
        case.permissions.update(person="")
    else:
        remove(case)
    Erasure.objects.filter(subject=erasure.subject, what=erasure.what).exclude(pk=erasure.pk).delete()
    return True


def _forget_around(case: CaseStudy) -> None:
    forget_messages(case.uuid)
    forget_notes(case)
    forget_versions(case)
