"""A story as a proof shows it, in one language: what readers will see, from the same template."""

from dataclasses import dataclass

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
    return CaseStudyEdition.objects.for_page(people=CreditedPerson.objects.named()).get(pk=edition.pk)
