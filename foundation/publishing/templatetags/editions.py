"""Showing editions: their prose, and the language in which a reader gets it."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from foundation.bilingual.languages import current
from foundation.bilingual.languages import words as words_of
from foundation.publishing.marking import marked
from foundation.publishing.models import Edition
from foundation.publishing.prose import clean_prose

register = template.Library()


@register.filter
def shown_in(edition: Edition) -> str:
    """The language in which the reader gets the words of this edition."""
    return edition.language_shown(current())


@register.filter
def text(edition: Edition, field: str) -> str:
    """The words of a field in the language in which they are shown."""
    return words_of(edition, field, shown_in(edition))


@register.filter
def prose(markup: str) -> SafeString:
    """Stored HTML, cleaned once more on its way out: what SQL or a fixture left behind does no harm."""
    return mark_safe(clean_prose(markup or ""))


@register.filter
def marked_prose(edition: Edition, field: str) -> SafeString:
    """The same of one field, with what the rooms above add to it: citations become links."""
    cleaned = prose(text(edition, field))
    return mark_safe(marked(edition, shown_in(edition), {field: cleaned})[field])
