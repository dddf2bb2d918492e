"""The page of the form on what the story draws on: works found in the bibliography, and others typed freely."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casestudies.joinin.asking import Pressed, Row, Typed
from casestudies.joinin.fields import Lines
from casestudies.joinin.forms import StepForm, storable
from foundation.bilingual.languages import current
from foundation.publishing.prose import clean_text
from references.models import FormerKey, Work, WorkQuerySet

MOST_WORKS = 50
#: How many works one search shows.
MOST_FOUND = 10


class ReferencesForm(StepForm):
    """Works are chosen one at a time, by a button beside each that a search finds, and stay until they are removed."""

    typed = Lines(
        label=_("Others, one on each line (optional)"),
        help_text=_("As much as you know: author, year, title, address. An editor completes them."),
        limit=500,
        most=50,
        too_long=_("Shorten the reference “%(start)s” to %(limit)s characters or fewer"),
        too_many=_("Enter %(limit)s other references or fewer: there are %(count)s now"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    @cached_property
    def works(self) -> list[Work]:
        """The works that were chosen, in the order in which they were."""
        return works_at(self.initial.get("works", []))

    def take(self, post: Any, typed: Typed) -> Typed:
        """Only a button adds a work or takes it out. A page that comes in after its story was closed brings its list along."""
        works = typed.get("works")
        if works is None:
            came = [storable(key) for key in post.getlist("works")[:MOST_WORKS]]
            known = set(_offered().filter(key__in=came).values_list("key", flat=True)) if came else set()
            works = [key for key in dict.fromkeys(came) if key in known]
        return {**super().take(post, typed), "works": works}

    def press(self, post: Any) -> Pressed | None:
        asked, searched = clean_text(post.get("q", "")).strip()[:200], post.get("searched", "")
        typed: Typed = dict(self.initial)
        chosen = typed.get("works", [])
        if "add_work" in post:
            found = _offered().filter(key=storable(post["add_work"])).exclude(key__in=chosen).first()
            works = [*chosen, found.key] if found and len(chosen) < MOST_WORKS else chosen
            return Pressed({**typed, "works": works}, "chosen", {"q": searched} if searched else {})
        if "remove_work" in post:
            works = [key for key in chosen if key != post["remove_work"]]
            return Pressed({**typed, "works": works}, "chosen", {"q": searched} if searched else {})
        if "search" in post or asked not in ("", searched):  # who types a search and saves has not seen what it finds
            return Pressed(typed, "found", {"q": asked} if asked else {})
        return None

    def beside(self, query: Any) -> dict[str, Any]:
        asked = clean_text(query.get("q", "")).strip()[:200]
        found = list(search(asked)[: MOST_FOUND + 1]) if asked else []
        return {
            "q": asked,
            "found": found[:MOST_FOUND],
            "more": len(found) > MOST_FOUND,
            "full": len(self.works) >= MOST_WORKS,
        }

    def rows(self) -> list[Row]:
        titles = [f"{work}. {work.official_title}" for work in self.works]
        return [Row(_("From the bibliography"), titles), Row(_("Others"), self.initial.get("typed") or "")]


def _offered() -> WorkQuerySet:
    """What readers see of the bibliography: a work that only a draft cites is not shown to anybody outside."""
    return Work.objects.published()


def search(text: str) -> WorkQuerySet:
    """The works that have every word of `text` in their titles, authors or year."""
    asked = Q()
    for word in text.split()[:10]:
        here = Q(title__icontains=word) | Q(welsh_title__icontains=word) | Q(creators__icontains=word)
        here |= Q(welsh_author__icontains=word)
        asked &= here | Q(year=int(word)) if word.isascii() and word.isdecimal() and len(word) == 4 else here
    return _offered().filter(asked).in_order(current())


def works_at(keys: list[str]) -> list[Work]:
    """The works with these keys, in their order. One that was merged with another since is that other one."""
    found = {work.key: work for work in Work.objects.filter(key__in=keys)} if keys else {}
    lost = [key for key in keys if key not in found]
    if lost:
        found |= {former.key: former.work for former in FormerKey.objects.filter(key__in=lost).select_related("work")}
    return list(dict.fromkeys(found[key] for key in keys if key in found))
