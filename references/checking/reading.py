"""Bringing in the texts: the words of editions, their lists, and their citations resolved. In a bounded number of queries."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from foundation.bilingual.agreement import State
from foundation.bilingual.languages import words
from foundation.bilingual.services import agreed_pairs, states_of
from foundation.publishing.models import Stage
from references.checking.registry import Checked, checked_kinds, kind_of
from references.checking.texts import Entry, Mention, Text, entry_of_row
from references.citations import PARENTHETICAL, find_citations
from references.citations.linking import plain
from references.citations.resolving import Asked, Bibliography, Listed, OwnList, bibliography_of
from references.models.citations import CitationLink
from references.styles import year_letters


@dataclass(frozen=True, slots=True)
class Reading:
    """One edition as the check sees it."""

    edition: Any
    kind: Checked
    cy: Text
    en: Text
    in_step: bool
    links: Sequence[CitationLink]


def read_all() -> list[Reading]:
    """Every text that staff see: the working edition of each content, or else its live one."""
    return [reading for kind in checked_kinds() for reading in _read(kind, _current(kind.editions()))]


def read_texts(kind: Checked, keys: Collection[int]) -> list[Reading]:
    """The same of the contents with these keys."""
    return _read(kind, _current(kind.editions().filter(content__in=keys)))


def _current(editions: Iterable[Any]) -> list[Any]:
    ordered = sorted(editions, key=lambda edition: (edition.content_id, edition.stage != Stage.WORKING))
    return [next(each) for _key, each in groupby(ordered, key=lambda edition: edition.content_id)]


def read(editions: Iterable[Any]) -> list[Reading]:
    """These editions, of one kind; nothing where that kind is not checked."""
    editions = list(editions)
    kind = kind_of(editions[0]) if editions else None
    return _read(kind, editions) if kind else []


def _read(kind: Checked, editions: Sequence[Any]) -> list[Reading]:
    if not editions:
        return []
    rows, links, agreed = _rows(kind, editions), _links(editions), agreed_pairs(editions)
    without_list = kind.without_list(editions)
    letters = {key: year_letters([row.work for row in listed]) for key, listed in rows.items()}
    drafts = {
        (edition.pk, language): _Draft(
            kind,
            edition,
            language,
            _entries(
                rows.get(edition.pk, []),
                language,
                letters.get(edition.pk, {}),
                is_listless=(edition.pk, language) in without_list,
            ),
            [link for link in links.get(edition.content_id, []) if link.language == language],
        )
        for edition in editions
        for language in ("cy", "en")
    }
    known = bibliography_of(one for draft in drafts.values() for _field, asked in draft.asked for one in asked)
    return [
        Reading(
            edition,
            kind,
            drafts[edition.pk, "cy"].text(known),
            drafts[edition.pk, "en"].text(known),
            _is_in_step(kind, edition, agreed.get(edition.pk, {})),
            links.get(edition.content_id, []),
        )
        for edition in editions
    ]


class _Draft:
    """A text whose citations are found and not resolved yet."""

    def __init__(
        self, kind: Checked, edition: Any, language: str, entries: Sequence[Entry], links: Sequence[CitationLink]
    ) -> None:
        self.edition, self.language, self.entries, self.links = edition, language, entries, links
        self.own_list = OwnList(self._listed(), language)
        texts = [(field, plain_words(kind, edition, field, language)) for field in kind.fields]
        self.has_words = any(text.strip() for _field, text in texts)
        self.asked = [(field, self.own_list.ask(find_citations(text))) for field, text in texts]

    def text(self, known: Bibliography) -> Text:
        mentions = [mention for field, asked in self.asked for mention in self._mentions(field, asked, known)]
        return Text(self.language, mentions, self.entries, self._source_key(), self.has_words)

    def _source_key(self) -> str:
        source = getattr(self.edition, "source", None)
        return source.key if source else ""

    def _listed(self) -> Iterator[Listed]:
        source = self._source_key()
        for entry in self.entries:
            yield Listed(entry.work, entry.printed, entry.letter, is_source=entry.work.key == source)

    def _mentions(self, field: str, asked: Sequence[Asked], known: Bibliography) -> Iterator[Mention]:
        links = {(link.as_printed, link.occurrence): link.work for link in self.links if link.field == field}
        counted: Counter[str] = Counter()
        for one in self.own_list.answer(asked, links, known):
            citation = one.citation
            counted[citation.as_printed] += 1
            yield Mention(
                field,
                citation.as_printed,
                citation.year,
                counted[citation.as_printed],
                str(one.how),
                citation.authors_as_printed,
                one.work,
                one.candidates,
                frozenset(map(str, one.notes)),
                citation.kind == PARENTHETICAL and not citation.is_carried,
            )


def plain_words(kind: Checked, edition: Any, field: str, language: str) -> str:
    """The words of a field, without mark-up: read as where it is shown, so that a link is counted alike."""
    text = words(edition, field, language)
    return plain(text).text if field in kind.prose else text


def _entries(rows: Sequence[Any], language: str, letters: Mapping[int, str], *, is_listless: bool) -> list[Entry]:
    """The list of a text: none where it came without one and none of the rows is printed in its language."""
    entries = [entry_of_row(row, language, letters.get(row.work_id, "")) for row in rows]
    return [] if is_listless and not any(entry.printed for entry in entries) else entries


def _rows(kind: Checked, editions: Sequence[Any]) -> dict[Any, list[Any]]:
    """The rows of the lists, by edition. One query, or none."""
    found: dict[Any, list[Any]] = {}
    if kind.references:
        model: Any = kind.model._meta.get_field(kind.references).related_model
        for row in model._base_manager.filter(edition__in=editions).select_related("work").order_by("position", "pk"):
            found.setdefault(row.edition_id, []).append(row)
    return found


def _links(editions: Sequence[Any]) -> dict[Any, list[CitationLink]]:
    """What editors linked, by content. One query."""
    found: dict[Any, list[CitationLink]] = {}
    links = CitationLink.objects.of(*(edition.content for edition in editions))
    for link in links.select_related("work", "by").order_by("pk"):
        found.setdefault(link.object_id, []).append(link)
    return found


def _is_in_step(kind: Checked, edition: Any, agreed: Any) -> bool:
    """Whether a person has said, of every text with citations, that the two languages match as they stand."""
    states = states_of(edition, agreed)
    return all(states[field].state in (State.IN_STEP, State.EMPTY) for field in kind.fields)
