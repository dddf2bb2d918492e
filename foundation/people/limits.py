"""Rate limits that all web processes share, because they are kept in the database."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.people.models import RateLimit


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds."""

    name: str
    most: int
    seconds: int


class TooOften(Exception):
    """The limit is reached; `until` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"too often: try again at {until:%H:%M}")
        self.until = until

    @property
    def clock_time(self) -> str:
        """When it may be tried again, by the clock on the wall; a full minute later, so that it is true."""
        return f"{timezone.localtime(self.until) + timedelta(minutes=1):%H:%M}"


def take(limit: Limit, who: str, *, now: datetime | None = None) -> None:
    """Count one use by `who`, or raise `TooOften`. Two or three queries; the counting is atomic on both databases.

    Time is cut into stretches of `limit.seconds` that begin at the same moment for everyone, so that a row needs no lock:
    in the worst case somebody does twice as much across the end of a stretch.
    """
    now = now or timezone.now()
    until = _end_of_stretch(now, limit.seconds)
    key = key_of(limit, who)
    row = RateLimit.objects.filter(key=key, until=until)
    if not row.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                RateLimit.objects.create(key=key, until=until)
        except IntegrityError:  # another process was first
            row.update(count=F("count") + 1)
    if row.values_list("count", flat=True)[0] > limit.most:
        raise TooOften(until)


#: All the addresses of one network together may do so many times what one of them may.
NEARBY = 5


def take_from(request: HttpRequest, limit: Limit) -> None:
    """Count one use by the address that `request` comes from, and one by the network around it, or raise `TooOften`."""
    address = network(request)
    take(limit, address)
    take(Limit(f"{limit.name}-nearby", limit.most * NEARBY, limit.seconds), around(address))


def key_of(limit: Limit, who: str) -> str:
    """The row of `who`: an address is not kept, only what cannot be turned back into one without our key."""
    return salted_hmac("foundation.people.limits", f"{limit.name}\0{who}", algorithm="sha256").hexdigest()


def _end_of_stretch(now: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, tz=UTC)


def forget_past(now: datetime) -> int:
    """Delete the rows of stretches that are over. How many."""
    return RateLimit.objects.filter(until__lt=now - timedelta(minutes=1)).delete()[0]


def network(request: HttpRequest) -> str:
    """The network the request comes from: its IPv4 address, or the /64 of its IPv6 address; "" when it has none.

    Behind our own proxy the last address of `X-Forwarded-For` is the one the proxy saw; those before it are hearsay.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def around(address: str) -> str:
    """The network that an address (as `network` gives it) belongs to: 256 addresses of IPv4, a /48 of IPv6."""
    if not address:
        return ""
    found = ipaddress.ip_network(address, strict=False)
    return str(found.supernet(new_prefix=48 if found.version == 6 else 24))
