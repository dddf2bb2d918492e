"""The kinds of work that CSL knows, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

#: CSL 1.0.2 type → its name.
KINDS: Mapping[str, Promise] = {
    "article": pgettext_lazy("kind of work", "Article"),
    "article-journal": pgettext_lazy("kind of work", "Article in a journal"),
    "article-magazine": pgettext_lazy("kind of work", "Article in a magazine"),
    "article-newspaper": pgettext_lazy("kind of work", "Article in a newspaper"),
    "bill": pgettext_lazy("kind of work", "Bill"),
    "book": pgettext_lazy("kind of work", "Book"),
    "broadcast": pgettext_lazy("kind of work", "Broadcast"),
    "chapter": pgettext_lazy("kind of work", "Chapter"),
    "dataset": pgettext_lazy("kind of work", "Data set"),
    "entry-encyclopedia": pgettext_lazy("kind of work", "Entry in an encyclopedia"),
    "legislation": pgettext_lazy("kind of work", "Legislation"),
    "manuscript": pgettext_lazy("kind of work", "Manuscript"),
    "motion_picture": pgettext_lazy("kind of work", "Film"),
    "pamphlet": pgettext_lazy("kind of work", "Pamphlet"),
    "paper-conference": pgettext_lazy("kind of work", "Conference paper"),
    "post-weblog": pgettext_lazy("kind of work", "Blog post"),
    "report": pgettext_lazy("kind of work", "Report"),
    "review": pgettext_lazy("kind of work", "Review"),
    "software": pgettext_lazy("kind of work", "Software"),
    "speech": pgettext_lazy("kind of work", "Speech"),
    "standard": pgettext_lazy("kind of work", "Standard"),
    "thesis": pgettext_lazy("kind of work", "Thesis"),
    "webpage": pgettext_lazy("kind of work", "Web page"),
}


def label_of_kind(kind: str) -> str | Promise:
    """The name of a CSL type; of one that has none here, "document"."""
    return KINDS.get(kind, pgettext_lazy("kind of work", "Other document"))
