"""The bilingual fields of hallmarks and frameworks."""

from foundation.bilingual.policies import Policy, translate
from hallmarks.models import Connection, Framework, HallmarkEdition, HallmarkReference, Strand

translate(
    HallmarkEdition,
    title=Policy.REQUIRED,
    lead_in=Policy.REQUIRED,
    short_name=Policy.REQUIRED,
    summary=Policy.OPTIONAL,
    body=Policy.REQUIRED,
)
translate(HallmarkReference, printed=Policy.NOT_OURS)
translate(Framework, name=Policy.NOT_OURS, url=Policy.NOT_OURS)
translate(Strand, name=Policy.NOT_OURS, url=Policy.NOT_OURS)
translate(Connection, printed=Policy.NOT_OURS)
