"""What is the person's to do next: the most pressing first. Read off what was counted; no query."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casestudies.vocabulary import Status
from desk.stories import Line, changelist
from desk.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, in words, and where."""

    words: str
    address: str
    is_late: bool = False


def steps_for(request: HttpRequest, waiting: Waiting) -> list[Step]:
    """Late ones before the others. Lines in red that are everybody's come with their own words."""
    moderates = request.user.has_perm("casestudies.moderate_casestudy")
    steps = [Step(f"{line.label}: {line.count}", line.address, True) for line in waiting.others if line.is_trouble]
    steps = [Step(step.words[:1].upper() + step.words[1:], step.address, True) for step in steps]
    mine = list(_own(waiting)) if moderates else list(_to_translate(waiting.others))
    return sorted([*mine, *steps], key=lambda step: not step.is_late)


def _own(waiting: Waiting) -> Iterator[Step]:
    stories, address = waiting.counted, changelist()
    if stories is None:
        return
    if count := stories.late_mine:
        words = ngettext(
            "%(count)d story you have claimed is late.", "%(count)d stories you have claimed are late.", count
        )
        yield Step(words % {"count": count}, f"{address}?state=late&claimed=mine", True)
    if count := stories.of(Status.IN_REVIEW, what="mine"):
        words = ngettext("%(count)d story waits for your decision.", "%(count)d stories wait for your decision.", count)
        yield Step(words % {"count": count}, f"{address}?state=in_review&claimed=mine")
    if count := stories.of(Status.EDITING, what="mine"):
        words = ngettext("You are editing %(count)d story.", "You are editing %(count)d stories.", count)
        yield Step(words % {"count": count}, f"{address}?state=editing&claimed=mine")
    if count := stories.of(Status.APPROVED, what="mine"):
        words = ngettext("%(count)d story of yours is approved.", "%(count)d stories of yours are approved.", count)
        yield Step(words % {"count": count}, f"{address}?state=approved&claimed=mine")
    if count := stories.offered:
        words = ngettext(
            "%(count)d story is offered to you first.", "%(count)d stories are offered to you first.", count
        )
        yield Step(words % {"count": count}, f"{address}?state=submitted&claimed=offered")
    if count := stories.of(Status.SUBMITTED):
        words = ngettext("%(count)d story waits for somebody to claim it.", "%(count)d stories wait for somebody to claim them.", count)  # fmt: skip
        yield Step(words % {"count": count}, f"{address}?state=submitted")
    if count := stories.of(Status.HELD):
        words = ngettext("%(count)d story is held: is it junk?", "%(count)d stories are held: are they junk?", count)
        yield Step(words % {"count": count}, f"{address}?state=held")


def _to_translate(lines: list[Line]) -> Iterator[Step]:
    for line in lines:
        if line.count and not line.is_trouble:
            words = _("%(label)s: %(count)d") % {
                "label": str(line.label)[:1].upper() + str(line.label)[1:],
                "count": line.count,
            }
            yield Step(words, line.address)
