"""What the check can find, and how much it matters."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """A warning asks for a decision; information asks for nothing."""

    WARNING = "warning", _("warning")
    INFORMATION = "information", _("information")


class State(models.TextChoices):
    """What has become of a finding."""

    OPEN = "open", _("open")
    INFORMATION = "information", _("information")
    EXCUSED = "excused", _("excused")
    STALE = "stale", _("excused, and no longer there")


class Kind(models.TextChoices):
    """What is wrong, or worth knowing. The values are those of `check_citations --json`."""

    CITED_NOT_LISTED = "cited_not_listed", _("cited, not listed")
    LISTED_NEVER_CITED = "listed_never_cited", _("listed, never cited")
    YEAR_MISMATCH = "year_mismatch", _("the years differ")
    NAME_FORM_MISMATCH = "name_form_mismatch", _("the names differ in form")
    AMBIGUOUS = "ambiguous", _("ambiguous")
    SPELLING_CASE_MISMATCH = "spelling_case_mismatch", _("the spelling differs")
    REFERENCE_LIST_ABSENT = "reference_list_absent", _("no reference list")
    MENTION_WITHOUT_YEAR = "mention_without_year", _("named without a year")
    DIFFERENT_IN_LANGUAGES = "different_in_languages", _("different in the two languages")
    ABBREVIATION_VS_FULL = "abbreviation_vs_full", _("abbreviation")
    PUNCTUATION_INCONSISTENCY = "punctuation_inconsistency", _("punctuation varies")
    SAME_AUTHOR_MULTIPLE_YEARS = "same_author_multiple_years", _("several years of one author")
