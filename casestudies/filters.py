"""The filters of the case-study list: what is asked for, and how many each choice would show."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Count
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyEdition, CaseStudyEditionQuerySet
from casestudies.vocabulary import Authority, Medium, Phase, authorities
from foundation.bilingual.filters import Filter, Option
from foundation.bilingual.languages import current
from hallmarks.models import HallmarkEdition, choice_of

Choice = tuple[str, str | Promise]
FACTS = {"phase": Phase, "medium": Medium, "authority": Authority}


class Filters:
    """What a query asks for. A value that is not known asks for nothing. Three queries, and none before they are needed."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.facts = {name: query[name] for name, known in FACTS.items() if query.get(name) in known.values}
        number = query.get("hallmark", "")
        self.hallmark = int(number) if number in {"1", "2", "3", "4", "5", "6", "7", "8"} else None

    def __bool__(self) -> bool:
        return bool(self.facts or self.hallmark)

    def apply(self, editions: CaseStudyEditionQuerySet) -> CaseStudyEditionQuerySet:
        editions = editions.filter(**self.facts)
        return editions.filter(hallmarks__hallmark__number=self.hallmark) if self.hallmark else editions

    @cached_property
    def shown(self) -> list[Filter]:
        """The lists, each with the counts that the other filters leave."""
        return [
            Filter("hallmark", _("Hallmark"), self._hallmarks()),
            Filter("phase", _("Phase"), self._facts("phase", Phase.choices)),
            Filter("medium", _("Language medium"), self._facts("medium", Medium.choices)),
            Filter("authority", _("Local authority"), self._facts("authority", authorities(current()))),
        ]

    def _hallmarks(self) -> list[Option]:
        editions = CaseStudyEdition.objects.published().filter(**self.facts)
        rows = editions.order_by().values_list("hallmarks__hallmark__number").annotate(count=Count("pk"))
        counts = dict(rows)
        return [
            Option(value, name, language, counts.get(int(value), 0), int(value) == self.hallmark)
            for value, name, language in map(choice_of, HallmarkEdition.objects.published().in_order())
        ]

    @cached_property
    def _settings(self) -> list[tuple[dict[str, str], int]]:
        """How many of the hallmark's case studies have each combination of facts."""
        editions = CaseStudyEdition.objects.published()
        if self.hallmark:
            editions = editions.filter(hallmarks__hallmark__number=self.hallmark)
        rows = editions.order_by().values_list(*FACTS).annotate(count=Count("pk"))
        return [(dict(zip(FACTS, row[:-1], strict=True)), row[-1]) for row in rows]

    def _facts(self, name: str, choices: Iterable[Choice]) -> list[Option]:
        others = {other: value for other, value in self.facts.items() if other != name}
        counts: Counter[str] = Counter()
        for facts, count in self._settings:
            if others.items() <= facts.items():
                counts[facts[name]] += count
        chosen = self.facts.get(name)
        return [Option(value, str(label), current(), counts[value], value == chosen) for value, label in choices]
