"""The pages that follow from an answer before them: the schools of a cluster, and how each hallmark shows."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casestudies.joinin.asking import Row, Story, Typed
from casestudies.joinin.fields import Line, Lines, Words
from casestudies.joinin.forms import StepForm, storable
from casestudies.joinin.story_forms import WordCount, WordsForm
from casestudies.vocabulary import Kind
from foundation.bilingual.languages import words
from hallmarks.models import Hallmark

#: The kinds of setting that are made of schools.
OF_SCHOOLS = (Kind.CLUSTER, Kind.FEDERATION)


class SchoolsForm(StepForm):
    """The schools of a cluster or a federation. Not asked of any other setting."""

    schools = Lines(
        label=_("Which schools are in it?"),
        help_text=_("Write the name of one school on each line."),
        limit=200,
        most=60,
        missing=_("Enter the schools, one on each line"),
        too_long=_("Shorten the line “%(start)s” to %(limit)s characters or fewer"),
        too_many=_("Enter %(limit)s schools or fewer: there are %(count)s now"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    @classmethod
    def applies(cls, journey: Story) -> bool:
        return journey.typed("setting").get("kind") in OF_SCHOOLS


_HOW: dict[str, Words] = {
    "cy": _("%(hallmark)s: how it shows, in Welsh (optional)"),
    "en": _("%(hallmark)s: how it shows, in English (optional)"),
}
_HOW_LONG: dict[str, Words] = {
    "cy": _("Shorten the line in Welsh about “%(hallmark)s” to 200 characters or fewer"),
    "en": _("Shorten the line in English about “%(hallmark)s” to 200 characters or fewer"),
}
_LINE = re.compile(r"how_(cy|en)-\d{1,2}")


class HowForm(WordsForm):
    """A line on each hallmark that was chosen, in the language or languages of the story."""

    @classmethod
    def applies(cls, journey: Story) -> bool:
        return bool(journey.typed("hallmarks").get("hallmarks"))

    @property
    def chosen(self) -> list[Hallmark]:
        numbers = self.journey.typed("hallmarks").get("hallmarks") or []
        return [one for one in self.journey.hallmarks if str(one.number) in numbers]

    def build(self) -> None:
        for hallmark in self.chosen:
            name = (hallmark.live and words(hallmark.live, "short_name")) or str(hallmark)
            for language in self.journey.languages:
                self.fields[f"how_{language}-{hallmark.number}"] = _line(name, language)

    def columns(self) -> Iterator[tuple[str, list[tuple[Any, WordCount | None]]]]:
        """The fields of each hallmark, to stand side by side."""
        for hallmark in self.chosen:
            names = [f"how_{language}-{hallmark.number}" for language in self.journey.languages]
            yield str(hallmark.number), [(self[name], None) for name in names]

    def take(self, post: Any, typed: Typed) -> Typed:
        """A line that comes in about a hallmark that is no longer chosen is kept, and shown when it is chosen again."""
        return {**typed, **{name: storable(post[name]) for name in post if _LINE.fullmatch(name)}}

    def rows(self) -> list[Row]:
        return super().rows() or [Row(_("How each hallmark shows"), "")]


def _line(hallmark: str, language: str) -> Line:
    return Line(
        label=_HOW[language] % {"hallmark": hallmark},
        limit=200,
        too_long=_HOW_LONG[language] % {"hallmark": hallmark},
        widget=forms.TextInput(attrs={"lang": language}),
    )
