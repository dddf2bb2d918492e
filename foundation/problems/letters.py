"""The messages about problems, and what may stand in them."""

from django.conf import settings
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
from foundation.problems.models import Kind, Problem
from foundation.record.models import Event


def register() -> None:
    """Register the kinds, and what stands for each placeholder."""
    register_kind("problem-received", gettext_lazy("We have what you told us about a page"))
    register_kind("problem-answer", gettext_lazy("An answer to what a reader told us"))
    register_kind(
        "editor-problem", gettext_lazy("A reader writes about themselves or a child (to the editors)"), frame="editor"
    )
    register_value("problem-reference", _reference, gettext_lazy("the reference number of the problem"))
    register_value("problem-page", _page, gettext_lazy("the title of the page that the problem is about"))
    register_value("problem-date", _date, gettext_lazy("the day by which an editor answers"))
    register_link("problem-link", _desk_address, gettext_lazy("the address of the problem on the desk"))


def _problem(context: Context) -> Problem | None:
    """None in a preview, which is filled from a story."""
    return context["about"] if isinstance(context["about"], Problem) else None


def _reference(context: Context) -> str:
    problem = _problem(context)
    return problem.reference if problem else "P-ABC234"


def _page(context: Context) -> str:
    problem = _problem(context)
    return (problem.where or problem.page if problem else "") or _("a page of the site")


def _date(context: Context) -> str:
    problem = _problem(context)
    return format_date(problem.due_on if problem else Problem.due_for(Kind.ERROR, timezone.now()), current())


def _desk_address(message: Message, language: str) -> str:
    problem = Problem.objects.filter(uuid=message.about).first()
    path = reverse("admin:problems_problem_change", args=[problem.pk]) if problem else reverse("admin:index")
    return absolute(path, language)


def write_to_reader(
    *, problem: Problem, kind: str, event: Event | None = None, note_cy: str = "", note_en: str = ""
) -> Message | None:
    """Write to whoever reported it, in the language they chose; None where they left no address."""
    if not problem.email:
        return None
    return _write(problem, kind, problem.email, problem.language, event, note_cy, note_en)


def write_to_editors(*, problem: Problem, kind: str, event: Event | None = None) -> Message:
    """Write to all editors, in both languages."""
    return _write(problem, kind, settings.CONTACT_EMAIL, "", event)


def _write(
    problem: Problem, kind: str, to: str, language: str, event: Event | None, note_cy: str = "", note_en: str = ""
) -> Message:
    return write_message(
        kind=kind,
        recipient=to,
        language=language,
        about=problem.uuid,
        event=event,
        context={"about": problem, "reader": problem},
        note_cy=note_cy,
        note_en=note_en,
    )
