"""Showing prose with its citations linked."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from foundation.bilingual.languages import current, words
from foundation.publishing.models import Edition
from foundation.publishing.prose import clean_prose
from references.citations.display import mark_citations
from references.models import ListedReference

register = template.Library()


@register.simple_tag
def cited_prose(edition: Edition, references: Iterable[ListedReference], *fields: str) -> dict[str, SafeString]:
    """The prose of `fields`, cleaned, with each citation linked to its entry in the list or to the page of its work."""
    language = edition.language_shown(current())
    cleaned = {name: clean_prose(words(edition, name, language)) for name in fields}
    linked = mark_citations(edition, language, cleaned, references)
    return {name: mark_safe(markup) for name, markup in linked.items()}
