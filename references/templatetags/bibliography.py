"""Showing works: their entries in a list, and their authors in the reader's language."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.bilingual.languages import current
from foundation.bilingual.words import join_names
from references.csl import creators_of, listed_name
from references.models import ListedReference, Work
from references.styles import split_at_year, with_letter, year_letters

register = template.Library()


@register.filter
def creators(work: Work) -> str:
    """ "Woods, P.A. and Roberts, A.", with the reader's word for "and"; a body's Welsh name on a Welsh page."""
    if current() == "cy" and work.welsh_author:
        return work.welsh_author
    return join_names([listed_name(name) for name in creators_of(work.csl)], current())


@register.filter
def lettered(references: Iterable[ListedReference]) -> list[tuple[Work, str]]:
    """The works of one text's list, each with the letter that its year carries there, or ""."""
    works = [reference.work for reference in references]
    letters = year_letters(works)
    return [(work, letters.get(work.pk, "")) for work in works]


@register.simple_tag
def entry(work: Work, letter: str = "") -> SafeString:
    """The entry of a work in the reader's language, its authors and year a link to the page of the work."""
    head, rest = split_at_year(with_letter(work.entry(current()), letter))
    return format_html('<a href="{}">{}</a>{}', work.get_absolute_url(), head, rest)


@register.simple_tag
def whole_entry(work: Work) -> SafeString:
    """The entry as others may copy it, without a link to the page it stands on."""
    return with_letter(work.entry(current()), "")
