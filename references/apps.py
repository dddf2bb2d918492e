"""The app of this room."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ReferencesConfig(AppConfig):
    """The bibliography."""

    name = "references"
    verbose_name = _("Bibliography")

    def ready(self) -> None:
        from datetime import timedelta

        from foundation.clock.jobs import register as register_job
        from foundation.files.access import Use, register
        from foundation.files.models import Picture
        from foundation.problems.pages import Subject, register_list, register_page
        from foundation.publishing.beside import register_beside
        from foundation.publishing.marking import register_marking
        from foundation.publishing.written import register_written
        from foundation.record.redaction import register_words
        from pages.models import PageEdition
        from references.checking.counting import recount, recount_all
        from references.checking.panel import BESIDE
        from references.checking.registry import Checked, register_checked
        from references.citations.display import mark_citations
        from references.exchange import addresses
        from references.links.services import check_links
        from references.models import CitationLink, Excuse, FormerKey, Work
        from references.services import render_entries

        register_words(Excuse, "as_printed", "reason", goes_with=("as_printed",))
        register_words(CitationLink, "as_printed", goes_with=("as_printed",))
        register_words(Work, "note")
        register_words(Work, "csl", "creators", "title", "welsh_author", "welsh_title", "cover_alt", stays=True)
        register_words(FormerKey, "csl", stays=True)
        addresses.register()

        def may_see(request: HttpRequest, picture: Picture) -> bool:
            return picture.covers.exists() and request.user.has_perm("references.view_work")

        register(
            Use(is_public=lambda picture: Work.objects.published().filter(cover=picture).exists(), may_see=may_see)
        )

        def find_work(key: str) -> Subject | None:
            work = Work.objects.published().filter(key=key).first()
            return Subject(work, "work") if work else None

        register_list("references:works", _("Bibliography"))
        register_page("references:work", find_work)
        register_job("check-links", every=timedelta(minutes=5), run=check_links)
        register_job("render-entries", every=timedelta(minutes=1), run=render_entries)
        register_job("count-findings", every=timedelta(hours=6), run=recount_all)
        register_written(recount)
        register_beside(BESIDE)
        register_marking(mark_citations)
        register_checked(
            Checked(
                label=_("Standing pages"),
                editions=lambda: PageEdition.objects.select_related("content"),
                prose=("body",),
            )
        )
