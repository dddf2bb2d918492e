"""The bilingual fields of messages: both always there, and in force once they say the same."""

from foundation.bilingual.policies import Policy, translate
from foundation.correspondence.models import Wording

translate(Wording, subject=Policy.REQUIRED, body=Policy.REQUIRED)
