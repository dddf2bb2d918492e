"""Withdrawing one picture: at once out of everything that shows it, and its files deleted."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casestudies.messages import write_to_contributor, write_to_editor
from casestudies.models import CaseStudy, CaseStudyEdition, EditionPicture
from foundation.files.models import Picture
from foundation.files.services import remove_if_unshown
from foundation.record.actors import Actor
from foundation.record.services import write


def pictures_of(case: CaseStudy) -> list[EditionPicture]:
    """Each picture of the story once: those that readers see, then those of the working edition alone."""
    rows = EditionPicture.objects.filter(edition__content=case).select_related("picture")
    found: dict[int, EditionPicture] = {}
    for row in rows.order_by("edition__stage", "position", "pk"):
        found.setdefault(row.picture_id, row)
    return list(found.values())


@transaction.atomic
def withdraw_picture(case: CaseStudy, *, token: str, actor: Actor) -> bool:
    """Take one picture out of the live and the working edition, and delete it. False where the story has it no longer.

    The record of the permission stays, and says when it was withdrawn; the text of the picture's description goes.
    """
    case = CaseStudy.objects.select_for_update().get(pk=case.pk)
    picture = Picture.objects.filter(token=token, case_studies__edition__content=case).distinct().first()
    if picture is None:
        return False
    _take_out(case, picture)
    case.permissions.filter(picture=picture).withdraw(timezone.now())
    case.permissions.filter(picture=picture).update(picture=None)
    remove_if_unshown(picture)
    event = write(actor=actor, kind=case.kind, subject=case.uuid, code="picture-withdrawn")
    write_to_contributor(case=case, kind="picture-withdrawn", event=event)
    write_to_editor(case=case, kind="editor-picture-withdrawn", event=event)
    return True


def _take_out(case: CaseStudy, picture: Picture) -> None:
    """Out of the editions and the form. Who has the words open to change them is told that they have changed since."""
    before = set(case.editions.values_list("version", flat=True))
    for row in EditionPicture.objects.filter(edition__content=case, picture=picture):
        row.delete()
    CaseStudyEdition.objects.filter(content=case).update(version=F("version") + 1)
    CaseStudy.objects.filter(pk=case.pk).update(version=F("version") + 1)
    draft = getattr(case, "draft", None)
    if draft is None:
        return
    typed, about = draft.answers.get("pictures", {}), draft.answers.get("_", {})
    draft.answers["pictures"] = {name: said for name, said in typed.items() if not name.endswith(f"-{picture.token}")}
    if about.get("edition_version") in before:  # the form is as new as the edition was: it still is
        draft.answers["_"] = {**about, "edition_version": about["edition_version"] + 1}
    draft.save(update_fields=["answers"])
