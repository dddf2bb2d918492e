"""The app of this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    """What readers tell us is wrong."""

    name = "foundation.problems"
    verbose_name = _("Problems that readers report")

    def ready(self) -> None:
        from foundation.clock.retention import Period, register_period
        from foundation.problems import letters
        from foundation.problems.models import Problem, ProblemNote
        from foundation.problems.services import forget
        from foundation.record.redaction import register_words

        letters.register()
        register_period(
            Period(
                name="problems",
                label=_("Problems that are closed"),
                setting="PROBLEM_DAYS",
                rows=Problem.objects.closed,
                since="closed_at",
                forget=forget,
                address="admin:problems_problem_changelist",
                query="state=closed",
            )
        )
        register_words(Problem, "text", "name", "email", "where", "page")
        register_words(ProblemNote, "text")
