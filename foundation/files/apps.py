"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Cleaned uploads, private until published."""

    name = "foundation.files"
    verbose_name = _("Files")

    def ready(self) -> None:
        from datetime import timedelta

        from foundation.clock.jobs import register
        from foundation.files.orphans import remove_orphans
        from foundation.files.services import remove_unused

        register("remove-unused-pictures", every=timedelta(days=1), run=remove_unused)
        register("remove-files-without-rows", every=timedelta(days=1), run=remove_orphans)
