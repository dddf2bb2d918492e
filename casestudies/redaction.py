"""Where words stand in this room, so that passages can be replaced in all of them at once (`foundation.record.redaction`)."""

from casestudies.documents import remove_document, take_back
from casestudies.models import (
    AccessLink,
    CaseStudyEdition,
    CaseStudyReference,
    Comment,
    Contributor,
    CreditedPerson,
    Document,
    DocumentCopy,
    Draft,
    EditionHallmark,
    EditionPicture,
    Finding,
    Headteacher,
    LinkRequest,
    Permission,
    ReadyReason,
    Snapshot,
    Tag,
    TypedReference,
)
from casestudies.safeguarding.scanning import scan
from foundation.publishing.services import register_words_of
from foundation.record.redaction import register_words


def register() -> None:
    """Rows that make no sense with a hole go altogether: a document, whose file says the same; a person to be thanked; a link."""
    register_words_of(CaseStudyEdition, "schools", then=scan)
    register_words(EditionHallmark, "how")
    register_words(EditionPicture, "alt")
    register_words(TypedReference, "text")
    register_words(ReadyReason, "title", "text", also=lambda row: {"version": row["version"] + 1})
    register_words(CaseStudyReference, "printed")
    register_words(
        Contributor, "name", "role", "email",
        also=lambda row: {} if row["email"] else {"address_confirmed_at": None},
    )  # fmt: skip
    register_words(Headteacher, "name", "email")
    register_words(CreditedPerson, "name", "role", "email", goes_with=("name",))
    register_words(Permission, "person", "text")
    register_words(AccessLink, "email")
    register_words(LinkRequest, "email")
    register_words(Draft, "answers", "problems")
    register_words(Snapshot, "story")
    register_words(Document, "name", "text", goes_with=("text",), let_go=remove_document)
    register_words(
        DocumentCopy, "title", goes_with=("title_cy", "title_en"), let_go=lambda copy: take_back(copy.document)
    )
    register_words(Tag, "name", goes_with=("name_cy", "name_en"))
    register_words(Comment, "quote", "text_cy", "text_en", "answer")
    register_words(
        Finding, "quote", "before", "after", "explanation", "what", "reason", goes_with=("quote",)
    )  # it asked about words that are gone
