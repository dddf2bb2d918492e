"""Working days: every day but Saturdays and Sundays."""

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
    return timezone.make_aware(datetime.combine(day, time.min))


def working_days_between(first: date, last: date) -> int:
    """How many working days after `first` come up to and with `last`."""
    weeks, rest = divmod((last - first).days, 7)
    return 5 * weeks + sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
