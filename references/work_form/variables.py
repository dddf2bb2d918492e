"""What the form of a work asks, in which order, and of which kinds of work. Source: the CSL 1.0.2 data schema, and Zotero."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from references.kinds import KINDS, label_of_kind


@dataclass(frozen=True, slots=True)
class Variable:
    """A text of an item. `kinds` are those it makes sense for; without, it is asked of all."""

    name: str
    label: str | Promise
    kinds: str = ""
    help: str | Promise = ""
    is_long: bool = False


_PERIODICAL = "article-journal article-magazine article-newspaper review"
_PART = "chapter entry-encyclopedia paper-conference"
_WHOLE = "book dataset manuscript pamphlet report standard thesis"

VARIABLES: Mapping[str, Variable] = {
    one.name: one
    for one in (
        Variable("title", _("title"), help=_("In its own language.")),
        Variable("title-short", _("short title")),
        Variable("original-title", _("title of the original"), "book chapter", _("Of a work that is translated.")),
        Variable("genre", _("kind of thesis, report or manuscript"), "article manuscript report speech thesis",
                 _("For example PhD thesis, or annual report.")),
        Variable("container-title", _("journal, book or website"),
                 f"{_PERIODICAL} {_PART} article broadcast post-weblog webpage", _("That it appeared in.")),
        Variable("container-title-short", _("the journal’s short name"), "article-journal"),
        Variable("volume", pgettext_lazy("of a journal or book", "volume"), f"{_PERIODICAL} {_PART} book legislation"),
        Variable("issue", pgettext_lazy("of a journal", "issue"), _PERIODICAL),
        Variable("page", _("pages"), f"{_PERIODICAL} {_PART}", _("For example 12-30.")),
        Variable("edition", pgettext_lazy("of a book", "edition"), f"{_PART} book article-newspaper"),
        Variable("section", pgettext_lazy("of a newspaper or law", "section"), "article-newspaper bill legislation"),
        Variable("collection-title", _("series"), f"{_PART} book report pamphlet"),
        Variable("collection-number", _("number in the series"), f"{_PART} book report pamphlet"),
        Variable("number", _("number of the report or law"), "bill broadcast dataset legislation report standard"),
        Variable("number-of-volumes", _("number of volumes"), f"{_PART} book"),
        Variable("number-of-pages", _("number of pages"), _WHOLE),
        Variable("version", pgettext_lazy("of software or data", "version"), "dataset software"),
        Variable("medium", pgettext_lazy("film, recording …", "medium"), "broadcast motion_picture software"),
        Variable("event-title", _("name of the conference"), "paper-conference speech"),
        Variable("event-place", _("place of the conference"), "paper-conference speech"),
        Variable("publisher", _("publisher, university or body"),
                 f"{_WHOLE} {_PART} bill broadcast legislation motion_picture software webpage"),
        Variable("publisher-place", _("place of publication"), f"{_WHOLE} {_PART} motion_picture"),
        Variable("URL", _("address")),
        Variable("DOI", "DOI", f"{_PERIODICAL} {_PART} {_WHOLE} article software", _("For example 10.1000/182.")),
        Variable("ISBN", "ISBN", f"{_PART} book pamphlet report"),
        Variable("ISSN", "ISSN", _PERIODICAL),
        Variable("archive", _("archive"), "manuscript"),
        Variable("archive_location", _("place in the archive"), "manuscript"),
        Variable("abstract", _("abstract"), is_long=True),
        Variable("keyword", _("keywords")),
        Variable("note", _("note in the item"), help=_("Goes with the item to reference managers."), is_long=True),
    )
}  # fmt: skip

#: Sections of the form below the first; a tuple is a line.
SECTIONS: tuple[tuple[Promise, tuple[str | tuple[str, ...], ...]], ...] = (
    (_("Where it appeared"), (
        "container-title", "container-title-short", ("volume", "issue", "page"), ("edition", "number-of-volumes"),
        ("collection-title", "collection-number"), ("section", "number", "version", "medium"), "number-of-pages",
        ("event-title", "event-place"),
    )),
    (_("Who published it"), ("publisher", "publisher-place")),
    (_("Where it is found"), ("URL", "DOI", ("ISBN", "ISSN"), ("archive", "archive_location"))),
    (_("Abstract and notes"), ("abstract", "keyword", "note")),
)  # fmt: skip
#: The dates of an item, with the word for their section.
DATES: Mapping[str, Promise] = {"issued": _("Date of publication"), "accessed": _("Last looked at")}

ROLES: Mapping[str, Promise] = {
    "author": pgettext_lazy("of a work", "author"),
    "editor": pgettext_lazy("of a work", "editor"),
    "translator": pgettext_lazy("of a work", "translator"),
    "collection-editor": _("editor of the series"),
    "container-author": _("author of the book"),
    "editorial-director": _("general editor"),
    "compiler": _("compiler"),
    "contributor": pgettext_lazy("of a work", "contributor"),
    "illustrator": _("illustrator"),
    "reviewed-author": _("author of the work under review"),
    "original-author": _("author of the original"),
    "interviewer": _("interviewer"),
    "recipient": pgettext_lazy("of a letter", "recipient"),
    "director": pgettext_lazy("of a film", "director"),
    "producer": pgettext_lazy("of a film", "producer"),
    "script-writer": _("script writer"),
    "composer": _("composer"),
    "performer": _("performer"),
    "host": pgettext_lazy("of a broadcast", "host"),
    "guest": pgettext_lazy("of a broadcast", "guest"),
    "organizer": _("organiser"),
}
#: The parts of a name, as the form shows them.
PARTS: Mapping[str, Promise] = {
    "literal": _("body, or a single name"),
    "family": _("family name"),
    "given": _("given names"),
    "non-dropping-particle": _("particle that stays with the family name (van)"),
    "dropping-particle": _("particle that stays with the given names (von)"),
    "suffix": _("suffix (Jr)"),
}
#: Those that few names have.
RARE_PARTS = ("non-dropping-particle", "dropping-particle", "suffix")


def kind_choices(own: str) -> list[tuple[str, str | Promise]]:
    """The kinds, in the alphabet's order, with the item's own where it is none of them."""
    named = sorted(((kind, str(label)) for kind, label in KINDS.items()), key=lambda kind: kind[1].casefold())
    other = "" if own in KINDS else own
    return [
        ("", "–"),
        *named,
        ("document", label_of_kind("document")),
        *([(other, other)] if other not in ("", "document") else []),
    ]
