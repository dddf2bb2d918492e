"""The page of the form on documents."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casestudies.documents import MOST_DOCUMENTS
from casestudies.joinin.asking import Row
from casestudies.joinin.forms import StepForm


class DocumentsForm(StepForm):
    """No questions: documents come in one at a time, and stay."""

    @property
    def is_started(self) -> bool:
        return bool(self.journey.documents)

    def beside(self, query: Any) -> dict[str, Any]:
        return {
            "documents": self.journey.documents,
            "most_documents": MOST_DOCUMENTS,
            "most_pages": settings.DOCUMENT_MAX_PAGES,
        }

    def rows(self) -> list[Row]:
        return [Row(_("Documents"), [document.name for document in self.journey.documents])]
