"""What people are told of an import, beside what it writes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from foundation.publishing.prose import clean_text
from hallmarks.import_plan import Listed, Plan
from hallmarks.page_text import guess_language, same_title
from references.csl import creators_of, family_of

CLEARLY = 0.5  # how sure the guess of a language must be to speak against the editor's word


def say_of_page(made: Plan, known: Sequence[tuple[int, str, str]]) -> None:
    """What the page lacks, what of it has no place, and what looks wrong about it."""
    page, notes = made.page, made.notes
    _say_what_it_looks(made)
    notes += [
        _("Line %(line)d could not be placed: “%(text)s”") % {"line": one.line, "text": one.text[:100]}
        for one in page.unplaced
    ]
    if page.title and not any(
        number == made.number and same_title(title, page.title) for number, _spoken, title in known
    ):
        notes.append(_("The title is new for this hallmark: “%(title)s”") % {"title": page.title})
    house = made.before.title
    if page.title and same_title(page.title, house) and clean_text(page.title) != house:
        titles = {"printed": page.title, "title": house}
        notes.append(_("“%(printed)s” is another spelling of the title: “%(title)s” stays.") % titles)
    if not page.title:
        notes.append(_("The page has no title: the title stays as it is."))
    if not page.references:
        notes.append(_("The page has no list of references: the list stays as it is."))
    if not page.connections:
        notes.append(_("The page has no connections to frameworks: they stay as they are."))


def _say_what_it_looks(made: Plan) -> None:
    """The language was named, and the text speaks clearly against it."""
    page = made.page
    looks, sure = guess_language(" ".join([page.lead_in or "", page.title or "", *page.paragraphs]))
    if looks == made.language or sure < CLEARLY:
        return
    made.notes.append(_("The text looks Welsh.") if looks == "cy" else _("The text looks English."))


def say_of_entry(made: Plan, listed: Listed) -> None:
    """How sure it is which work the entry means, and what of it has no place."""
    entry, work = listed.entry, listed.work
    names = {"entry": entry.heading, "key": listed.key, "text": entry.alternative}
    if work is None:
        made.notes.append(_("“%(entry)s” is not in the bibliography: added as %(key)s, to be checked.") % names)
    elif listed.is_probable:
        made.notes.append(
            _(
                "“%(entry)s” is probably %(key)s: the author and the year are the same, the titles are in different "
                "languages. Look at it."
            )
            % names
        )
    elif entry.year[:4] != str(work.year or ""):
        years = {"printed": entry.year, "year": work.year_shown}
        made.notes.append(
            _("“%(entry)s” is %(key)s, though the year differs: %(printed)s here, %(year)s in the bibliography.")
            % {**names, **years}
        )
    if entry.alternative and (work is None or work.cover_id is None):
        made.notes.append(_("The text for a picture, “%(text)s”, was not placed: %(key)s has no cover.") % names)


def say_what_leaves(made: Plan) -> None:
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


def say_of_order(made: Plan) -> None:
    """The lists share one order, and what the other language has printed keeps its place."""
    wanted = [one.key for one in made.listed]
    if [key for key in made.reference_order if key in set(wanted)] != wanted:
        made.notes.append(
            _("The references stand in the order of the other language’s list, which differs from the page.")
        )
