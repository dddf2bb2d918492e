"""The fields of the form: what is typed is tidied before it is judged, and never cut off."""

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casestudies.joinin import prose
from foundation.bilingual.agreement import fingerprint
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
    """An email address: the reader's own, unless the words say whose."""

    widget = forms.EmailInput

    def __init__(self, *, invalid: Words = "", **options: Any) -> None:
        options.setdefault("missing", _("Enter your email address"))
        options.setdefault("too_long", _("Shorten your email address to %(limit)s characters or fewer"))
        super().__init__(limit=254, **options)
        self.invalid = invalid or _("Enter your email address in the right form, like name@example.org")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            forms.EmailField(error_messages={"invalid": self.invalid}).clean(value)


class ProseBox(forms.Textarea):
    """A plain box; a script puts an editor over it, which begins with `data-prose`.

    Where the answer has formatting, the box shows it without, and says beside it, unseen, what it showed.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        answer = value or ""
        context: dict[str, Any] = super().get_context(name, prose.text_from_answer(answer), attrs)
        context["widget"]["attrs"]["data-prose"] = prose.prose_from_answer(answer)
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        if not prose.is_formatted(value or ""):
            return box
        shown = mark_of_text(prose.text_from_answer(value))
        return format_html('{}<input type="hidden" name="{}-shown" value="{}">', box, name, shown)


def mark_of_text(text: str) -> str:
    """The same for the same words, however a browser ends their lines."""
    return fingerprint(clean_text(text).strip())


class Prose(forms.CharField):
    """Paragraphs, with or without formatting, of at most `limit` words counted as the server counts."""

    widget = ProseBox

    def __init__(self, *, limit: int, too_long: Words, missing: Words = "", **options: Any) -> None:
        super().__init__(required=bool(missing), error_messages={"required": missing}, **options)
        self.limit, self.too_long = limit, too_long

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").strip()

    def taken(self, post: Any, name: str, before: str) -> str:
        """The answer that came in, where `before` stands now."""
        posted = str(post[name])
        unchanged = post.get(f"{name}-shown") == mark_of_text(posted)
        return prose.taken(posted, before=before, unchanged=unchanged)

    def validate(self, value: str) -> None:
        super().validate(value)
        count = prose.words_in(value)
        if count > self.limit:
            raise ValidationError(self.too_long, code="too-long", params={"limit": self.limit, "count": count})


class Lines(forms.CharField):
    """One thing a line, in a plain box: at most `most` lines of at most `limit` characters. Blank lines count for nothing."""

    widget = forms.Textarea

    def __init__(
        self, *, limit: int, most: int, too_long: Words, too_many: Words, missing: Words = "", **options: Any
    ) -> None:
        super().__init__(required=bool(missing), error_messages={"required": missing}, **options)
        self.limit, self.most, self.too_long, self.too_many = limit, most, too_long, too_many

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return lines_of(super().to_python(value) or "")

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(self.too_many, code="too-many", params={"limit": self.most, "count": len(value)})
        for line in value:
            if len(line) > self.limit:
                start = f"{line[:40].rstrip()}…"
                raise ValidationError(self.too_long, code="too-long", params={"limit": self.limit, "start": start})


def lines_of(text: str) -> list[str]:
    """The lines of what was typed, each tidied; none that is blank."""
    tidied = (re.sub(r"\s+", " ", line).strip() for line in clean_text(text).split("\n"))
    return [line for line in tidied if line]


def one_of(choices: Any, missing: Words, **options: Any) -> forms.ChoiceField:
    """A choice of one, as radio buttons; anything else that comes in counts as no choice."""
    messages = {"required": missing, "invalid_choice": missing}
    options.setdefault("widget", forms.RadioSelect)
    return forms.ChoiceField(choices=choices, error_messages=messages, **options)


def tick(label: Words, missing: Words) -> forms.BooleanField:
    """A box that has to be ticked."""
    return forms.BooleanField(label=label, error_messages={"required": missing})
