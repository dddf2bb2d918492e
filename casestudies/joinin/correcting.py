"""Correcting the address of a story that waits for it to be confirmed."""

from django.db import transaction
from django.forms import EmailInput
from django.utils.translation import gettext_lazy as _

from casestudies.joinin.fields import Address
from casestudies.joinin.forms import StepForm
from casestudies.joinin.journey import changing
from casestudies.joinin.sending import why_held
from casestudies.models import CaseStudy
from casestudies.services import perform
from foundation.record.actors import CONTRIBUTOR


class AddressForm(StepForm):
    """One field: the right address."""

    email = Address(
        label=_("Your email address"),
        help_text=_("We send the link to this address."),
        widget=EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


@transaction.atomic
def correct(case: CaseStudy, *, email: str, version: int) -> CaseStudy:
    """Back to a draft, the address written, and sent again: the message to confirm goes to the new address.

    Links and messages to the old address stop working. Raises what `perform` raises.
    """
    case = perform("correct_address", case_id=case.pk, actor=CONTRIBUTOR, version=version)
    journey = changing(case)
    journey.draft.answers["you"] = {**journey.typed("you"), "email": email}
    journey.write_contributor()
    journey.keep()
    junk = why_held(journey, journey.edition())
    return perform("send", case_id=case.pk, actor=CONTRIBUTOR, junk=junk)
