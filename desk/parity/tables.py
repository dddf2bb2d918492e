"""The tables of the report: each is shown on the page, and stands in the file, as it is made here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.figures import TEXTS, first_times, languages_of_stories
from desk.parity.delays import delays_in
from desk.parity.period import Period
from desk.parity.words import FIGURE
from foundation.bilingual.languages import Language, current, words
from foundation.bilingual.templatetags.bilingual import long_date
from foundation.clock.days import working_days_before, working_days_between
from foundation.clock.models import Figure
from foundation.correspondence.models import UNDELIVERED, WORDS_WITHIN, Message, MessageLanguage
from foundation.correspondence.models import State as MessageState
from foundation.problems.models import Problem
from foundation.publishing.gate import one_language_expired
from foundation.publishing.models import Override
from foundation.record.models import Event


@dataclass(frozen=True, slots=True)
class Line:
    """What it is about, its values (None: there is none), and where the things are that are counted."""

    label: str
    values: Sequence[Any]
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`about` says what is counted and when."""

    title: str
    about: str
    heads: Sequence[str]
    lines: list[Line] = field(default_factory=list)


def tables(period: Period, now: datetime) -> list[Table]:
    """The whole report."""
    return [
        _pages(period),
        _words(),
        _delays(period, now),
        _overrides(now),
        *_one_language(now),
        _stories(period),
        _problems(period),
        _messages(period, now),
    ]


def _kinds() -> Iterator[tuple[Any, Any, str, str]]:
    """Each kind of text: its content, its published editions, its name and its list."""
    for content, editions in TEXTS:
        options = content._meta
        address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        published = editions.objects.published()  # type: ignore[attr-defined]
        yield content, published, str(options.verbose_name_plural), address


def _pages(period: Period) -> Table:
    went = Event.objects.filter(code="go-live", at__gte=period.moments[0], at__lt=period.moments[1])
    renewed = dict(went.order_by().values_list("kind").annotate(Count("pk")))
    lines = []
    for content, published, name, address in _kinds():
        found = published.order_by().aggregate(
            all=Count("pk"), cy=Count("pk", filter=Q(only_language="cy")), en=Count("pk", filter=Q(only_language="en"))
        )
        both = found["all"] - found["cy"] - found["en"]
        lines.append(Line(name, [both, found["cy"], found["en"], renewed.get(content.kind, 0)], address))
    return Table(
        _("Pages in both languages"),
        _("What readers see today; and how often something was published or corrected in the period."),
        [_("in both languages"), _("in Welsh only"), _("in English only"), _("published in the period")],
        lines,
    )


def _words() -> Table:
    figure = Figure.objects.filter(name=FIGURE).first()
    lines = [
        Line(str(apps.get_model(name)._meta.verbose_name_plural), [*_of_both(found)])
        for name, found in (figure.value if figure else {}).items()
    ]
    about = _("Words that readers and contributors get. The share is that of the language with fewer words.")
    counted = _("Counted on %(day)s.") % {"day": long_date(figure.counted_at)} if figure else _("Not counted yet.")
    return Table(
        _("Completeness in words"), f"{about} {counted}", [_("in Welsh"), _("in English"), _("share, per cent")], lines
    )


def _of_both(found: dict[str, int]) -> tuple[int, int, int]:
    cy, en = found["cy"], found["en"]
    return cy, en, round(100 * min(cy, en) / max(cy, en, 1))


def _delays(period: Period, now: datetime) -> Table:
    found = delays_in(period, now)
    lines = []
    for content, _published, name, address in _kinds():
        own = [delay for delay in found if delay.kind == content.kind]
        days = [delay.days(now) for delay in own]
        still = sum(delay.end is None for delay in own)
        lines.append(Line(name, [len(own), middle(days), max(days, default=None), still], address))
    return Table(
        _("Delays between the languages"),
        _("Texts that readers had in one language only in the period. All others were published in both at once."),
        [_("texts"), _("days, median"), _("days, longest"), _("still in one language")],
        lines,
    )


def _overrides(now: datetime) -> Table:
    lines = []
    for _content, published, name, address in _kinds():
        unchecked = published.filter(override=Override.UNCHECKED).count()
        one = list(published.filter(override=Override.ONE_LANGUAGE))
        over = sum(one_language_expired(edition, now) for edition in one)
        lines.append(Line(name, [unchecked, len(one) - over, over], address))
    return Table(
        _("Overrides"),
        _("Published texts that were let through the gate, as they are today."),
        [str(Override.UNCHECKED.label), _("one language, in force"), _("one language, days over")],
        lines,
    )


def _one_language(now: datetime) -> list[Table]:
    """The texts themselves, where there are any."""
    lines = []
    for content, published, _name, _address in _kinds():
        options = content._meta
        for edition in published.filter(override=Override.ONE_LANGUAGE).select_related("content").order_by("pk"):
            name = words(edition, "title", edition.only_language) or str(edition.content)
            until = edition.override_at + timedelta(days=edition.only_language_days or 0)
            address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[edition.content_id])
            state = _("days over") if one_language_expired(edition, now) else _("in force")
            which = _("Welsh") if edition.only_language == Language.CY else _("English")
            values = [which, long_date(edition.live_since), long_date(until), state]
            lines.append(
                Line(name, values, address, "" if edition.only_language == current() else edition.only_language)
            )
    heads = [_("language"), _("published"), _("until"), _("state")]
    about = _("Each with the language it is in, and until when it may be.")
    return [Table(_("Texts in one language"), about, heads, lines)] if lines else []


def _stories(period: Period) -> Table:
    languages = languages_of_stories()
    sent, answered = first_times()
    lines = []
    for code, name in _names():
        own = [subject for subject, language in languages.items() if language == code]
        received = sum(period.holds(sent[subject]) for subject in own if subject in sent)
        first = [subject for subject in own if subject in answered and period.holds(answered[subject])]
        days = [_working_days(sent[subject], answered[subject]) for subject in first]
        lines.append(Line(name, [received, len(first), middle(days), max(days, default=None)]))
    return Table(
        _("Answers to stories"),
        _("By the language we write to the contributor in: how long the first answer took."),
        [_("received"), _("answered"), _("working days, median"), _("working days, longest")],
        lines,
    )


def _problems(period: Period) -> Table:
    lines = []
    for code, name in _names():
        own = Problem.objects.filter(language=code, looks_like_junk=False)
        received = own.filter(came_at__gte=period.moments[0], came_at__lt=period.moments[1]).count()
        answered = own.filter(answered_at__gte=period.moments[0], answered_at__lt=period.moments[1])
        rows: list[tuple[Any, Any, Any]] = list(answered.values_list("came_at", "answered_at", "due_on"))
        days = [_working_days(came, gone) for came, gone, _due in rows]
        late = sum(timezone.localdate(gone) > due for _came, gone, due in rows)
        lines.append(Line(name, [received, len(days), middle(days), late]))
    return Table(
        _("Answers to problems that readers report"),
        _("By the language that the reader wants the answer in."),
        [_("received"), _("answered"), _("working days, median"), _("answered late")],
        lines,
    )


def _messages(period: Period, now: datetime) -> Table:
    within = Q(created_at__gte=period.moments[0], created_at__lt=period.moments[1])
    waiting = Q(state=MessageState.WAITING)
    counted = (
        Message.objects.order_by()
        .values("language")
        .annotate(
            written=Count("pk", filter=within),
            sent=Count("pk", filter=within & Q(sent_at__isnull=False)),
            lost=Count("pk", filter=within & Q(state__in=UNDELIVERED)),
            waits=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(created_at__lt=working_days_before(now, WORDS_WITHIN))),
        )
    )
    found: dict[str, dict[str, Any]] = {row["language"]: dict(row) for row in counted}
    names = ("written", "sent", "lost", "waits", "late")
    return Table(
        _("Messages"),
        _("By the language they are in. What waits for words is counted as it is today."),
        [_("written"), _("sent"), _("not delivered"), _("waiting for words"), _("waiting too long")],
        [
            Line(str(language.label), [found.get(language, {}).get(name, 0) for name in names])
            for language in MessageLanguage
        ],
    )


def _names() -> list[tuple[str, str]]:
    return [("cy", _("Welsh")), ("en", _("English"))]


def middle(values: list[int]) -> float | int | None:
    """The median, as a whole number where it is one."""
    if not values:
        return None
    found = median(values)
    return int(found) if found == int(found) else found


def _working_days(first: datetime, last: datetime) -> int:
    return working_days_between(timezone.localdate(first), timezone.localdate(last))
