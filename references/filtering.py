"""The filters of the public bibliography: what is asked for, how many each choice would show, and under which letters.

Everything is asked of *published* works. Five queries, however many works there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel import Locale
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.bilingual.alphabet import LETTERS, sort_key
from foundation.bilingual.filters import Filter, Option, by_name
from foundation.bilingual.languages import current
from references.citing import Choosing, choosings
from references.kinds import label_of_kind
from references.models import Work, WorkQuerySet
from references.years import Years

#: Works before this year stand together.
FIRST_DECADE = 1950
FACTS = ("type", "year", "language")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the index: how many works stand under it, and on which page of the list the first of them is."""

    name: str
    count: int
    page: int

    @property
    def anchor(self) -> str:
        return "other" if self.name == "#" else f"letter-{self.name.lower()}"


def decade_of(first_year: int | None) -> str:
    """The value of a decade in the address: "2010-2019", "-1949", "none" where a work has no year."""
    if first_year is None:
        return "none"
    return f"{first_year}-{first_year + 9}" if first_year >= FIRST_DECADE else f"-{FIRST_DECADE - 1}"


def language_code(tag: str) -> str:
    """ "en" for "en", "en-GB" and "EN_gb"."""
    return tag.replace("_", "-").partition("-")[0].lower()


class Filters:
    """What a query asks for. A value that is not known asks for nothing."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query

    def __bool__(self) -> bool:
        return bool(self.facts or self.text or self.years)

    # --- what is asked for ----------------------------------------------------------------------------------------------

    @cached_property
    def facts(self) -> dict[str, str]:
        """The facts about a work that are asked for, of those that some published work has."""
        known: dict[str, set[str]] = {name: set() for name in FACTS}
        for facts, _text, _count in self._all:
            for name in FACTS:
                known[name] |= facts[name]
        return {name: self._query[name] for name in FACTS if self._query.get(name) in known[name]}

    @cached_property
    def years(self) -> Years:
        """The years that were typed."""
        return Years.of(self._query.get("years", ""))

    @cached_property
    def text(self) -> dict[str, str]:
        """The texts that are asked for: those whose lists name the work."""
        return {
            choosing.name: self._query[choosing.name]
            for choosing, choices in self._choices
            if self._query.get(choosing.name) in {value for value, _name, _language in choices}
        }

    @cached_property
    def works(self) -> WorkQuerySet:
        """The published works that are asked for, in no order."""
        return self._in_texts(self._of_facts(Work.objects.published().order_by()))

    def _of_facts(self, works: WorkQuerySet) -> WorkQuerySet:
        if "type" in self.facts:
            works = works.filter(type=self.facts["type"])
        if "language" in self.facts:
            works = works.filter(_in_language(self.facts["language"]))
        if "year" in self.facts:
            works = works.filter(_in_decade(self.facts["year"]))
        return works.filter(self.years.condition)

    def _in_texts(self, works: WorkQuerySet) -> WorkQuerySet:
        for choosing, _choices in self._choices:
            if choosing.name in self.text:
                rows = choosing.references().filter(**{choosing.path: self.text[choosing.name]})
                works = works.filter(pk__in=rows.values("work"))
        return works

    # --- what there is --------------------------------------------------------------------------------------------------

    @cached_property
    def _choices(self) -> list[tuple[Choosing, list[tuple[str, str, str]]]]:
        return [(choosing, list(choosing.choices())) for choosing in choosings()]

    @cached_property
    def _all(self) -> list[tuple[dict[str, frozenset[str]], bool, int]]:
        """Every combination of facts among the published works: its values, whether those are of the years and in the texts
        that are asked for, and how many works have it."""
        inside: Q | Value = Value(True)
        if self.text or self.years:
            works = self._in_texts(Work.objects.order_by()).filter(self.years.condition)
            inside = Q(pk__in=works.values("pk"))
        rows = (
            Work.objects.published()
            .order_by()
            .annotate(
                decade=_DECADE,
                welsh=ExpressionWrapper(~Q(welsh_title=""), output_field=BooleanField()),
                tag=Lower("title_language"),
                inside=ExpressionWrapper(inside, output_field=BooleanField()),
            )
            .values_list("type", "decade", "tag", "welsh", "inside")
            .annotate(count=Count("pk"))
        )
        return [
            (
                {
                    "type": frozenset({kind}),
                    "year": frozenset({decade_of(decade)}),
                    "language": frozenset({language_code(tag), *(["cy"] if welsh else [])}),
                },
                bool(inside),
                count,
            )
            for kind, decade, tag, welsh, inside, count in rows
        ]

    # --- what is shown --------------------------------------------------------------------------------------------------

    @cached_property
    def shown(self) -> list[Filter]:
        """The lists, each with the counts that the other filters leave."""
        return [
            *[
                Filter(choosing.name, choosing.label, self._texts(choosing, choices))
                for choosing, choices in self._choices
            ],
            Filter("type", _("Kind of work"), by_name(self._facts("type"))),
            Filter(
                "language", pgettext_lazy("filter of the bibliography", "Language"), by_name(self._facts("language"))
            ),
            Filter("year", _("Decade"), sorted(self._facts("year"), key=_latest_first)),
        ]

    def _texts(self, choosing: Choosing, choices: Iterable[tuple[str, str, str]]) -> list[Option]:
        works = self._of_facts(Work.objects.order_by())
        rows = choosing.references().filter(work__in=works) if self.facts or self.years else choosing.references()
        counted = rows.order_by().values_list(choosing.path).annotate(count=Count("work", distinct=True))
        counts = {str(value): count for value, count in counted}
        chosen = self.text.get(choosing.name)
        return [
            Option(value, name, language, counts.get(value, 0), value == chosen) for value, name, language in choices
        ]

    def _facts(self, name: str) -> list[Option]:
        others = {other: value for other, value in self.facts.items() if other != name}
        counts: Counter[str] = Counter()
        for facts, inside, count in self._all:
            fits = inside and all(value in facts[other] for other, value in others.items())
            counts.update(dict.fromkeys(facts[name], count if fits else 0))
        chosen = self.facts.get(name)
        return [
            Option(value, _name_of(name, value), current(), count, value == chosen) for value, count in counts.items()
        ]

    def letters(self, page_size: int) -> list[Letter]:
        """Every letter of the reader's alphabet, and those beside it under which works stand, in order. One query."""
        column = f"letter_{current()}"
        counts = dict(self.works.values_list(column).annotate(count=Count("pk")))
        alphabet = {letter.capitalize() for letter in LETTERS[current()]}
        found, before = [], 0
        for name in sorted(alphabet | counts.keys(), key=lambda letter: sort_key(letter, current())):
            count = counts.get(name, 0)
            found.append(Letter(name, count, before // page_size + 1))
            before += count
        return found


_DECADE = Case(
    When(year__lt=FIRST_DECADE, then=Value(0)),
    When(year__isnull=False, then=F("year") - F("year") % 10),
    default=Value(None),
    output_field=IntegerField(),
)


def _in_decade(value: str) -> Q:
    if value == "none":
        return Q(year__isnull=True)
    first, _line, last = value.rpartition("-")
    return Q(year__lte=int(last)) & (Q(year__gte=int(first)) if first else Q())


def _in_language(code: str) -> Q:
    """Works with a title in the language; in Welsh also those with an official Welsh edition."""
    named = Q(title_language__iexact=code)
    for mark in "-_":
        named |= Q(title_language__istartswith=f"{code}{mark}")
    return named | ~Q(welsh_title="") if code == "cy" else named


def _name_of(name: str, value: str) -> str:
    if name == "type":
        return str(label_of_kind(value))
    if name == "language":
        known = Locale(str(current())).languages.get(value)
        return f"{known[0].upper()}{known[1:]}" if known else value
    if value == "none":
        return str(_("Without a year"))
    return value.replace("-", "–") if not value.startswith("-") else str(_("Before %(year)d")) % {"year": FIRST_DECADE}


def _latest_first(option: Option) -> tuple[bool, int]:
    return option.value == "none", -int(option.value.partition("-")[0] or 0) if option.value != "none" else 0
