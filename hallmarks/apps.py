"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HallmarksConfig(AppConfig):
    """The eight hallmarks."""

    name = "hallmarks"
    verbose_name = _("Hallmarks")

    def ready(self) -> None:
        from foundation.problems.pages import register_content, register_list
        from foundation.publishing.services import register_versions, register_words_of
        from foundation.publishing.successors import register_public
        from foundation.record.redaction import register_words
        from hallmarks.imported import imported_without_list
        from hallmarks.models import (
            Connection,
            Framework,
            Hallmark,
            HallmarkEdition,
            HallmarkReference,
            Strand,
            choice_of,
        )
        from references.checking.registry import Checked, register_checked
        from references.citing import Choosing, Citing, register_citing

        register_versions(HallmarkEdition)
        register_words_of(HallmarkEdition)
        register_words(HallmarkReference, "printed")
        register_words(Connection, "printed")
        for model in (Framework, Strand):
            register_words(model, "name", "candidate_cy", "candidate_source", "variants")
        register_list("hallmarks:home", _("Home"))
        register_list("hallmarks:hallmarks", _("Hallmarks"))
        register_content("hallmarks:hallmark", HallmarkEdition.objects.published)
        register_public(Hallmark, "hallmarks:hallmark", HallmarkEdition.objects.published)
        register_checked(
            Checked(
                label=_("Hallmarks"),
                editions=lambda: HallmarkEdition.objects.select_related("content", "source"),
                prose=("body",),
                plain=("summary",),
                references="references",
                without_list=imported_without_list,
            )
        )
        register_citing(
            Citing(
                label=_("Hallmarks"),
                references=HallmarkReference.objects.published,
                choosing=Choosing(
                    name="hallmark",
                    label=_("Hallmark"),
                    choices=lambda: map(choice_of, HallmarkEdition.objects.published().in_order()),
                    references=HallmarkReference.objects.published,
                    path="edition__content__number",
                ),
            )
        )
