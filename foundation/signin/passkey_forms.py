"""What a browser answers for a passkey. Whatever else is sent in its place is refused as a wrong code, not met with an error page."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

#: What reading an answer that no passkey gives can end in, in allauth, in fido2 and in the standard library.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class AnswerField(forms.JSONField):
    """JSON, but not nested without end."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class CarefulForm:
    """Of a form with a `credential`: one that cannot be read is a wrong one."""

    cleaned_data: dict[str, Any]
    add_error: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = AnswerField(widget=forms.HiddenInput)

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except UNREADABLE:
            self._errors, self.cleaned_data = ErrorDict(), {}
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class Add(CarefulForm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""


class Authenticate(CarefulForm, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class SignIn(CarefulForm, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""


class Confirm(CarefulForm, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more."""
