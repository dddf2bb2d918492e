"""Pressing the buttons of the workbench."""

from typing import Any

from django.test import Client
from django.urls import reverse

from casestudies.admin.comments import marks_of
from casestudies.featured import featured, mark
from casestudies.models import CaseStudy, CaseStudyEdition


def page_of(case: CaseStudy) -> str:
    return reverse("admin:casestudies_casestudy_change", args=[case.pk])


def press(browser: Client, case: CaseStudy, do: str, **typed: Any) -> Any:
    """Press the button `do` on a page that shows the case study as it is now."""
    fresh = CaseStudy.objects.get(pk=case.pk)
    working = CaseStudyEdition.objects.filter(content=case, stage="working").first()
    seen = {"seen_case": fresh.version, "seen_edition": working.version if working else ""}
    seen["seen_questions"] = marks_of(case.comments.to_send())
    seen["seen_featured"] = mark(featured())
    return browser.post(page_of(case), {**seen, **typed, "_do": do})


def messages_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def status_of(case: CaseStudy) -> str:
    return CaseStudy.objects.get(pk=case.pk).status
