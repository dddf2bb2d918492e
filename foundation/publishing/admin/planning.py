"""What editors do with editions beside publishing them now: set a time, give up a correction, archive and put back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.publishing.models import Content
from foundation.publishing.prose import clean_text
from foundation.publishing.successors import at_address


class MomentField(forms.DateTimeField):
    """A time that is still to come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Date and time"),
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={
                "required": _("Enter the date and time of publication."),
                "invalid": _("Enter a date and a time, such as 2027-03-01T09:00."),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment is not None and moment <= timezone.now():
            raise ValidationError(_("Choose a time that is still to come, or publish now."), code="past")
        return moment


class PlanForm(forms.Form):
    """When a text is to be published."""

    publish_at = MomentField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "plan"})


class SuccessorField(forms.CharField):
    """Where readers of what is archived are sent: something that is published now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Address of the page to send readers on to, if there is one"),
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs={"class": "vTextField"}),
            **kwargs,
        )
        self.but: Content | None = None

    def clean(self, value: Any) -> Content | None:
        address = super().clean(value)
        if not address:
            return None
        found = at_address(address)
        if found is None or found == self.but:
            raise ValidationError(
                _("Enter the address of another published hallmark, case study or standing page of this site."),
                code="not-published",
            )
        return found


class ArchiveForm(forms.Form):
    """Why something is archived, and where its readers go."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it is archived.")},
    )
    leads_to = SuccessorField()

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "archive"})
        self.fields["leads_to"].but = content  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        reason = clean_text(self.cleaned_data["reason"]).strip()
        if not reason:
            raise ValidationError(_("Say why it is archived."), code="required")
        return reason
