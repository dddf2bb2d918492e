"""The bilingual fields of standing pages."""

from foundation.bilingual.policies import Policy, translate
from pages.models import PageEdition

translate(PageEdition, title=Policy.REQUIRED, body=Policy.REQUIRED)
