"""What a case study is as a line of a table. Of a draft: its number, its state and when it goes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudy, CaseStudyEdition
from casestudies.vocabulary import UNSENT, Status
from foundation.bilingual.languages import Language, words
from foundation.publishing.admin.contents import in_step
from foundation.publishing.admin.lists import chosen_edition
from foundation.record.export import Column

SEES_CONTRIBUTOR = "casestudies.view_contributor"
#: The editions' columns that stand in the table as they are.
SETTING = ("phase", "medium", "authority")


def columns_for(request: HttpRequest) -> list[Column]:
    """Those that the person may see: who sent a story is for those who may see contributors."""
    found = [*_of_the_case(), *_of_the_words()]
    return [*found, *_of_the_contributor()] if request.user.has_perm(SEES_CONTRIBUTOR) else found


def _of_the_case() -> list[Column]:
    return [
        Column("reference", _("reference number"), lambda case: case.reference),
        Column("state", _("state"), lambda case: Status(case.status).label, lambda case: case.status),
        Column("since", _("in this state since"), lambda case: case.status_since),
        Column("expires", _("expires"), _draft(lambda case: timezone.localdate(case.expires_at))),
        Column("claimed_by", _("claimed by"), _sent(lambda case: case.claimed_by or "")),
        Column("tags", _("tags"), _sent(lambda case: ", ".join(map(str, case.tags.all())))),
        Column("received", _("sent in"), _sent(lambda case: case.submitted_at)),
        Column("answer_by", _("to be answered by"), _sent(lambda case: case.answer_by)),
        Column("published", _("first published"), _sent(lambda case: case.first_published_at)),
    ]


def _of_the_words() -> list[Column]:
    return [
        Column("title_cy", _("title in Welsh"), _words(lambda edition: words(edition, "title", "cy"))),
        Column("title_en", _("title in English"), _words(lambda edition: words(edition, "title", "en"))),
        Column(
            "first_language",
            _("first written in"),
            _words(lambda edition: Language(edition.first_language).label if edition.first_language else ""),
            _words(lambda edition: edition.first_language),
        ),
        Column("texts", _("texts"), _words(lambda edition: in_step(edition)[1])),
        Column("texts_in_step", _("texts in step"), _words(lambda edition: in_step(edition)[0])),
        Column("setting", _("setting"), _words(lambda edition: words(edition, "setting_name"))),
        *(
            Column(
                name,
                CaseStudyEdition._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                _words(lambda edition, name=name: getattr(edition, f"get_{name}_display")()),  # type: ignore[misc]
                _words(lambda edition, name=name: getattr(edition, name)),  # type: ignore[misc]
            )
            for name in SETTING
        ),
        Column("hallmarks", _("hallmarks"), _words(_hallmarks)),
    ]


def _of_the_contributor() -> list[Column]:
    def contributor(name: str) -> Callable[[CaseStudy], Any]:
        return _sent(lambda case: getattr(case.contributor_or_none, name, ""))

    return [
        Column("contributor", _("contributor"), contributor("name")),
        Column("email", _("email address"), contributor("email")),
        Column("language", _("language of correspondence"), contributor("language")),
    ]


def _hallmarks(edition: CaseStudyEdition) -> str:
    return ", ".join(str(number) for number in sorted(shown.hallmark.number for shown in edition.hallmarks.all()))


def _sent(value: Callable[[Any], Any]) -> Callable[[CaseStudy], Any]:
    return lambda case: "" if case.status in UNSENT else value(case)


def _draft(value: Callable[[Any], Any]) -> Callable[[CaseStudy], Any]:
    return lambda case: value(case) if case.status in UNSENT else ""


def _words(value: Callable[[Any], Any]) -> Callable[[CaseStudy], Any]:
    def of(case: CaseStudy) -> Any:
        edition = chosen_edition(case)
        return "" if edition is None else value(edition)

    return _sent(of)
