"""What the admins of every published thing share: its page with the gate and the moves, and the pair of columns it is written in.

This room registers nothing itself.
"""

from foundation.publishing.admin.contents import ContentAdmin
from foundation.publishing.admin.editions import EditionAdmin, EditionInline, NamedRows, edition_address, is_editor_of
from foundation.publishing.admin.forms import EditionForm

__all__ = [
    "ContentAdmin",
    "EditionAdmin",
    "EditionForm",
    "EditionInline",
    "NamedRows",
    "edition_address",
    "is_editor_of",
]
