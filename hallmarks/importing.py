"""Importing the text of a hallmark page into the working edition of its hallmark, one language at a time.

`plan` reads a page and says what importing it would do, without writing; `import_writing.carry_out` does it. What an import wrote is
remembered for each language, so that the same page again changes nothing and nobody's later work is overwritten unasked.
The live edition and the other language's words are never touched.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any, cast

from django.db.models import CharField
from django.utils.translation import gettext as _

from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import Language
from foundation.publishing.from_files import digest, last_written
from foundation.publishing.models import Stage
from foundation.publishing.prose import clean_prose, clean_text, text_from_prose
from hallmarks.matching import Frameworks, Link, best_work, new_item, new_key
from hallmarks.models import HallmarkEdition, HallmarkReference
from hallmarks.page_text import HallmarkPage, NotAHallmarkPage, ReferenceEntry, normalise_title, parse, read, same_title
from references.csl import creators_of, family_of
from references.models import Work


class ImportRefused(Exception):
    """A page cannot be imported: `code` for programs, `str()` for people, `diff` where somebody's work is in the way."""

    def __init__(self, code: str, message: str, diff: str = "") -> None:
        super().__init__(message)
        self.code, self.diff = code, diff


@dataclass(frozen=True, slots=True)
class Said:
    """What an edition says in one language. Two lists share one order, so the order of rows is nobody's edit."""

    title: str = ""
    lead_in: str = ""
    body: str = ""
    references: tuple[tuple[str, str], ...] = ()  # key of the work, entry as printed
    connections: tuple[tuple[str, str], ...] = ()  # "slo/2", line as printed
    source: str = ""

    @property
    def hash(self) -> str:
        rows = sorted(self.references), sorted(self.connections)
        return digest([self.title, self.lead_in, self.body, *rows, self.source])

    def lines(self) -> list[str]:
        """For a diff that people read."""
        rows = [f"{key}: {printed.replace(chr(10), ' | ')}" for key, printed in (*self.references, *self.connections)]
        return [self.lead_in, self.title, *text_from_prose(self.body).splitlines(), *rows, self.source]


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the page's list: the work it means, with its item where that is to be added."""

    entry: ReferenceEntry
    key: str
    work: Work | None
    item: dict[str, Any] | None

    @property
    def printed(self) -> str:
        return clean_text(f"{self.entry.heading}\n{self.entry.body}".strip())


@dataclass(slots=True)
class Plan:
    """What importing one page would do."""

    file: str
    file_hash: str
    language: Language
    page: HallmarkPage
    number: int
    edition: HallmarkEdition | None  # the working edition, or else the live one
    before: Said
    after: Said
    listed: list[Listed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        return self.edition is not None and self.before.hash == self.after.hash

    @property
    def works_added(self) -> list[str]:
        return [one.key for one in self.listed if one.item is not None]


def said(edition: HallmarkEdition | None, language: str) -> Said:
    """What `edition` says in `language`; rows that only the other language prints are not its."""
    if edition is None:
        return Said()
    other = Language(language).other

    def rows(children: Any, key: Callable[[Any], str]) -> tuple[tuple[str, str], ...]:
        pairs = [
            (key(row), getattr(row, f"printed_{language}") or "", getattr(row, f"printed_{other}")) for row in children
        ]
        return tuple((name, printed) for name, printed, elsewhere in pairs if printed or not elsewhere)

    words = {name: getattr(edition, f"{name}_{language}") or "" for name in ("title", "lead_in", "body")}
    return Said(
        **words,
        references=rows(edition.references.select_related("work"), lambda row: row.work.key),
        connections=rows(
            edition.connections.select_related("framework", "strand"), lambda row: link_key(row.framework, row.strand)
        ),
        source=edition.source.key if edition.source else "",
    )


def link_key(framework: Any, strand: Any) -> str:
    return f"{framework.key}/{strand.number}" if strand else str(framework.key)


# --- planning -------------------------------------------------------------------------------------------------------------


def plan(
    data: bytes, *, file: str, language: str | None = None, number: int | None = None, replace: bool = False
) -> Plan:
    """What importing the page in `data` would do. Raises `ImportRefused`; writes nothing."""
    frameworks = Frameworks()
    known = _known_titles()
    try:
        page = parse(
            read(data), language=language, titles=[title for *_where, title in known], frameworks=frameworks.names
        )
    except NotAHallmarkPage as error:
        raise ImportRefused(error.reason.value, str(error)) from error
    spoken = Language(page.language)
    number = number if number is not None else _number_of(page, spoken, known)
    _check_lengths(page)
    edition = _current(number)
    before = said(edition, spoken)
    made = Plan(file, digest(data.hex()), spoken, page, number, edition, before, before)
    _say_what_is_unplaced(made, known)
    _plan_list(made)
    _plan_connections(made, frameworks)
    made.after = _after(made)
    _say_what_leaves(made)
    if not replace and not made.changes_nothing and not is_untouched(edition, number, spoken):
        raise _edited(made)
    return made


def _known_titles() -> list[tuple[int, str, str]]:
    """Number, language and title of every hallmark, live and working."""
    rows = HallmarkEdition.objects.values_list("content__number", "title_cy", "title_en").order_by("content__number")
    return list(dict.fromkeys((n, language, t) for n, cy, en in rows for language, t in (("cy", cy), ("en", en)) if t))


def _number_of(page: HallmarkPage, language: str, known: Sequence[tuple[int, str, str]]) -> int:
    if not page.title:
        raise ImportRefused("no-title", _("The page has no title. Say which hallmark it is with --number."))
    found = {number for number, spoken, title in known if spoken == language and same_title(title, page.title)}
    if len(found) == 1:
        return found.pop()
    titles = "\n".join(f"  {number}  {title}" for number, spoken, title in known if spoken == language)
    message = _(
        "No hallmark has the title “%(title)s” in the language of the page (%(language)s). Known titles:\n%(titles)s"
    )
    if found:
        message = _("More than one hallmark has the title “%(title)s” (%(language)s). Known titles:\n%(titles)s")
    raise ImportRefused(
        "unknown-title",
        message % {"title": page.title, "language": Language(language).label, "titles": titles or "  –"},
    )


def _check_lengths(page: HallmarkPage) -> None:
    for name, text in (("title", page.title), ("lead_in", page.lead_in)):
        longest = cast(CharField[Any, Any], HallmarkEdition._meta.get_field(name)).max_length or 0
        if len(text or "") > longest:
            message = _("The %(field)s of the page is longer than %(limit)d characters.")
            raise ImportRefused("too-long", message % {"field": name, "limit": longest})


def _current(number: int) -> HallmarkEdition | None:
    """The working edition, or else the live one."""
    editions = HallmarkEdition.objects.filter(content__number=number).select_related("content", "source")
    return editions.order_by("-stage").first()  # "working" comes after "live"


def is_untouched(edition: HallmarkEdition | None, number: int, language: str) -> bool:
    """Whether nobody has written in `language` since it was imported, or since the working edition was begun."""
    if edition is None or edition.stage == Stage.LIVE:
        return True
    now = said(edition, language)
    last = last_written(source="import", kind="hallmark", key=str(number), language=language)
    if last is not None and last.written_hash == now.hash:
        return True
    live = edition.content.editions.filter(stage=Stage.LIVE).first()
    return now == Said() or (live is not None and said(live, language).hash == now.hash)


def _edited(made: Plan) -> ImportRefused:
    lines = unified_diff(made.before.lines(), made.after.lines(), _("working edition"), made.file, lineterm="")
    return ImportRefused(
        "edited",
        _("The working edition of hallmark %(number)d has been edited since. To overwrite that, use --replace.")
        % {"number": made.number},
        "\n".join(lines),
    )


def _plan_list(made: Plan) -> None:
    """Find the work of every entry, or make a new one. An entry printed before means the work it meant then."""
    works = {work.pk: work for work in Work.objects.all()}
    keys = {work.key for work in works.values()}
    remembered = _printed_before(made)
    taken: set[int] = set()
    for entry in made.page.references:
        work = works.get(remembered.get(clean_text(f"{entry.heading}\n{entry.body}".strip()), 0))
        if work is None or work.pk in taken:
            work = best_work(entry, works.values(), taken)
        item = None if work else new_item(entry)
        listed = Listed(entry, work.key if work else new_key(item or {}, keys), work, item)
        if work is not None:
            taken.add(work.pk)
        keys.add(listed.key)
        made.listed.append(listed)
        _say_of_entry(made, listed)


def _printed_before(made: Plan) -> dict[str, int]:
    """Entries as printed in this language in any list → the work; this hallmark's own list decides."""
    rows = HallmarkReference.objects.exclude(**{f"printed_{made.language}": ""})
    own = made.edition.pk if made.edition else 0
    pairs = rows.values_list("edition_id", f"printed_{made.language}", "work_id")
    return {printed: work for edition, printed, work in sorted(pairs, key=lambda row: row[0] == own) if printed}


def _plan_connections(made: Plan, frameworks: Frameworks) -> None:
    seen: set[str] = set()
    for block in made.page.connections:
        links, unknown = frameworks.find(block)
        made.notes += [
            _("No framework or strand is called “%(name)s”: not placed.") % {"name": name} for name in unknown
        ]
        for link in links:
            key = link_key(link.framework, link.strand)
            if key not in seen:
                made.links.append(link)
            seen.add(key)


def _after(made: Plan) -> Said:
    """What the edition will say. What the page does not have stays as it is."""
    page, before = made.page, made.before
    body = clean_prose("\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in page.paragraphs))
    return Said(
        title=clean_text(page.title or "") or before.title,
        lead_in=clean_text(page.lead_in or "") or before.lead_in,
        body=body,
        references=tuple((one.key, one.printed) for one in made.listed) or before.references,
        connections=tuple((link_key(one.framework, one.strand), one.printed[:300]) for one in made.links)
        or before.connections,
        source=_source(made.listed, made.language, before.source),
    )


def _source(listed: Sequence[Listed], language: str, before: str) -> str:
    """The key of the publication that the hallmark draws on: named as one of its series, or heading the list out of order.

    The second is weak evidence, and both languages share the source: it counts only where none is known yet.
    """
    if not listed:
        return before
    if "insight series" in normalise_title(listed[0].entry.body):
        return listed[0].key
    order = [sort_key(one.entry.heading, language) for one in listed]
    stands_apart = len(order) > 2 and order[0] > order[1] and order[1:] == sorted(order[1:])
    return before or (listed[0].key if stands_apart else "")


# --- what people are told ---------------------------------------------------------------------------------------------------


def _say_what_is_unplaced(made: Plan, known: Sequence[tuple[int, str, str]]) -> None:
    page, notes = made.page, made.notes
    notes += [
        _("Line %(line)d could not be placed: “%(text)s”") % {"line": one.line, "text": one.text[:100]}
        for one in page.unplaced
    ]
    if page.title and not any(
        number == made.number and same_title(title, page.title) for number, _spoken, title in known
    ):
        notes.append(_("The title is new for this hallmark: “%(title)s”") % {"title": page.title})
    if not page.title:
        notes.append(_("The page has no title: the title stays as it is."))
    if not page.references:
        notes.append(_("The page has no list of references: the list stays as it is."))
    if not page.connections:
        notes.append(_("The page has no connections to frameworks: they stay as they are."))


def _say_of_entry(made: Plan, listed: Listed) -> None:
    entry, work = listed.entry, listed.work
    names = {"entry": entry.heading, "key": listed.key, "text": entry.alternative}
    if work is None:
        made.notes.append(_("“%(entry)s” is not in the bibliography: added as %(key)s, to be checked.") % names)
    elif entry.year[:4] != str(work.year or ""):
        years = {"printed": entry.year, "year": work.year_shown}
        made.notes.append(
            _("“%(entry)s” is %(key)s, though the year differs: %(printed)s here, %(year)s in the bibliography.")
            % {**names, **years}
        )
    if entry.alternative and (work is None or work.cover_id is None):
        made.notes.append(_("The text for a picture, “%(text)s”, was not placed: %(key)s has no cover.") % names)


def _say_what_leaves(made: Plan) -> None:
    """Works that the page no longer lists, above all those that the other language's text still cites."""
    stay = {key for key, _printed in made.after.references}
    leaving = [key for key, _printed in made.before.references if key not in stay]
    if not leaving or made.edition is None:
        return
    rows = made.edition.references.filter(work__key__in=leaving, **{f"printed_{made.language.other}": ""})
    elsewhere = getattr(made.edition, f"body_{made.language.other}") or ""
    for work in (row.work for row in rows.select_related("work")):
        made.notes.append(_("%(key)s leaves the list of this hallmark.") % {"key": work.key})
        creators = creators_of(work.csl)
        if creators and family_of(creators[0]) in elsewhere and str(work.year) in elsewhere:
            made.notes.append(
                _("%(key)s seems to be cited in the other language still: look at that text.") % {"key": work.key}
            )
