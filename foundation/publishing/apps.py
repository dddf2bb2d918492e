"""The app of this room."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Editions, gate and slug history."""

    name = "foundation.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from reversion.models import Revision, Version

        from foundation.bilingual.completeness import register_gate
        from foundation.clock.jobs import register
        from foundation.publishing.gate import live_breaches
        from foundation.publishing.models import FormerSlug, Provenance
        from foundation.publishing.planned import clear_when_others_write, publish_planned
        from foundation.publishing.written import register_written
        from foundation.record.redaction import register_words

        register_gate(live_breaches)
        register_written(clear_when_others_write)
        register("publish-planned", every=timedelta(minutes=1), run=publish_planned)
        register_words(
            Version, "serialized_data", "object_repr", as_json=("serialized_data",), label=_("earlier versions")
        )
        register_words(Provenance, "rows", label=_("earlier versions"))
        register_words(Revision, "comment", label=_("remarks on versions"))
        register_words(FormerSlug, "slug", goes_with=("slug",))
