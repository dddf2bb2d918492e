"""The models of the bibliography, a file a subject."""

from references.models.works import Identity, ListedReference, Work, WorkQuerySet

__all__ = ["Identity", "ListedReference", "Work", "WorkQuerySet"]
