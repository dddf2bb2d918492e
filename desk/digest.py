"""What digests and reminders tell the people of the desk: the same that its first page shows them."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from casestudies.vocabulary import CLAIMABLE, Status
from desk.figures import kept_figures
from desk.waiting import waiting_for
from foundation.people.models import User
from foundation.signin.waiting import Waiting

#: Lines of the first page that nobody is asked to do anything about.
ONLY_TOLD = ("state=unsent", "state=expiring")


def find(user: User) -> Iterator[Waiting]:
    """Stories that wait for an editor, the person's own, and what else they may see to."""
    request = HttpRequest()
    request.user = user
    found = waiting_for(request, kept_figures(), timezone.now())
    stories = found.counted
    if stories and user.has_perm("casestudies.moderate_casestudy"):
        yield Waiting(_("stories that nobody has claimed"), stories.of(Status.SUBMITTED, what="unclaimed"))
        yield Waiting(_("stories that were offered to you"), stories.offered)
        yield Waiting(_("stories that you hold"), stories.of(*CLAIMABLE, what="mine"), own=True)
        yield Waiting(
            _("stories that you hold, late for the promised answer"), stories.late_mine, own=True, is_late=True
        )
    for line in found.others:
        if not line.address.endswith(ONLY_TOLD):
            yield Waiting(line.label, line.count, is_late=line.is_trouble)
