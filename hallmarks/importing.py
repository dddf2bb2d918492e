"""Importing the text of a hallmark page into the working edition of its hallmark, one language at a time.

`plan` reads a page and says what importing it would do, without writing; `import_writing.carry_out` does it. What an import wrote is
remembered for each language, so that the same page again changes nothing and nobody's later work is overwritten unasked.
The live edition and the other language's words are never touched.
"""

import html
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from typing import Any, cast

from django.db.models import CharField
from django.utils.translation import gettext as _

from foundation.bilingual.alphabet import sort_key
from foundation.bilingual.languages import Language
from foundation.publishing.from_files import digest, last_written
from foundation.publishing.models import Stage
from foundation.publishing.prose import clean_prose, clean_text
from hallmarks.import_notes import say_of_entry, say_of_order, say_of_page, say_what_leaves
from hallmarks.import_plan import ImportRefused, Listed, Plan, Said, link_key, said
from hallmarks.matching import Frameworks, new_item, new_key, works_meant
from hallmarks.models import HallmarkEdition, HallmarkReference
from hallmarks.page_text import HallmarkPage, NotAHallmarkPage, normalise_title, parse, read, same_title
from references.models import Work


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
    if number is None:
        number = _number_of(page, spoken, known)
    elif not replace:
        _check_number(page, number, known)
    _check_lengths(page)
    edition = _current(number)
    before = said(edition, spoken)
    made = Plan(file, digest(data.hex()), spoken, page, number, edition, before, before)
    say_of_page(made, known)
    _plan_list(made)
    _plan_connections(made, frameworks)
    _plan_order(made)
    made.after = _after(made)
    say_what_leaves(made)
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


def _check_number(page: HallmarkPage, number: int, known: Sequence[tuple[int, str, str]]) -> None:
    """Refuse a page that has the title of another hallmark than the one it is said to be."""
    found = {one: title for one, _spoken, title in known if same_title(title, page.title or "")}
    if not found or number in found:
        return
    other, title = min(found.items())
    message = _(
        "“%(title)s” is the title of hallmark %(other)d, and --number says %(number)d. To import the page as hallmark "
        "%(number)d all the same, use --replace."
    )
    raise ImportRefused("other-hallmark", message % {"title": title, "other": other, "number": number})


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
    """Find the work of every entry, or make a new one."""
    works = {work.pk: work for work in Work.objects.all()}
    keys = {work.key for work in works.values()}
    remembered = _printed_before(made)
    before = {
        entry.line: work
        for entry in made.page.references
        if (work := works.get(remembered.get(clean_text(f"{entry.heading}\n{entry.body}".strip()), 0)))
    }
    certain, probable = works_meant(made.page.references, works.values(), before=before)
    for entry in made.page.references:
        work = certain.get(entry.line) or probable.get(entry.line)
        item = None if work else new_item(entry)
        key = work.key if work else new_key(item or {}, keys)
        keys.add(key)
        made.listed.append(Listed(entry, key, work, item, is_probable=entry.line in probable))
        say_of_entry(made, made.listed[-1])


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


def _plan_order(made: Plan) -> None:
    """Where the rows stand: the two languages share them, so what the other one has printed keeps its place."""
    printed = f"printed_{made.language.other}"
    references: list[str] = []
    connections: list[str] = []
    if made.edition is not None:
        rows = made.edition.references.select_related("work")
        links = made.edition.connections.select_related("framework", "strand")
        references = [row.work.key for row in rows if getattr(row, printed)]
        connections = [link_key(row.framework, row.strand) for row in links if getattr(row, printed)]
    made.reference_order = arrange([one.key for one in made.listed], references)
    made.connection_order = arrange([link_key(one.framework, one.strand) for one in made.links], connections)
    say_of_order(made)


def arrange(page: Sequence[str], kept: Sequence[str]) -> list[str]:
    """`kept` in its order, and what only `page` has after its neighbour there: above it, or else the next one below."""
    order = list(kept)
    above: str | None = None
    for place, key in enumerate(page):
        if key not in kept:
            below = next((one for one in page[place + 1 :] if one in kept), None)
            at = order.index(above) + 1 if above else order.index(below) if below else len(order)
            order.insert(at, key)
        above = key
    return order


def _after(made: Plan) -> Said:
    """What the edition will say. What the page does not have stays as it is."""
    page, before = made.page, made.before
    body = clean_prose("\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in page.paragraphs))
    references = {one.key: one.printed for one in made.listed}
    connections = {link_key(one.framework, one.strand): one.printed[:300] for one in made.links}
    return Said(
        title=_title(page, before),
        lead_in=clean_text(page.lead_in or "") or before.lead_in,
        body=body,
        references=_in_order(references, made.reference_order) or before.references,
        connections=_in_order(connections, made.connection_order) or before.connections,
        source=_source(made.listed, made.language, before.source),
    )


def _title(page: HallmarkPage, before: Said) -> str:
    """The title of the page, unless that is only another spelling of the one the hallmark has."""
    title = clean_text(page.title or "")
    return before.title if not title or same_title(title, before.title) else title


def _in_order(printed: Mapping[str, str], order: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, printed[key]) for key in order if key in printed)


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
