"""Forms under `/admin/account/`: how often they may be sent, and the same form in the other language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from foundation.bilingual.languages import Language, speaking
from foundation.people.admin import choose_language
from foundation.people.limits import Limit, TooOften, take, take_from
from foundation.people.middleware import keep_language
from foundation.people.models import User
from foundation.people.public_forms import PublicForm

#: In the session: the errors of the form last judged at an address, in both languages. Never what was typed.
JUDGED = "signin-judged"

#: By the name of the field: the same words for the same thing on every page.
LABELS = {
    "login": _("Email address"),
    "email": _("Email address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
    "passwordless": _("Let me sign in with this passkey alone, without a password"),
}
HINTS = {
    "password": "",
    "oldpassword": "",
    "passwordless": "",
    "password1": _("At least 12 characters; not a password that many use, and not like your name or address."),
}

FROM_ONE_PLACE = Limit("signin-address", 60, 15 * 60)
FOR_ONE_PERSON = Limit("signin-person", 15, 15 * 60)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class InBothLanguages:
    """For a view with one form: counts each sending, and shows the form again in the other language with what was typed.

    `_language` shows it unjudged, `_language_judged` with the errors it had. Neither does anything else. What a browser does
    not get back, a password, has to be typed again.
    """

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.request = request
        if request.method == "POST":
            if wanted := _wanted(request):
                choose_language(request, wanted)
            else:
                try:
                    self.count(request)
                except TooOften as refused:
                    return too_often(request, refused)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if request.method == "POST" and (wanted := _wanted(request)) and isinstance(response, HttpResponse):
            keep_language(request, response, wanted)
        return response

    def count(self, request: HttpRequest) -> None:
        """Raise `TooOften` where this place, or this person, has sent such forms too often."""
        take_from(request, FROM_ONE_PLACE)
        if who := self.who(request):
            take(FOR_ONE_PERSON, who.casefold()[:254])

    def who(self, request: HttpRequest) -> str:
        """Whose secret could be guessed here: an address, or a key."""
        return str(request.user.pk) if isinstance(request.user, User) else ""

    def get_form(self, form_class: Any = None) -> Any:
        return in_our_words(super().get_form(form_class))  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"summary": summary_of(context["form"])} if "form" in context else context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _wanted(request):
            return super().post(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        form = self.get_form()
        _show_only(form, self.errors_shown())
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined, no-any-return]

    def form_invalid(self, form: Any) -> Any:
        keep_errors(self.request, form)
        return super().form_invalid(form)  # type: ignore[misc]

    def errors_shown(self) -> dict[str, list[str]]:
        """The errors to show beside what was typed, in the language that was chosen."""
        kept = self.request.session.get(JUDGED, {})
        if "_language_judged" not in self.request.POST or kept.get("path") != self.request.path:
            return {}
        shown: dict[str, list[str]] = kept["errors"][_wanted(self.request)]
        return shown


def in_our_words(form: Any) -> Any:
    """The labels that we use everywhere, and no words in the boxes themselves, which go when somebody types."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in LABELS:
            field.label = LABELS[name]
        if name in HINTS:
            field.help_text = HINTS[name]
    return form


def summary_of(form: Form) -> list[tuple[str, str]]:
    """What is wrong, each with the id of what to mend: what is wrong with the whole form leads to its first box."""
    boxes = [field for field in form.visible_fields() if field.name in form.fields]
    first = PublicForm.target(boxes[0]) if boxes else "page-form"
    errors = form.errors.items() if form.is_bound else ()
    return [
        (PublicForm.target(form[name]), f"{form[name].label}: {error}") if name in form.fields else (first, str(error))
        for name, all_of_it in errors
        for error in all_of_it
    ]


def _wanted(request: HttpRequest) -> str:
    """The language that the switch of a form asks for."""
    wanted = request.POST.get("_language") or request.POST.get("_language_judged")
    return wanted if wanted in Language.values else ""


def _show_only(form: Any, errors: dict[str, list[str]]) -> None:
    form.cleaned_data = {}
    form._errors = ErrorDict({name: form.error_class(said) for name, said in errors.items()})


def keep_errors(request: HttpRequest, form: Form) -> None:
    """Remember what is wrong with a form, in both languages, for the switch."""
    errors = {language: errors_in(language, form) for language in Language.values}
    request.session[JUDGED] = {"path": request.path, "errors": errors}


def errors_in(language: str, form: Form) -> dict[str, list[str]]:
    """What is wrong, said in `language`. Rules for passwords say it in the language they are asked in: they are asked again."""
    with speaking(language):
        return {name: _said_again(form, name, errors) for name, errors in form.errors.as_data().items()}


def _said_again(form: Form, name: str, errors: list[ValidationError]) -> list[str]:
    if name in form.fields:
        field = form.fields[name]
        typed = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        try:
            field.clean(typed)
        except ValidationError as again:
            errors = again.error_list
    return [message for error in errors for message in error.messages]


def too_often(request: HttpRequest, refused: TooOften) -> HttpResponse:
    shown = {"again_at": refused.clock_time}
    return render(request, "signin/too_often.html", shown, status=429)


def speak_with(request: HttpRequest, response: HttpResponseBase, language: str) -> HttpResponseBase:
    """Answer somebody whom a message brought here in the language of the message, unless they have chosen another."""
    if not isinstance(request.user, User) and request.COOKIES.get("admin_language") not in Language.values:
        keep_language(request, response, language)
    return response
