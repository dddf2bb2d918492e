"""The fields of the form: what is typed is tidied before it is judged, and never cut off."""

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.agreement import count_words
from foundation.publishing.prose import clean_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: A text, or one that is translated when it is shown.
Words: TypeAlias = "str | _StrPromise"


class Line(forms.CharField):
    """One line of text. A longer text than `limit` characters is refused, with what was typed kept."""

    def __init__(self, *, missing: Words = "", too_long: Words, limit: int, **options: Any) -> None:
        options.setdefault("required", bool(missing))
        super().__init__(error_messages={"required": missing}, **options)
        self.limit, self.too_long = limit, too_long

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", " ", clean_text(super().to_python(value) or "")).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(self.too_long, code="too-long", params={"limit": self.limit, "count": len(value)})


class Address(Line):
    """An email address."""

    widget = forms.EmailInput

    def __init__(self, **options: Any) -> None:
        super().__init__(
            limit=254,
            missing=_("Enter your email address"),
            too_long=_("Shorten your email address to %(limit)s characters or fewer"),
            **options,
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        forms.EmailField(
            max_length=self.limit,
            error_messages={"invalid": _("Enter your email address in the right form, like name@example.org")},
        ).clean(value)


class Prose(forms.CharField):
    """Paragraphs in a plain box, of at most `limit` words counted as the server counts."""

    widget = forms.Textarea

    def __init__(self, *, limit: int, too_long: Words, missing: Words = "", **options: Any) -> None:
        super().__init__(required=bool(missing), error_messages={"required": missing}, **options)
        self.limit, self.too_long = limit, too_long

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        count = written_words(value)
        if count > self.limit:
            raise ValidationError(self.too_long, code="too-long", params={"limit": self.limit, "count": count})


def written_words(text: str) -> int:
    """How many words somebody typed: a "<" in a plain box is a sign like any other."""
    return count_words(text.replace("<", "‹"))


def one_of(choices: Any, missing: Words, **options: Any) -> forms.ChoiceField:
    """A choice of one, as radio buttons; anything else that comes in counts as no choice."""
    messages = {"required": missing, "invalid_choice": missing}
    options.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(choices=choices, error_messages=messages, **options)


def tick(label: Words, missing: Words) -> forms.BooleanField:
    """A box that has to be ticked."""
    return forms.BooleanField(label=label, error_messages={"required": missing})
