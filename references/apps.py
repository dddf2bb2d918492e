"""The app of this room."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ReferencesConfig(AppConfig):
    """The bibliography."""

    name = "references"
    verbose_name = _("Bibliography")

    def ready(self) -> None:
        from foundation.files.access import Use, register
        from foundation.files.models import Picture
        from references.models import Work

        def may_see(request: HttpRequest, picture: Picture) -> bool:
            return picture.covers.exists() and request.user.has_perm("references.view_work")

        register(
            Use(is_public=lambda picture: Work.objects.published().filter(cover=picture).exists(), may_see=may_see)
        )
