"""The pages of the form that ask about the person and the setting, and what all pages have in common."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.joinin.asking import Pressed, Row, Story, Typed
from casestudies.joinin.fields import Address, Line, one_of
from casestudies.vocabulary import Kind, Medium, Phase, authorities
from foundation.bilingual.languages import Language, current, words
from foundation.people.public_forms import PublicForm


class StepForm(PublicForm):
    """One page of the form. It knows the journey it belongs to, and shows what was typed whether it is right or not."""

    #: Fields whose absence from a request means "not ticked"; every other absent field keeps what was typed before.
    boxes: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, journey: Story, typed: Typed | None = None, judged: bool = False) -> None:
        typed = typed or {}
        data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in typed.items()})
        super().__init__(data=data if judged else None, initial=typed)
        self.journey = journey
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the journey."""

    @classmethod
    def applies(cls, journey: Story) -> bool:
        """Whether this page is asked at all, after what was answered on the others."""
        return True

    @property
    def is_started(self) -> bool:
        """Whether anything has been answered here."""
        return any(self.initial.values())

    def press(self, post: Any) -> Pressed | None:
        """What follows from a button of this page's own; None where none was pressed."""
        return None

    def beside(self, query: Any) -> dict[str, Any]:
        """What the page shows beside its fields."""
        return {}

    def take(self, post: Any, typed: Typed) -> Typed:
        """What is typed now: the fields of this page as they came in, over what was there before."""
        taken = dict(typed)
        for name, field in self.fields.items():
            several = isinstance(field, forms.MultipleChoiceField)
            if name in post:
                taken[name] = [storable(one) for one in post.getlist(name)] if several else storable(post[name])
            elif several or isinstance(field, forms.BooleanField):
                taken.pop(name, None)
        return taken

    def rows(self) -> list[Row]:
        return [self.row(self[name]) for name in self.fields]

    def row(self, field: BoundField) -> Row:
        """One answer as it is read."""
        value = self.initial.get(field.name) or ""
        if isinstance(field.field, forms.BooleanField):
            return Row(field.label, str(_("Agreed")) if value else "")
        choices = getattr(field.field, "choices", None)
        if choices is None:
            return Row(field.label, value, field.field.widget.attrs.get("lang", ""))
        chosen = value if isinstance(value, list) else [value]
        labels = [str(label) for key, label in choices if key and str(key) in chosen]
        return Row(field.label, labels if isinstance(value, list) else "".join(labels))


def storable(value: Any) -> str:
    """A database can keep every character but NUL."""
    return str(value).replace("\0", "")


def whole_number(text: str) -> int:
    """The number that a page carries; 0 for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class LanguageForm(StepForm):
    language = one_of(
        [], _("Choose the language we should write to you in"), label=_("Which language shall we write to you in?")
    )

    def build(self) -> None:
        here = current()
        self.fields["language"].choices = [(one.value, one.label) for one in (here, here.other)]  # type: ignore[attr-defined]
        self.fields["language"].help_text = _("Writing to us in Welsh will not lead to any delay.")


class YouForm(StepForm):
    name = Line(
        label=_("Your name"),
        limit=150,
        missing=_("Enter your name"),
        too_long=_("Shorten your name to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    role = Line(
        label=_("Your role"),
        help_text=_("For instance headteacher, or leader of professional learning."),
        limit=150,
        missing=_("Enter your role"),
        too_long=_("Shorten your role to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = Address(
        label=_("Your email address"),
        help_text=_(
            "We ask for it so that we can send you a link to your story and write to you about it, and for nothing else."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def build(self) -> None:
        """An address that was confirmed and that editors write to is shown, and not changed here."""
        settled = self.journey.settled_address
        if not settled:
            return
        self.initial = {**self.initial, "email": settled}
        if self.is_bound:
            self.data = MultiValueDict({**dict(self.data.lists()), "email": [settled]})  # type: ignore[attr-defined]
        self.fields["email"].widget.attrs["readonly"] = True
        self.fields["email"].help_text = _("To change the address we write to, write to us at %(email)s.") % {
            "email": settings.CONTACT_EMAIL
        }

    def take(self, post: Any, typed: Typed) -> Typed:
        settled = self.journey.settled_address
        return {**super().take(post, typed), **({"email": settled} if settled else {})}


class SettingForm(StepForm):
    setting_name_cy = Line(
        label=_("Name of the setting in Welsh"),
        required=False,
        limit=200,
        too_long=_("Shorten the setting’s name in Welsh to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"lang": "cy", "autocomplete": "organization", "spellcheck": "false"}),
    )
    setting_name_en = Line(
        label=_("Name of the setting in English"),
        required=False,
        limit=200,
        too_long=_("Shorten the setting’s name in English to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"lang": "en", "autocomplete": "organization", "spellcheck": "false"}),
    )
    kind = one_of(Kind.choices, _("Choose what kind of setting it is"), label=_("What kind of setting is it?"))
    phase = one_of(Phase.choices, _("Choose the phase it teaches"), label=_("Which phase does it teach?"))
    medium = one_of(
        Medium.choices, _("Choose the language it teaches through"), label=_("Which language does it teach through?")
    )
    authority = one_of(
        [], _("Choose the local authority"), label=_("Which local authority is it in?"), widget=forms.Select
    )

    def build(self) -> None:
        here = current()
        self.order_fields([f"setting_name_{here}", f"setting_name_{here.other}"])
        self.fields[f"setting_name_{here}"].help_text = _("If it has one name only, give that name once.")
        self.fields["authority"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a local authority")),
            *authorities(here),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        here = f"setting_name_{current()}"
        if not any(
            cleaned.get(f"setting_name_{one}") or f"setting_name_{one}" in self.errors for one in Language.values
        ):
            self.add_error(here, forms.ValidationError(_("Enter the name of the setting"), code="required"))
        return cleaned


class HallmarksForm(StepForm):
    hallmarks = forms.MultipleChoiceField(
        label=_("Which hallmarks does your story show?"),
        help_text=_("Choose those that the story shows best."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one hallmark"),
            "invalid_choice": _("Choose at least one hallmark from the list"),
            "invalid_list": _("Choose at least one hallmark"),
        },
    )

    def build(self) -> None:
        self.fields["hallmarks"].choices = [  # type: ignore[attr-defined]
            (str(one.number), (one.live and words(one.live, "title")) or str(one)) for one in self.journey.hallmarks
        ]


class WritingForm(StepForm):
    writing = one_of(
        [
            ("cy", pgettext_lazy("language to write in", "Welsh")),
            ("en", pgettext_lazy("language to write in", "English")),
            ("both", pgettext_lazy("languages to write in", "Both")),
        ],
        _("Choose the language you will write your story in"),
        label=_("Which language will you write your story in?"),
        help_text=_("We publish every story in both languages, and have translated what you do not write yourself."),
    )


def limit_of_file() -> int:
    """The largest picture that may be sent, in megabytes."""
    return int(settings.FILE_MAX_BYTES // 1024 // 1024)
