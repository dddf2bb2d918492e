"""What the pages of signing in show."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

#: What a browser calls itself has these in it; the first that is found says which it is.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


@register.filter
def device(user_agent: str) -> str:
    """ "Firefox, Windows" of what a browser says about itself."""
    found = [next((name for mark, name in names.items() if mark in user_agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or _("An unknown device")
