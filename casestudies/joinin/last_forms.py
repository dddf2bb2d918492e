"""The pages of the form on pictures and on permissions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casestudies.joinin.agreements import agreement_texts
from casestudies.joinin.asking import Row, Typed
from casestudies.joinin.fields import Address, Line, Words, one_of, tick
from casestudies.joinin.forms import StepForm, storable
from casestudies.models import EditionPicture
from foundation.bilingual.languages import current
from foundation.files.models import Picture

MOST_PICTURES = 6
_ALT: dict[str, Words] = {"cy": _("What the picture shows, in Welsh"), "en": _("What the picture shows, in English")}
_ALT_MISSING: dict[str, Words] = {
    "cy": _("Say in Welsh what picture %(number)s shows"),
    "en": _("Say in English what picture %(number)s shows"),
}
_ALT_LONG: dict[str, Words] = {
    "cy": _("Shorten what you say in Welsh about picture %(number)s to 300 characters or fewer"),
    "en": _("Shorten what you say in English about picture %(number)s to 300 characters or fewer"),
}


class PicturesForm(StepForm):
    """What each picture shows. The pictures themselves come in one at a time, and stay."""

    def build(self) -> None:
        for number, row in enumerate(self.journey.pictures, start=1):
            for language in self.journey.languages:
                self.fields[f"alt_{language}-{row.picture.token}"] = self._alt(language, number)
            self.fields[f"people-{row.picture.token}"] = one_of(
                [("yes", _("Yes")), ("no", _("No"))],
                _("Say whether picture %(number)s shows people") % {"number": number},
                label=_("Does it show people?"),
            )

    def _alt(self, language: str, number: int) -> Line:
        return Line(
            label=_ALT[language],
            help_text=_("A sentence for readers who cannot see it."),
            limit=300,
            missing=_ALT_MISSING[language] % {"number": number},
            too_long=_ALT_LONG[language] % {"number": number},
            widget=forms.TextInput(attrs={"lang": language}),
        )

    def groups(self) -> list[tuple[EditionPicture, list[Any]]]:
        """Each picture with its fields."""
        return [
            (row, [self[name] for name in self.fields if name.endswith(f"-{row.picture.token}")])
            for row in self.journey.pictures
        ]

    def beside(self, query: Any) -> dict[str, Any]:
        return {"most_pictures": MOST_PICTURES, "most_pixels": settings.FILE_MAX_PIXELS // 1_000_000}

    def rows(self) -> list[Row]:
        if not self.journey.pictures:
            return [Row(_("Pictures"), "")]
        return super().rows()


_MISSING: dict[str, Words] = {
    "headteacher": _("Agree as the headteacher, so that we may publish the story"),
    "licence": _("Agree to the licence, so that we may publish the story"),
    "pictures": _("Confirm that the school has permission to show the people in the pictures"),
    "privacy": _("Confirm that you have read the privacy page"),
}
LABELS: dict[str, Words] = {
    "headteacher": _("The headteacher’s agreement"),
    "licence": _("The licence"),
    "pictures": _("Pictures with people in them"),
    "privacy": _("Your privacy"),
}


class HeadteacherForm(StepForm):
    """Whom to ask, where the writer is not the headteacher."""

    headteacher_name = Line(
        label=_("Name of the headteacher"),
        help_text=_("The headteacher, or the person who leads the setting."),
        limit=150,
        missing=_("Enter the name of the headteacher"),
        too_long=_("Shorten the name of the headteacher to %(limit)s characters or fewer"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    headteacher_email = Address(
        label=_("Email address of the headteacher"),
        help_text=_("We send a link to it, so that they can read the story and say whether they agree."),
        missing=_("Enter the email address of the headteacher"),
        too_long=_("Shorten the email address of the headteacher to %(limit)s characters or fewer"),
        invalid=_("Enter the email address of the headteacher in the right form, like name@example.org"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PermissionsForm(HeadteacherForm):
    """The agreements, in the exact words that are kept. What was agreed in an older wording is asked again.

    A headteacher who writes agrees here; where somebody else writes, we ask the headteacher by mail.
    """

    is_headteacher = one_of(
        [("yes", pgettext_lazy("I am", "Yes")), ("no", pgettext_lazy("I am", "No"))],
        _("Say whether you are the headteacher"),
        label=_("Are you the headteacher, or the person who leads the setting?"),
    )
    _ASKED = ("headteacher_name", "headteacher_email")

    @property
    def with_people(self) -> list[str]:
        """The pictures that show people, by token: it is these that the school gives its word for."""
        marked = self.journey.typed("pictures")
        return [
            row.picture.token for row in self.journey.pictures if marked.get(f"people-{row.picture.token}") == "yes"
        ]

    @property
    def kinds(self) -> list[str]:
        return [kind for kind in LABELS if kind != "pictures" or self.with_people]

    def build(self) -> None:
        for kind in self.kinds:
            text = agreement_texts()[kind].in_language(current())
            self.fields[kind] = tick(text, _MISSING[kind])
        self.order_fields(["is_headteacher", "headteacher"])
        for name in self._ASKED if self._writes_as(self.initial) != "no" else ["headteacher"]:
            self.fields[name].required = False
        if self._writes_as(self.initial) == "":
            self.fields["headteacher"].required = False
        self._forget_stale_ticks()

    def _forget_stale_ticks(self) -> None:
        """What was agreed to in an older wording, or before a picture with people came, is not agreed to."""
        agreed = self.initial.get("agreed", {})
        stale = [kind for kind in self.kinds if not self._stands(kind, agreed.get(kind))]
        self.initial = {name: value for name, value in self.initial.items() if name not in stale}
        if self.is_bound:
            self.data = MultiValueDict({name: value for name, value in self.data.lists() if name not in stale})  # type: ignore[attr-defined]

    def _stands(self, kind: str, agreed: dict[str, Any] | None) -> bool:
        if agreed is None or agreed["version"] != agreement_texts()[kind].version:
            return False
        return kind != "pictures" or set(self.with_people) <= set(agreed.get("pictures", []))

    @staticmethod
    def _writes_as(typed: Mapping[str, Any]) -> str:
        """Yes for the headteacher, no for somebody else, nothing where it is not said."""
        said = typed.get("is_headteacher")
        return said if said in ("yes", "no") else ""

    def take(self, post: Any, typed: Typed) -> Typed:
        """Beside the ticks, the language and the versions of the texts that stood beside them, and the pictures they are about."""
        taken = super().take(post, typed)
        before = typed.get("agreed", {})
        given = [kind for kind in self.kinds if taken.get(kind)]
        if self._writes_as(taken) != "yes":
            given = [kind for kind in given if kind != "headteacher"]
        shown = storable(post.get("with_people", " ".join(self.with_people))).split()
        taken["agreed"] = {kind: self._agreed(kind, before.get(kind), shown) for kind in given}
        return taken

    def _agreed(self, kind: str, before: dict[str, Any] | None, shown: list[str]) -> dict[str, Any]:
        """A tick that was there before keeps the language it was given in, while it is for the same.

        `shown`: the pictures with people that the story had when the page was made.
        """
        if before is not None and self._stands(kind, before):
            return before
        made: dict[str, Any] = {"language": str(current().value), "version": agreement_texts()[kind].version}
        return (
            {**made, "pictures": [token for token in self.with_people if token in shown]}
            if kind == "pictures"
            else made
        )

    def ticks(self) -> list[tuple[Words, Any]]:
        """Each agreement that the writer gives, with the name it goes by; the headteacher's is asked apart."""
        return [(LABELS[kind], self[kind]) for kind in self.kinds if kind != "headteacher"]

    @property
    def headteacher_label(self) -> Words:
        return LABELS["headteacher"]

    def rows(self) -> list[Row]:
        """Who agrees for the school, and to what; what the other answer would have asked is left out."""
        asked = list(self._ASKED) if self._writes_as(self.initial) == "no" else []
        found = [self.row(self[name]) for name in ("is_headteacher", *asked)]
        kinds = [kind for kind in self.kinds if kind != "headteacher" or self._writes_as(self.initial) == "yes"]
        return [*found, *(Row(LABELS[kind], self.row(self[kind]).answer) for kind in kinds)]


class ComeBackForm(PermissionsForm):
    """The same agreements, given anew for a story that was withdrawn: its pictures are those it has."""

    def __init__(self, *, pictures: list[Picture], **options: Any) -> None:
        self._pictures = pictures
        super().__init__(**options)

    @property
    def with_people(self) -> list[str]:
        return [picture.token for picture in self._pictures]
