"""The days that the report is about."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of the first day to the end of the last."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment of it, and the first after it."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))

    def holds(self, moment: datetime) -> bool:
        return self.first <= timezone.localdate(moment) <= self.last

    @property
    def query(self) -> str:
        return f"from={self.first}&to={self.last}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def reporting_year(today: date, *, before: int = 0) -> Period:
    """The year from 1 April that `today` is in, up to today; or a whole one, so many years before."""
    year = today.year - (today < date(today.year, 4, 1)) - before
    return Period(date(year, 4, 1), date(year + 1, 3, 31) if before else today)


class PeriodForm(forms.Form):
    """The first and the last day. Named as in the address."""

    error_css_class = "errors"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        errors = {"required": _("Choose a day."), "invalid": _("Enter a day, like 2026-04-01.")}
        for name, label in (("from", pgettext_lazy("period", "From")), ("to", pgettext_lazy("period", "To"))):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(
                label=label, widget=widget, input_formats=["%Y-%m-%d"], error_messages=errors
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and not date(2000, 1, 1) <= first <= last <= date(2100, 1, 1):
            raise forms.ValidationError(_("The first day comes before the last."), code="order")
        return cleaned

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["from"], self.cleaned_data["to"])
