"""Showing a story twice on one page."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_TAG = re.compile(r"<[^<>]+>")
_ID = re.compile(r'\b(id="|aria-labelledby="|href="#)')


@register.filter
def apart(markup: SafeString, prefix: str) -> SafeString:
    """Safe `markup` with `prefix` before every id in it, and before every id that is named in it."""
    return mark_safe(_TAG.sub(lambda tag: _ID.sub(rf"\g<1>{prefix}", tag[0]), markup))
