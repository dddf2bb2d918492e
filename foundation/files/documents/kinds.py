"""The kinds of document that may come in."""

from django.db import models


class Kind(models.TextChoices):
    """What a document is, by its content. (Names of formats, the same in both languages.)"""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
