"""The works that are there, to be found by key, DOI, ISBN, and title with year."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from references.citations.names import fold
from references.csl import bare_doi, year_of
from references.models import FormerKey, Work

Mark = tuple[str, str]


class Known:
    """All works, read in two queries."""

    def __init__(self) -> None:
        self.works = list(Work.objects.order_by("pk").defer("entry_cy", "entry_en"))
        by_pk = {work.pk: work for work in self.works}
        self._named = {str(work.csl["id"]).strip(): work for work in self.works if work.csl.get("id")}
        self._former = {key: by_pk[pk] for key, pk in FormerKey.objects.values_list("key", "work") if pk in by_pk}
        self._keyed = {work.key: work for work in self.works}
        self._marked: dict[Mark, list[Work]] = defaultdict(list)
        for work in self.works:
            for mark in marks_of(work.csl):
                self._marked[mark].append(work)

    @property
    def keys(self) -> set[str]:
        """Every key that is taken, also those of works that were merged into others."""
        return {*self._keyed, *self._former}

    def by_key(self, key: str) -> Work | None:
        """The work of this key, or that had it, or that came with it from another program."""
        return self._keyed.get(key) or self._former.get(key) or self._named.get(key)

    def alike(self, item: Mapping[str, Any]) -> list[Work]:
        """The works that may be this item, the surest first."""
        found: dict[int, Work] = {}
        for mark in sorted(marks_of(item)):
            found |= {work.pk: work for work in self._marked.get(mark, []) if work.pk not in found}
        return list(found.values())

    def a_year_off(self, item: Mapping[str, Any]) -> list[Work]:
        """The works of the same title that say the year before or after: one of the two may be a slip."""
        title, year = fold(str(item.get("title") or "")), year_of(item)
        if not title or year is None:
            return []
        return [work for off in (-1, 1) for work in self._marked.get(("title", f"{title}|{year + off}"), [])]


def taken_keys() -> set[str]:
    """The same, where nothing else is asked of the works."""
    return {*Work.objects.values_list("key", flat=True), *FormerKey.objects.values_list("key", flat=True)}


def marks_of(item: Mapping[str, Any]) -> set[Mark]:
    """By what an item is known again: ("doi", …), ("isbn", …), ("title", "title|year")."""
    doi = bare_doi(item.get("DOI")).lower()
    found: set[Mark] = {("doi", doi)} if doi else set()
    if item.get("type") != "chapter":  # chapters share the number of their book
        found |= {
            ("isbn", number)
            for text in re.split(r"[\s,;]+(?=97|\d{9})", str(item.get("ISBN") or ""))
            if (number := _isbn(text))
        }
    title = fold(str(item.get("title") or ""))
    return found | ({("title", f"{title}|{year_of(item) or ''}")} if title else set())


def _isbn(text: str) -> str:
    """The 13 figures of a number; of an older one of 10, as it would be today. "" of what is none."""
    figures = re.sub(r"[^0-9X]", "", text.upper())
    if len(figures) == 10:
        body = "978" + figures[:9]
        return body + str(-sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(body)) % 10)
    return figures if len(figures) == 13 else ""
