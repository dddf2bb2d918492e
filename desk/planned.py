"""Telling the editor who set the time of a text that it could not be published then, and why."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy
from foundation.bilingual.addresses import absolute
from foundation.bilingual.languages import current, speaking, words
from foundation.correspondence.kinds import Context, register_kind, register_link, register_value
from foundation.correspondence.models import Message
from foundation.correspondence.services import write_message
from foundation.publishing.gate import Obstacle
from foundation.publishing.models import Content, Edition
from foundation.publishing.planned import register_teller
from hallmarks.models import Hallmark
from pages.models import Page

KIND = "plan-failed"
KINDS_OF_TEXT: tuple[type[Content], ...] = (CaseStudy, Hallmark, Page)


def register() -> None:
    register_kind(KIND, _("Text not published as planned (to the editor)"), frame="editor")
    register_value("text-title", _title, _("the title of the text"))
    register_link("text-link", _address, _("the address of the text on the desk"))
    register_teller(tell)


def tell(edition: Edition, obstacles: list[Obstacle]) -> tuple[str, str]:
    """Write to whoever set the time, in their language; to all editors where they are gone. Gives the reasons in both."""
    reasons = _listed(obstacles, "cy"), _listed(obstacles, "en")
    editor = edition.publish_by if edition.publish_by is not None and edition.publish_by.is_active else None
    write_message(
        kind=KIND,
        recipient=editor.email if editor else settings.CONTACT_EMAIL,
        language=editor.language if editor else "",
        about=edition.content.uuid,
        context={"about": edition.content},
        note_cy=reasons[0],
        note_en=reasons[1],
    )
    return reasons


def _listed(obstacles: list[Obstacle], language: str) -> str:
    """The reasons, each once, a line each."""
    with speaking(language):
        return "\n".join(dict.fromkeys(f"– {obstacle.message}" for obstacle in obstacles))


def _title(context: Context) -> str:
    """In the language spoken, or in the one it has."""
    content: Any = context["about"]
    editions = {edition.stage: edition for edition in content.editions.all()} if content.pk else {}
    edition = editions.get("working") or editions.get("live")
    here = current()
    found = (words(edition, "title", here) or words(edition, "title", here.other)) if edition else ""
    return found or str(content)


def _address(message: Message, language: str) -> str:
    path = reverse("admin:index")
    for model in KINDS_OF_TEXT:
        content = model._base_manager.filter(uuid=message.about).first()
        if content is not None:
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[content.pk])
    with speaking(language):
        return absolute(path, language)
