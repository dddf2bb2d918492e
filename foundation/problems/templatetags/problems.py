"""The way to say that something is wrong with a page."""

from typing import Any

from django import template

from foundation.problems.pages import address_for

register = template.Library()


@register.simple_tag(takes_context=True)
def something_wrong(context: dict[str, Any]) -> str:
    """The address of the form, which knows the page it came from."""
    return address_for(context.get("request"))
