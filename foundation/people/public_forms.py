"""What the forms that anybody may send have in common: the box that people do not see, the time, the switch, the summary."""

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils import timezone

#: The name of the box that people do not see.
TRAP = "website"
#: A form filled in fewer seconds was not filled by a person.
LEAST_SECONDS = 3
_STAMP = "foundation.people.public_forms"


def trapped(request: HttpRequest) -> bool:
    """Whether something filled in the box that people do not see."""
    return bool(request.POST.get(TRAP))


def stamp(request: HttpRequest) -> str:
    """When the form was first shown, signed, for the page to bring back."""
    return request.POST["begun"] if _began(request) else signing.dumps(timezone.now().timestamp(), salt=_STAMP)


def is_too_quick(request: HttpRequest) -> bool:
    """Whether the form came back sooner than a person can send it, or from no page of ours."""
    began = _began(request)
    return began is None or timezone.now().timestamp() - began < LEAST_SECONDS


def _began(request: HttpRequest) -> float | None:
    try:
        return float(signing.loads(request.POST.get("begun", ""), salt=_STAMP))
    except signing.BadSignature:
        return None


def is_answer(request: HttpRequest) -> bool:
    """Whether a form was sent to be acted on: not looked at, and not carried over to the page in the other language."""
    return request.method == "POST" and "switch" not in request.POST


class PublicForm(forms.Form):
    """A form that is judged here and not by the browser. What is wrong stands in a summary, each with a link to mend it."""

    use_required_attribute = False

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The error summary: the id of what to mend, and the words that stand beside it."""
        return [(self.target(self[name]), str(error)) for name in self.fields for error in self.errors.get(name, [])]

    @property
    def shown_summary(self) -> list[tuple[str, str]]:
        """The summary, where the page has been judged."""
        return self.summary if self.is_bound else []

    @staticmethod
    def target(field: BoundField) -> str:
        grouped = isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        return f"{field.auto_id}_0" if grouped else field.auto_id
