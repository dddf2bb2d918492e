"""The rules of the check, over one text and over the two texts of an edition. No database, no request."""

import re
from collections.abc import Iterable, Iterator

from references.checking.findings import Finding
from references.checking.kinds import Kind, Level
from references.checking.texts import Entry, Mention, Text

#: What resolving a citation notes about how it differs from the entry → what the check calls that.
DIFFERENCES = {
    "year_mismatch": (Kind.YEAR_MISMATCH, Level.WARNING),
    "name_form": (Kind.NAME_FORM_MISMATCH, Level.WARNING),
    "case": (Kind.SPELLING_CASE_MISMATCH, Level.WARNING),
    "spelling": (Kind.SPELLING_CASE_MISMATCH, Level.WARNING),
    "abbreviation": (Kind.ABBREVIATION_VS_FULL, Level.INFORMATION),
}
_UNUSUAL = re.compile(r", (?:and|a|ac|&) |, et al|[^\W\d_]\.? (?:1[5-9]|20)\d\d[a-z]?$")


def check(text: Text) -> list[Finding]:
    """What is wrong, or worth knowing, in one text in one language."""
    if not text.has_words:
        return []
    found = list(_with_list(text) if text.entries else _without_list(text))
    return [*found, *_style(text), *_same_author(text)]


def check_both(cy: Text, en: Text, *, in_step: bool) -> list[Finding]:
    """What both texts tell, and what one cites and the other does not.

    That is a warning where a person has said that the two match; a text known to lag behind is a matter for its translator.
    """
    found = [*check(cy), *check(en)]
    if cy.has_words and en.has_words:
        level = Level.WARNING if in_step else Level.INFORMATION
        found += [*_only_in(cy, en, level), *_only_in(en, cy, level)]
    return found


def _with_list(text: Text) -> Iterator[Finding]:
    for mention in text.mentions:
        yield from _about(mention, text)
    meant = {work.pk for mention in text.mentions for work in mention.works}
    for entry in text.entries:
        if entry.work.pk not in meant and entry.work.key != text.source_key and not entry.is_elsewhere:
            yield Finding(
                Kind.LISTED_NEVER_CITED,
                Level.WARNING,
                text.language,
                as_printed=entry.heading,
                entry=entry.heading,
                works=(entry.work,),
                work_key=entry.work.key,
            )


def _without_list(text: Text) -> Iterator[Finding]:
    """One finding for the list, and none that compare with it."""
    dated = [mention for mention in text.mentions if mention.year is not None]
    if dated:
        works = {mention.work.pk: mention.work for mention in dated if mention.work is not None}
        known = tuple(works.values())
        yield Finding(Kind.REFERENCE_LIST_ABSENT, Level.WARNING, text.language, works=known, count=len(dated))
    for mention in dated:
        if "abbreviation" in mention.notes and mention.work is not None:
            entry = Entry(mention.work)
            yield _finding(Kind.ABBREVIATION_VS_FULL, Level.INFORMATION, text, mention, entry)


def _about(mention: Mention, text: Text) -> Iterator[Finding]:
    entry = text.entry_of.get(mention.work.pk) if mention.work else None
    listed = [work for work in mention.works if work.pk in text.entry_of]
    if not listed:
        if mention.year is not None:
            yield _finding(Kind.CITED_NOT_LISTED, Level.WARNING, text, mention)
        return
    if entry is None:
        yield _finding(Kind.AMBIGUOUS, Level.WARNING, text, mention)
    elif mention.year is None:
        yield _finding(Kind.MENTION_WITHOUT_YEAR, Level.WARNING, text, mention, entry)
    elif mention.how != "link":
        for note, (kind, level) in DIFFERENCES.items():
            if note in mention.notes:
                yield _finding(kind, level, text, mention, entry)


def _finding(kind: Kind, level: Level, text: Text, mention: Mention, entry: Entry | None = None) -> Finding:
    return Finding(
        kind,
        level,
        text.language,
        field=mention.field,
        as_printed=mention.as_printed,
        occurrence=mention.occurrence,
        entry=entry.heading if entry else "",
        works=mention.works,
        work_key=entry.work.key if entry else "",
    )


def _style(text: Text) -> Iterator[Finding]:
    """Citations that stand in brackets in another form than "Author, year"."""
    for mention in text.mentions:
        if mention.year is not None and mention.is_parenthetical and _UNUSUAL.search(mention.as_printed):
            yield _finding(Kind.PUNCTUATION_INCONSISTENCY, Level.INFORMATION, text, mention)


def _same_author(text: Text) -> Iterator[Finding]:
    """An author cited with more than one year: easily confused, so worth a look."""
    years: dict[str, dict[str, Mention]] = {}
    for mention in text.mentions:
        if mention.year is not None and mention.authors:
            years.setdefault(mention.authors.casefold(), {}).setdefault(mention.year, mention)
    for cited in years.values():
        if len(cited) > 1:
            first = next(iter(cited.values()))
            said = f"{first.authors}, {', '.join(sorted(cited))}"
            yield Finding(
                Kind.SAME_AUTHOR_MULTIPLE_YEARS, Level.INFORMATION, text.language, field=first.field, as_printed=said
            )


def _only_in(here: Text, there: Text, level: Level) -> Iterable[Finding]:
    elsewhere = {work.pk for mention in there.mentions for work in mention.works}
    for key, mention in here.cited().items():
        if key not in elsewhere and mention.work is not None:
            yield Finding(
                Kind.DIFFERENT_IN_LANGUAGES,
                level,
                here.language,
                field=mention.field,
                as_printed=mention.as_printed,
                works=(mention.work,),
                work_key=mention.work.key,
            )
