"""The app of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from foundation.files.models import Picture


class CaseStudiesConfig(AppConfig):
    """Case studies, Join In and the workflow."""

    name = "casestudies"
    verbose_name = _("Case studies")

    def ready(self) -> None:
        from casestudies import clock, corrections, messages, panels, redaction, retention, yearly
        from casestudies.joinin import letters
        from casestudies.models import SECTIONS, CaseStudy, CaseStudyEdition, CaseStudyReference
        from casestudies.vocabulary import GONE, UNSENT
        from foundation.clock.jobs import register as register_job
        from foundation.files.access import Use, register
        from foundation.problems.pages import register_content, register_list
        from foundation.publishing.planned import register_publisher
        from foundation.publishing.services import register_versions
        from foundation.publishing.successors import register_public
        from hallmarks.panels import Panel, register_panel
        from references.checking.registry import Checked, register_checked
        from references.citing import Citing, register_citing

        register_versions(CaseStudyEdition)
        register_checked(
            Checked(
                label=_("Case studies"),
                editions=lambda: CaseStudyEdition.objects.select_related("content").exclude(
                    content__status__in=(*UNSENT, *GONE)
                ),
                prose=SECTIONS,
                plain=("summary",),
                references="references",
            )
        )
        register(Use(is_public=_is_public, may_see=_may_see))
        register_list("casestudies:case_studies", _("Case studies"))
        register_list("joinin:start", _("Join In"))
        register_content("casestudies:case_study", CaseStudyEdition.objects.published)
        retention.register()
        redaction.register()
        register_citing(
            Citing(
                label=_("Case studies"),
                references=lambda: CaseStudyReference.objects.filter(
                    edition__in=CaseStudyEdition.objects.published()
                ).select_related("edition__content"),
            )
        )
        register_public(CaseStudy, "casestudies:case_study", CaseStudyEdition.objects.published)
        register_publisher(CaseStudyEdition, corrections.publish_planned_correction)
        register_panel(Panel("casestudies/panel.html", panels.context))
        register_panel(Panel("casestudies/join_in_panel.html", panels.join_in))
        messages.register()
        register_job("links-asked-for", every=timedelta(seconds=5), run=letters.answer_requests)
        register_job("publish-due", every=timedelta(minutes=1), run=clock.publish_due)
        register_job("still-true", every=timedelta(hours=6), run=yearly.ask_whether_true)
        register_job("tend-case-studies", every=timedelta(hours=6), run=clock.tend)


def _is_public(picture: Picture) -> bool:
    from casestudies.models import CaseStudyEdition

    shown = CaseStudyEdition.objects.published().filter(pictures__picture=picture)
    return any(picture.token not in hidden for hidden in shown.values_list("content__hidden", flat=True))


def _may_see(request: HttpRequest, picture: Picture) -> bool:
    """Those who moderate or translate, except in drafts, of which editors see no picture; the contributor; the headteacher."""
    from casestudies.joinin.access import writer_of
    from casestudies.joinin.headteacher import found_by
    from casestudies.models import EditionPicture
    from casestudies.vocabulary import UNSENT

    uses = EditionPicture.objects.filter(picture=picture)
    user = request.user
    if user.has_perm("casestudies.moderate_casestudy") or user.has_perm("casestudies.translate_casestudy"):
        return uses.exclude(edition__content__status__in=UNSENT).exists()
    asked = found_by(request.GET["link"]) if "link" in request.GET else None
    case = asked.case if asked is not None and asked.sees_story else writer_of(request)
    return case is not None and uses.filter(edition__content=case).exists()
