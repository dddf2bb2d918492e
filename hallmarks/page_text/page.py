"""The whole page."""

from collections.abc import Collection, Sequence

from hallmarks.page_text.connections import read_connections, take_loose_connections
from hallmarks.page_text.head import read_head
from hallmarks.page_text.language import choose_language
from hallmarks.page_text.lines import Line, Sheet, split_lines
from hallmarks.page_text.panels import count_panels, read_panels
from hallmarks.page_text.parts import Parts, find_parts
from hallmarks.page_text.references import draft_references, drop_list_heading, place_references
from hallmarks.page_text.refusals import refuse_other_files, refuse_other_pages
from hallmarks.page_text.shapes import Connection, HallmarkPage, ReferenceEntry, Role
from hallmarks.page_text.titles import Names


def parse(
    text: str,
    *,
    language: str | None = None,
    titles: Collection[str] = (),
    frameworks: Collection[str] = (),
) -> HallmarkPage:
    """The parts of a page. Raises `NotAHallmarkPage`, and nothing else, when it is no such page.

    `language` overrules the guess. `titles` and `frameworks` (names of frameworks and strands) are
    names the site already knows, in any language and spelling; they help but are not needed.
    """
    return _read_page(text, language, Names(titles), Names(frameworks))[0]


def parse_with_roles(text: str, *, of_any_kind: bool = False) -> tuple[HallmarkPage, dict[int, Role]]:
    """The parts of a page, and what each line became, by line number from 1; blank lines are left out.

    Raises as `parse`; with `of_any_kind` only for what has no prose.
    """
    page, sheet = _read_page(text, None, Names(()), Names(()), of_any_kind=of_any_kind)
    return page, sheet.roles


def _read_page(
    text: str, language: str | None, titles: Names, frameworks: Names, *, of_any_kind: bool = False
) -> tuple[HallmarkPage, Sheet]:
    sheet = Sheet(split_lines(text))
    refuse_other_files(text, sheet.lines)
    head = read_head(sheet, titles)
    parts = find_parts(sheet.lines, head.body_from)
    references, connections = _read_lists(sheet, parts, frameworks)
    paragraphs = _read_body(sheet, parts.body)
    read_panels(sheet, parts.panels)
    page = HallmarkPage(
        choose_language(language, " ".join([head.lead_in or "", head.title or "", *paragraphs])),
        head.title,
        head.lead_in,
        tuple(paragraphs),
        tuple(references),
        tuple(connections),
        tuple(sorted(sheet.unplaced, key=lambda item: item.line)),
    )
    if not of_any_kind:
        refuse_other_pages(page, known=(head.title or "") in titles, panels=count_panels(sheet))
    return page, sheet


def _read_lists(sheet: Sheet, parts: Parts, frameworks: Names) -> tuple[list[ReferenceEntry], list[Connection]]:
    """The references and the connections; takes from the body the lines that belong to them."""
    drop_list_heading(sheet, parts.body)
    drafts = draft_references(sheet, parts.references)
    connections = parts.connections[1:]
    if not parts.connections:
        above, keep = (drafts[-1].more, drafts[-1].spare) if drafts else (parts.body, 1)
        before_panel = bool(parts.panels) and not drafts
        connections = take_loose_connections(above, frameworks, keep=keep, before_panel=before_panel)
    sheet.place(Role.FURNITURE, parts.connections[:1])
    place_references(sheet, drafts, parts.body)
    found = read_connections(sheet, connections, frameworks, headed=bool(parts.connections))
    return [draft.finish() for draft in drafts], found


def _read_body(sheet: Sheet, body: Sequence[Line]) -> list[str]:
    """Paragraphs; a line broken inside a sentence is joined to the one above."""
    sheet.place(Role.PARAGRAPH, body)
    paragraphs: list[list[str]] = []
    for above, line in zip([None, *body], body, strict=False):
        if above and _goes_on(above, line):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return [" ".join(parts) for parts in paragraphs]


def _goes_on(above: Line, line: Line) -> bool:
    """Whether `line` stands straight below `above`, which is no whole sentence, and is hard-wrapped."""
    wrapped = line.text[0].islower() or 60 <= len(above.text) <= 130
    return wrapped and not line.gap and not above.ends_sentence
