"""What templates ask about language: one language's words, the `lang` of a part, dates."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.bilingual import languages
from foundation.bilingual.words import format_date

register = template.Library()


@register.simple_tag
def lang(language: str) -> SafeString:
    """` lang="en"` for a part that is not in the language of the page, and nothing for one that is."""
    if not language or language.split("-")[0] == languages.current():
        return SafeString("")
    return format_html(' lang="{}"', language)


@register.filter
def words(obj: Any, field: str) -> str:
    """The text of a translated field in the reader's language, or ""."""
    return languages.words(obj, field)


@register.filter
def long_date(moment: date | None) -> str:
    """The day as "1 Mawrth 2026" or "1 March 2026", in local time; nothing for no day."""
    if not moment:
        return ""
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, languages.current())
