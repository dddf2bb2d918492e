"""The people whom a story credits: out of the draft into rows of their own when it is sent, and back into the form.

What is typed about them is in one place at a time: in the draft until the story is sent, then in the rows, where they can
decline and be erased.
"""

from typing import TYPE_CHECKING, Any

from casestudies.joinin.asking import Typed
from casestudies.models import CaseStudy, CreditedPerson

if TYPE_CHECKING:
    from casestudies.joinin.journey import Journey


def typed_people(case: CaseStudy) -> Typed:
    """What somebody would have typed to name the people who are credited now. Who declined is not named again."""
    people = list(enumerate(case.credits.filter(declined_at__isnull=True), start=1))
    if not people:
        return {}
    typed: Typed = {"order": [str(mark) for mark, _person in people]}
    for mark, person in people:
        typed |= {f"name-{mark}": person.name, f"role-{mark}": person.role, f"email-{mark}": person.email}
        typed |= {f"contact-{mark}": "on"} if person.is_contact else {}
    return typed


def write_people(journey: "Journey", people: list[dict[str, Any]]) -> None:
    """Keep the people in rows of their own, in order, and nowhere else. Who declined stays declined."""
    there = {person.email.casefold(): person for person in journey.case.credits.all()}
    for position, said in enumerate(people):
        person = there.pop(said["email"].casefold(), None) or CreditedPerson(case_study=journey.case)
        if (person.name, person.role, person.is_contact) != (said["name"], said["role"], said["contact"]):
            person.told_at = None  # they were told something else
        person.name, person.role, person.email = said["name"], said["role"], said["email"]
        person.is_contact, person.position = said["contact"], position
        person.save()
    journey.case.credits.filter(pk__in=[one.pk for one in there.values()], declined_at__isnull=True).delete()
    journey.draft.answers.pop("people", None)
    for kept in ("saves", "beside"):  # of the page, whose answers these are too
        pages = journey.remembered.get(kept, {})
        if "people" in pages:
            journey.remember(**{kept: {key: value for key, value in pages.items() if key != "people"}})
