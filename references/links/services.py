"""Which addresses are asked, and writing down what they answered.

Every write has a short transaction of its own, after the network has answered: nothing is locked while a server is waited for.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from foundation.people.models import User
from references.csl import DOI_HOST, doi_address
from references.links.asking import Answer, Known, Manners, ask
from references.models import Link, LinkCheck, Verdict, Work

EVERY = timedelta(days=7)
BATCH = 12
#: No check is begun after so many seconds: the worker that runs us has mail to send and stories to publish.
RUN_SECONDS = 20.0
HISTORY = 20
#: After a run in which nobody answered; and how many others are asked to learn whether it is us.
LATER = timedelta(hours=1)
OTHERS = 3
ADDRESS_LENGTH = 600


def check_links(now: datetime) -> None:
    """What the clock does every few minutes: note new addresses and ask a few of those that are due."""
    if settings.LINK_CHECKS:
        gather(now)
        check_due(now)


def addresses_of(url: str, welsh_url: str, doi: str) -> set[str]:
    """Where a work sends its readers."""
    found = {url, welsh_url, doi_address(doi) if doi else ""}
    return {address for address in found if address and len(address) <= ADDRESS_LENGTH}


def works_at(addresses: Iterable[str]) -> dict[str, list[Work]]:
    """The published works that name each address, in one query."""
    wanted = set(addresses)
    dois = {unquote(address.removeprefix(DOI_HOST)) for address in wanted if address.startswith(DOI_HOST)}
    named = Q(url__in=wanted) | Q(welsh_url__in=wanted) | Q(doi__in=dois)
    found: dict[str, list[Work]] = defaultdict(list)
    for work in Work.objects.published().filter(named).order_by("sort_en", "key"):
        for address in addresses_of(work.url, work.welsh_url, work.doi) & wanted:
            found[address].append(work)
    return found


def gather(now: datetime) -> None:
    """A row for every address of a published work; those that no published work names any more are left in peace."""
    named: set[str] = set()
    for columns in Work.objects.published().values_list("url", "welsh_url", "doi").iterator():
        named |= addresses_of(*columns)
    known = dict(Link.objects.values_list("address", "in_use"))
    Link.objects.bulk_create(
        [Link(address=address, next_at=now) for address in sorted(named - known.keys())],
        ignore_conflicts=True,
        batch_size=500,
    )
    _use({address for address, used in known.items() if used and address not in named}, used=False)
    _use({address for address, used in known.items() if not used and address in named}, used=True)


def _use(addresses: set[str], *, used: bool) -> None:
    ordered = sorted(addresses)
    for start in range(0, len(ordered), 500):
        Link.objects.filter(address__in=ordered[start : start + 500]).update(in_use=used)


def check_due(now: datetime, manners: Manners | None = None) -> list[Link]:
    """Ask those that are due, one after another, and write down what they answered. Gives those that were heard of.

    Where nobody answers at all it may be our own network that is down: then nothing is written of anybody, and those
    asked are asked again later.
    """
    manners, begun = manners or Manners(), time.monotonic()
    heard: list[Link] = []
    unheard: list[tuple[Link, Answer]] = []
    for link in Link.objects.due(now)[:BATCH]:
        if time.monotonic() - begun > RUN_SECONDS:
            break
        answer = ask(link.address, Known(link.leads_to, link.etag, link.last_modified), manners)
        if answer.is_of_the_network:
            unheard.append((link, answer))
        else:
            heard.append(record(link, answer, now))
    if unheard and not heard and not _others_answer(unheard[0][0], manners):
        Link.objects.filter(pk__in=[link.pk for link, _answer in unheard]).update(next_at=now + LATER)
        return []
    return heard + [record(link, answer, now) for link, answer in unheard]


def _others_answer(link: Link, manners: Manners) -> bool:
    """Whether one of those that worked when they were last asked, on other hosts, answers now."""
    host = urlsplit(link.address).netloc
    others = Link.objects.filter(in_use=True, verdict=Verdict.WORKS).exclude(address__contains=host)
    return any(
        not ask(other.address, None, manners).is_of_the_network for other in others.order_by("-worked_at")[:OTHERS]
    )


@transaction.atomic
def record(link: Link, answer: Answer, now: datetime) -> Link:
    """Write down an answer, and keep the newest of the link's history. Gives the link as it is now."""
    link = Link.objects.select_for_update().get(pk=link.pk)
    changed = (answer.problem, answer.status) != (link.problem, link.status)
    link.verdict, link.problem, link.status = answer.verdict, answer.problem, answer.status
    link.checked_at, link.next_at, link.is_wanted = now, now + EVERY, False
    if answer.verdict == Verdict.WORKS:
        link.worked_at, link.failures, link.failing_since = now, 0, None
        link.leads_to, link.etag = answer.known.address[:2000], answer.known.etag[:200]
        link.last_modified = answer.known.last_modified[:60]
    elif answer.verdict == Verdict.FAILS:
        link.failures, link.failing_since = min(link.failures + 1, 32_000), link.failing_since or now
    if link.accepted_at and (answer.verdict == Verdict.WORKS or (answer.verdict == Verdict.FAILS and changed)):
        link.accepted_at = link.accepted_by = None  # what was said was said of another answer
    link.save()
    LinkCheck.objects.create(
        link=link, at=now, verdict=answer.verdict, problem=answer.problem, status=answer.status,
        seconds=round(answer.seconds, 2),
    )  # fmt: skip
    kept = link.checks.order_by("-at", "-pk").values_list("pk", flat=True)[:HISTORY]
    link.checks.exclude(pk__in=list(kept)).delete()
    return link


def want_check(links: Iterable[Link], now: datetime) -> int:
    """Have addresses asked at the clock's next turn, before all others. Gives how many."""
    keys = [link.pk for link in links]
    return Link.objects.filter(pk__in=keys, in_use=True).update(is_wanted=True, next_at=now)


def accept(links: Iterable[Link], *, user: User, now: datetime) -> int:
    """A person followed the address and it works for them. Stands until the address answers something else."""
    keys = [link.pk for link in links]
    failing = Link.objects.filter(pk__in=keys, failures__gt=0)
    return failing.update(accepted_at=now, accepted_by=user)
