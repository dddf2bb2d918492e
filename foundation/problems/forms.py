"""What a reader is asked. Nothing typed is lost: not by an error, the language switch or a limit."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import Language, current
from foundation.people.public_forms import PublicForm
from foundation.problems.models import Kind
from foundation.publishing.prose import clean_text


class _Cleaned:
    """The text of a field is cleaned when it is judged; the page shows what was typed."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean_text(value or ""))  # type: ignore[misc]


class _Text(_Cleaned, forms.CharField):
    pass


class _Email(_Cleaned, forms.EmailField):
    pass


class ProblemForm(PublicForm):
    """What is wrong, and with what; and, where an answer is wanted, who is asking.

    Lengths are judged by the server alone: a `maxlength` in the page would cut off what is pasted.
    """

    where = _Text(
        label=_("Which page is it about? (optional)"),
        required=False,
        validators=[MaxLengthValidator(250, _("Shorten the name of the page to 250 characters or fewer"))],
    )
    kind = forms.ChoiceField(
        label=_("What would you like to tell us?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you would like to tell us"),
            "invalid_choice": _("Choose what you would like to tell us"),
        },
    )
    text = _Text(
        label=_("Tell us what is wrong"),
        help_text=_("Say which words or which picture you mean, so that we can find it."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Tell us what is wrong")},
        validators=[MaxLengthValidator(5000, _("Shorten what you tell us to 5,000 characters or fewer"))],
    )
    name = _Text(
        label=_("Your name (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        validators=[MaxLengthValidator(150, _("Shorten your name to 150 characters or fewer"))],
    )
    email = _Email(
        label=_("Your email address (optional)"),
        help_text=_("We ask for it so that we can answer you, and for nothing else."),
        required=False,
        max_length=None,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter your email address in the right form, like name@example.org")},
        validators=[MaxLengthValidator(254, _("Shorten your email address to 254 characters or fewer"))],
    )
    language = forms.ChoiceField(
        label=_("Which language shall we answer in?"),
        help_text=_("Writing to us in Welsh will not lead to any delay."),
        choices=Language.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the language we should answer in"),
            "invalid_choice": _("Choose the language we should answer in"),
        },
    )

    def __init__(self, typed: Any = None, *, judged: bool = False, knows_page: bool = False) -> None:
        here = current()
        typed = {name: value.replace("\0", "") for name, value in (typed or {}).items()}  # no page can show that sign
        data = MultiValueDict({name: [value] for name, value in typed.items()})
        super().__init__(data=data if judged else None, initial={"language": here.value, **typed})
        self.fields["language"].choices = [(one.value, one.label) for one in (here, here.other)]  # type: ignore[attr-defined]
        if knows_page:
            del self.fields["where"]

    def clean_name(self) -> str:
        return re.sub(r"\s+", " ", self.cleaned_data["name"])

    def clean_where(self) -> str:
        return re.sub(r"\s+", " ", self.cleaned_data["where"])
