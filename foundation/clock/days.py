"""Days and months: working days are all but Saturdays and Sundays."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def working_day_after(day: date, days: int) -> date:
    """So many working days later."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def working_days_before(moment: datetime, days: int) -> datetime:
    """The same time of day, so many working days earlier."""
    while days:
        moment -= timedelta(days=1)
        days -= timezone.localtime(moment).weekday() < 5
    return moment


def promised_since(today: date, days: int) -> datetime:
    """The first moment from which so many working days are not over before `today`: what is older is late."""
    day = today
    while working_day_after(day - timedelta(days=1), days) >= today:
        day -= timedelta(days=1)
    return beginning_of(day)


def working_days_between(first: date, last: date) -> int:
    """How many working days after `first` come up to and with `last`."""
    weeks, rest = divmod((last - first).days, 7)
    return 5 * weeks + sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))


def beginning_of(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def month_after(first: date, months: int) -> date:
    """The first day of the month that comes so many months after (or, less than nought, before) that of `first`."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_before(today: date) -> list[date]:
    """The first days of the last twelve months, this one the last."""
    return [month_after(today, number) for number in range(-11, 1)]
