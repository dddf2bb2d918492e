"""Forms of one's own account."""

from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.people.models import Digest, User


class AcceptForm(forms.Form):
    """Who accepts an invitation says how they are called, and sets a password."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password1 = SetPasswordField(label=_("Password"))
    password2 = PasswordField(label=_("The same password again"), autocomplete="new-password")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data.get("name", "") if self.is_bound else ""
        password: SetPasswordField = self.fields["password1"]
        password.user = User(email=email, name=said)  # not to be too much like either

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password1") and cleaned["password1"] != cleaned.get("password2"):
            self.add_error("password2", forms.ValidationError(_("Type the same password in both boxes."), code="other"))
        return cleaned


class PreferencesForm(forms.ModelForm[User]):
    """What somebody may say about their own account."""

    digest = forms.ChoiceField(
        label=_("Tell me by mail what waits"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
        help_text=_("Nothing is sent when nothing waits."),
    )

    class Meta:
        model = User
        fields = ("name", "language", "digest", "reminders")
        widgets = {"language": forms.RadioSelect}
        labels = {
            "language": _("Language of the desk, and of mail to me"),
            "reminders": _("Remind me when what I have taken on is late"),
        }
