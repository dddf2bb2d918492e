"""A story as a proof shows it, in one language: what readers will see, from the same template."""

from dataclasses import dataclass

from django.db.models import Prefetch

from casestudies.models import CaseStudyEdition, CreditedPerson
from foundation.bilingual.languages import Language


@dataclass(frozen=True, slots=True)
class Proof:
    """An edition, as `for_proof` gives it, to be shown in one language."""

    edition: CaseStudyEdition
    language: Language

    @property
    def prefix(self) -> str:
        """What keeps the ids of its parts from those of the other language, on a page that shows both."""
        return f"{self.language}-"


def for_proof(edition: CaseStudyEdition) -> CaseStudyEdition:
    """The edition with all that its proof shows: also the people who are to be named and have not been told yet."""
    named = Prefetch(
        "content__credits", queryset=CreditedPerson.objects.filter(declined_at__isnull=True), to_attr="people_named"
    )
    found = CaseStudyEdition.objects.for_page().prefetch_related(named).get(pk=edition.pk)
    found.content.people_shown = found.content.people_named  # type: ignore[attr-defined]  # where `for_page` puts its own
    return found
