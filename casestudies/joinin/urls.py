"""The addresses of Join In. Those of the form's pages are in `steps.py`, in both languages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from casestudies.joinin import views, views_links, views_status

app_name = "joinin"

urlpatterns = [
    path("", views.start, name="start"),
    path(pgettext_lazy("address", "check/"), views.check, name="check"),
    path(pgettext_lazy("address", "sent/"), views.sent, name="sent"),
    path(pgettext_lazy("address", "discard/"), views.discard, name="discard"),
    path(pgettext_lazy("address", "status/"), views_status.status, name="status"),
    path(pgettext_lazy("address", "revise/"), views_status.revise, name="revise"),
    path(pgettext_lazy("address", "proof/"), views_status.proof, name="proof"),
    path(pgettext_lazy("address", "withdraw/"), views_status.withdraw, name="withdraw"),
    path(pgettext_lazy("address", "come-back/"), views_status.come_back, name="come_back"),
    path(pgettext_lazy("address", "correct-address/"), views_status.correct_address, name="correct_address"),
    path(pgettext_lazy("address", "ask-for-link/"), views_links.ask, name="ask"),
    path(pgettext_lazy("address", "link/<str:token>/"), views_links.link, name="link"),
    path("<slug:slug>/", views.step, name="step"),
]
