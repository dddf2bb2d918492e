"""The bilingual fields of the bibliography."""

from foundation.bilingual.policies import Policy, translate
from references.models import Work

translate(Work, cover_alt=Policy.OPTIONAL)
