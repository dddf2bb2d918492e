"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Editions, gate and slug history."""

    name = "foundation.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from foundation.bilingual.completeness import register_gate
        from foundation.publishing.gate import live_breaches

        register_gate(live_breaches)
