"""Links to works as data, and what programs read off a page."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation.bilingual.languages import words
from foundation.publishing.models import Edition
from foundation.publishing.templatetags.editions import shown_in, text
from references.exchange import tags
from references.exchange.addresses import file_name
from references.exchange.formats import Format
from references.models import Work

register = template.Library()
#: So that nothing in the data can end the block that it stands in.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def coins(work: Work) -> SafeString:
    """The span in which Zotero finds a work."""
    return format_html('<span class="Z3988" title="{}"></span>', tags.coins(work))


@register.inclusion_tag("references/downloads.html")
def downloads(thing: Any = None, references: Iterable[Any] = ()) -> dict[str, Any]:
    """Links to the list of a text, to one work, or to the whole bibliography; with the spans of the works beside them."""
    works = [thing] if isinstance(thing, Work) else [reference.work for reference in references]
    return {"files": [(one, _address(thing, one)) for one in Format], "works": works, "is_one": isinstance(thing, Work)}


def _address(thing: Any, one: Format) -> str:
    if not thing:
        return reverse("references_file", kwargs={"file_format": one})
    if isinstance(thing, Work):
        return reverse("references:work_file", kwargs={"key": thing.key, "file_format": one})
    return f"{thing.get_absolute_url()}{file_name(one)}"


@register.inclusion_tag("references/tags.html", takes_context=True)
def work_tags(context: template.Context, work: Work) -> dict[str, Any]:
    """In the head of the page of a work."""
    schema = tags.work_schema(work) | {"mainEntityOfPage": context.get("canonical", "")}
    return {"meta": tags.work_meta(work), "data": data_block(schema)}


@register.inclusion_tag("references/tags.html", takes_context=True)
def text_tags(context: template.Context, edition: Edition, references: Iterable[Any]) -> dict[str, Any]:
    """In the head of the page of a hallmark or a case study."""
    language = shown_in(edition)
    said: dict[str, Any] = {
        "title": text(edition, "title"), "site": _("Leading Professional Learning"), "address": context.get("canonical", ""),
        "language": language, "since": edition.live_since.date() if edition.live_since else None,
        "summary": words(edition, "summary", language),
    }  # fmt: skip
    schema = tags.text_schema(**said, works=[reference.work for reference in references])
    return {"meta": tags.text_meta(**said), "data": data_block(schema)}


def data_block(schema: dict[str, Any]) -> SafeString:
    """JSON-LD that cannot end its own block."""
    data = {"@context": "https://schema.org", **{name: value for name, value in schema.items() if value}}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
