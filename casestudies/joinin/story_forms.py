"""The pages of the form on which the story is written, in the language or languages chosen for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casestudies.joinin import prose
from casestudies.joinin.asking import Row, Typed
from casestudies.joinin.fields import Line, Prose, ProseBox, Words
from casestudies.joinin.forms import StepForm, storable

#: Words of one section of the story.
MOST_WORDS = 1500
#: A number for each of the six Welsh plural categories.
_EXAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 10}

TOO_MANY_WORDS = {
    "cy": _("Shorten what you wrote in Welsh to %(limit)s words or fewer: it has %(count)s now"),
    "en": _("Shorten what you wrote in English to %(limit)s words or fewer: it has %(count)s now"),
}
IN_LANGUAGE = {"cy": _("In Welsh"), "en": _("In English")}


@dataclass(frozen=True, slots=True)
class Section:
    """What one section of the story asks, and what is said when it is empty (alone, in Welsh, in English)."""

    question: Words
    hint: Words
    missing: Words = ""
    missing_cy: Words = ""
    missing_en: Words = ""

    def nothing_in(self, language: str, alone: bool) -> Words:
        if alone:
            return self.missing
        return self.missing_cy if language == "cy" else self.missing_en


ABOUT = Section(
    _("What is the setting like?"),
    _("Its size, its community and its language, so that readers can see whether it is like theirs."),
    _("Say what the setting is like"),
    _("Say what the setting is like, in Welsh"),
    _("Say what the setting is like, in English"),
)
CONTEXT = Section(
    _("Why did you begin?"),
    _("What you had noticed, and what you hoped professional learning would change."),
    _("Say why you began"),
    _("Say why you began, in Welsh"),
    _("Say why you began, in English"),
)
ACTIVITY = Section(
    _("What did you do?"),
    _("Who did what, when and how often, so that another school could try it."),
    _("Say what you did"),
    _("Say what you did, in Welsh"),
    _("Say what you did, in English"),
)
IMPACT = Section(
    _("What difference has it made?"),
    _("For staff and for learners, how you know, and what did not work."),
    _("Say what difference it has made"),
    _("Say what difference it has made, in Welsh"),
    _("Say what difference it has made, in English"),
)
EVIDENCE = Section(
    _("What evidence do you have of the difference? (optional)"),
    _("Figures, what staff or learners said, or what an inspection found. Name no pupil."),
)
SHARING = Section(
    _("How have you shared what you learned? (optional)"),
    _("Within the setting, with other schools, or more widely."),
)


class WordsForm(StepForm):
    """Fields for each language of the story; the page's own language first."""

    def build(self) -> None:
        for language in self.journey.languages:
            self.add_fields(language, alone=len(self.journey.languages) == 1)

    def add_fields(self, language: str, *, alone: bool) -> None:
        raise NotImplementedError

    def columns(self) -> Iterator[tuple[str, list[tuple[Any, "WordCount | None"]]]]:
        """For each language its fields, to stand side by side, with the count of words where one is kept."""
        for language in self.journey.languages:
            names = [name for name in self.fields if name.endswith(f"_{language}")]
            yield language, [(self[name], self.count(name)) for name in names]

    def count(self, name: str) -> "WordCount | None":
        return None


class TitleForm(WordsForm):
    _titles: ClassVar[dict[str, Words]] = {"cy": _("Title in Welsh"), "en": _("Title in English")}
    _missing: ClassVar[dict[str, Words]] = {"cy": _("Enter the title in Welsh"), "en": _("Enter the title in English")}
    _long_title: ClassVar[dict[str, Words]] = {
        "cy": _("Shorten the title in Welsh to %(limit)s characters or fewer: it has %(count)s now"),
        "en": _("Shorten the title in English to %(limit)s characters or fewer: it has %(count)s now"),
    }
    _summaries: ClassVar[dict[str, Words]] = {
        "cy": _("Summary in Welsh (optional)"),
        "en": _("Summary in English (optional)"),
    }
    _long_summary: ClassVar[dict[str, Words]] = {
        "cy": _("Shorten the summary in Welsh to %(limit)s characters or fewer: it has %(count)s now"),
        "en": _("Shorten the summary in English to %(limit)s characters or fewer: it has %(count)s now"),
    }

    def add_fields(self, language: str, *, alone: bool) -> None:
        self.fields[f"title_{language}"] = Line(
            label=self._titles[language],
            help_text=_("A few words that say what the story is about."),
            limit=150,
            missing=self._missing[language],
            too_long=self._long_title[language],
            widget=forms.TextInput(attrs={"lang": language}),
        )
        self.fields[f"summary_{language}"] = Line(
            label=self._summaries[language],
            help_text=_("One or two sentences for lists, of at most 400 characters."),
            limit=400,
            too_long=self._long_summary[language],
            widget=forms.Textarea(attrs={"lang": language, "rows": 4}),
        )


class SectionForm(WordsForm):
    """One section of the story. A class for each is made by `section_form`."""

    key: ClassVar[str]
    section: ClassVar[Section]

    def add_fields(self, language: str, *, alone: bool) -> None:
        name = f"{self.key}_{language}"
        self.fields[name] = Prose(
            label=self.section.question if alone else IN_LANGUAGE[language],
            help_text=self.section.hint,
            limit=MOST_WORDS,
            missing=self.section.nothing_in(language, alone),
            too_long=TOO_MANY_WORDS[language],
            widget=ProseBox(attrs={"lang": language, "rows": 14, "data-words": f"{name}-count"}),
        )

    def take(self, post: Any, typed: Typed) -> Typed:
        taken = super().take(post, typed)
        for name, field in self.fields.items():
            if name in post and isinstance(field, Prose):
                taken[name] = storable(field.taken(post, name, typed.get(name) or ""))
        return taken

    def row(self, field: BoundField) -> Row:
        """The answer as readers would see it."""
        answer = self.initial.get(field.name) or ""
        shown = mark_safe(prose.prose_from_answer(answer).replace("\n", "")) if prose.is_formatted(answer) else answer
        return Row(field.label, shown, field.field.widget.attrs.get("lang", ""))

    def count(self, name: str) -> "WordCount":
        return WordCount(name, str(self[name].value() or ""))


def section_form(key: str, section: Section) -> type[SectionForm]:
    """The page of one section."""
    return type(f"{key.title()}Form", (SectionForm,), {"key": key, "section": section})


class WordCount:
    """The line under a box that says how many words stand in it: right without scripts, kept right by one."""

    def __init__(self, name: str, text: str) -> None:
        self.id = f"{name}-count"
        self.limit = MOST_WORDS
        self.count = prose.words_in(text)

    def __str__(self) -> str:
        return _so_far(self.count) if self.count <= self.limit else _too_many(self.count - self.limit)

    @property
    def wordings(self) -> str:
        """For the script: both sentences in every plural category of the page's language, as JSON."""
        return json.dumps(
            {
                "sofar": {category: _so_far(number, "{n}") for category, number in _EXAMPLES.items()},
                "over": {category: _too_many(number, "{n}") for category, number in _EXAMPLES.items()},
            }
        )


def _so_far(number: int, shown: str = "") -> str:
    text = ngettext("%(count)s word of at most %(limit)s", "%(count)s words of at most %(limit)s", number)
    return text % {"count": shown or number, "limit": MOST_WORDS}


def _too_many(number: int, shown: str = "") -> str:
    text = ngettext("%(count)s word too many: at most %(limit)s", "%(count)s words too many: at most %(limit)s", number)
    return text % {"count": shown or number, "limit": MOST_WORDS}
