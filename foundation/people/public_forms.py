"""What the forms that anybody may send have in common: the box that people do not see, the switch, the error summary."""

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest

#: The name of the box that people do not see.
TRAP = "website"


def trapped(request: HttpRequest) -> bool:
    """Whether something filled in the box that people do not see."""
    return bool(request.POST.get(TRAP))


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
