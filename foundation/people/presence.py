"""Who has what open in the admin. It locks nothing: it is said to the others, and forgotten after some minutes."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils import timezone

from foundation.people.models import OpenPage, User

#: A page that has not been heard of for so long is taken for closed.
OLD_AFTER = timedelta(minutes=5)
#: So often a page that stays open says so, in seconds.
EVERY = 60

Item = str
_seal = Signer(salt="foundation.people.presence")


def item_of(obj: Model) -> Item:
    """What stands in the rows for a thing: its kind and its key. What is found by its kind may not be stored yet."""
    return f"{obj._meta.label_lower}:{getattr(obj, 'kind', obj.pk) if obj.pk is None else obj.pk}"


def sealed(item: Item) -> str:
    """As a page carries it: it can be given back only by somebody who was shown the page."""
    return _seal.sign(item)


def unsealed(text: str) -> Item | None:
    try:
        return _seal.unsign(text)
    except BadSignature:
        return None


def note_open(item: Item, *, by: User, now: datetime | None = None) -> None:
    """`by` opens a page of `item`; "since when" stays where they have not been away. Two queries."""
    now = now or timezone.now()
    if not keep_open(item, by=by, now=now):
        OpenPage.objects.update_or_create(item=item, user=by, defaults={"since": now, "seen_at": now})


def keep_open(item: Item, *, by: User, now: datetime | None = None) -> bool:
    """`by` still has it open. False where they had not, or where it was taken for closed."""
    now = now or timezone.now()
    return bool(_now_open(item, now).filter(user=by).update(seen_at=now))


def others_at(item: Item, *, but: User, now: datetime | None = None) -> list[OpenPage]:
    """Who else has it open, the first first. One query."""
    found = _now_open(item, now or timezone.now()).exclude(user=but)
    return list(found.select_related("user").order_by("since", "pk"))


def _now_open(item: Item, now: datetime) -> QuerySet[OpenPage]:
    return OpenPage.objects.filter(item=item, seen_at__gt=now - OLD_AFTER)


def forget_closed(now: datetime) -> int:
    """Delete the rows of pages that are taken for closed. How many."""
    return OpenPage.objects.filter(seen_at__lte=now - OLD_AFTER).delete()[0]
