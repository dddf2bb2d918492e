"""Showing works: their authors in the reader's language, and entries as they were printed."""

from django import template

from foundation.bilingual.languages import current, words
from foundation.bilingual.words import join_names
from references.csl import creators_of, listed_name
from references.models import ListedReference, Work

register = template.Library()


@register.filter
def creators(work: Work) -> str:
    """ "Woods, P.A. and Roberts, A.", with the reader's word for "and"; a body's Welsh name on a Welsh page."""
    if current() == "cy" and work.welsh_author:
        return work.welsh_author
    return join_names([listed_name(name) for name in creators_of(work.csl)], current())


@register.filter
def printed(reference: ListedReference) -> list[str]:
    """The lines of an entry as it was printed in the reader's language; none where it was not."""
    return [line.strip() for line in words(reference, "printed").splitlines() if line.strip()]
