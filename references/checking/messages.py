"""What a finding says to the editor, in their language: what is wrong, and what to do."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references.checking.findings import Finding
from references.checking.kinds import Kind

_WRONG: dict[Kind, str | Promise] = {
    Kind.CITED_NOT_LISTED: gettext_lazy("“%(cited)s” is cited, and no entry of the reference list matches it."),
    Kind.LISTED_NEVER_CITED: gettext_lazy("“%(cited)s” stands in the reference list, and this text never cites it."),
    Kind.YEAR_MISMATCH: gettext_lazy("“%(cited)s” has another year than the entry “%(entry)s”."),
    Kind.NAME_FORM_MISMATCH: gettext_lazy("“%(cited)s” gives the names in another form than the entry “%(entry)s”."),
    Kind.AMBIGUOUS: gettext_lazy("“%(cited)s” could mean more than one work: %(works)s."),
    Kind.SPELLING_CASE_MISMATCH: gettext_lazy("“%(cited)s” spells a name otherwise than the entry “%(entry)s”."),
    Kind.MENTION_WITHOUT_YEAR: gettext_lazy("“%(cited)s” names the entry “%(entry)s” without a year."),
    Kind.ABBREVIATION_VS_FULL: gettext_lazy("“%(cited)s” is the abbreviation of the name in “%(entry)s”."),
    Kind.PUNCTUATION_INCONSISTENCY: gettext_lazy("“%(cited)s” is not punctuated as “(Author, year)”."),
    Kind.SAME_AUTHOR_MULTIPLE_YEARS: gettext_lazy("Several works of one author are cited: %(cited)s."),
}
_ADVICE: dict[Kind, str | Promise] = {
    Kind.CITED_NOT_LISTED: gettext_lazy(
        "Add the work to the list, choose the entry that is meant, or correct the citation."
    ),
    Kind.LISTED_NEVER_CITED: gettext_lazy("Cite it, take it out of the list, or say why it may stand there."),
    Kind.YEAR_MISMATCH: gettext_lazy(
        "Find out which year is right, and correct the citation or the entry; or say that this entry is meant."
    ),
    Kind.NAME_FORM_MISMATCH: gettext_lazy(
        "Write the authors as the list has them, complete the entry, or say why it may stand."
    ),
    Kind.AMBIGUOUS: gettext_lazy("Choose the work that is meant."),
    Kind.SPELLING_CASE_MISMATCH: gettext_lazy(
        "Find out how the name is written, and correct the citation or the entry."
    ),
    Kind.REFERENCE_LIST_ABSENT: gettext_lazy("Add the works that it cites to its reference list."),
    Kind.MENTION_WITHOUT_YEAR: gettext_lazy("Add the year, or say why there is none."),
    Kind.DIFFERENT_IN_LANGUAGES: gettext_lazy("Cite it in both texts, or say why only one of them does."),
    Kind.ABBREVIATION_VS_FULL: gettext_lazy("Nothing needs to be done: the citation is recognised."),
    Kind.PUNCTUATION_INCONSISTENCY: gettext_lazy("Nothing needs to be done: the citation is recognised."),
    Kind.SAME_AUTHOR_MULTIPLE_YEARS: gettext_lazy("Nothing needs to be done: make sure that each year is meant."),
}


def wrong(finding: Finding) -> str:
    """What is wrong, with the citation as printed."""
    if finding.kind == Kind.REFERENCE_LIST_ABSENT:
        message = ngettext(
            "There is no reference list, and %(count)d citation asks for one.",
            "There is no reference list, and %(count)d citations ask for one.",
            finding.count,
        )
        return message % {"count": finding.count}
    if finding.kind == Kind.DIFFERENT_IN_LANGUAGES:
        only_welsh = _("“%(cited)s” is cited in the Welsh text, and the English text does not cite that work.")
        only_english = _("“%(cited)s” is cited in the English text, and the Welsh text does not cite that work.")
        return (only_welsh if finding.language == "cy" else only_english) % _names(finding)
    return str(_WRONG[finding.kind]) % _names(finding)


def advice(finding: Finding) -> str:
    """What to do about it."""
    if finding.kind == Kind.CITED_NOT_LISTED and finding.works:
        return _("The bibliography has %(works)s. Add it to the list, or correct the citation.") % _names(finding)
    return str(_ADVICE[finding.kind])


def _names(finding: Finding) -> dict[str, Any]:
    works = "; ".join(f"{work} {work.title}" for work in finding.works)
    return {"cited": finding.as_printed, "entry": finding.entry, "works": works}
