"""The addresses of Join In. Those of the form's pages are in `steps.py`, in both languages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from casestudies.joinin import (
    views,
    views_colleagues,
    views_credits,
    views_headteacher,
    views_holding,
    views_links,
    views_personal,
    views_pictures,
    views_published,
    views_sending,
    views_status,
    views_word,
)

app_name = "joinin"

urlpatterns = [
    path("", views.start, name="start"),
    path(pgettext_lazy("address", "personal-details/"), views_personal.personal, name="personal"),
    path(pgettext_lazy("address", "check/"), views_sending.check, name="check"),
    path(pgettext_lazy("address", "sent/"), views_sending.sent, name="sent"),
    path(pgettext_lazy("address", "word-document/"), views_word.word, name="word"),
    path("tidy/", views_word.tidy, name="tidy"),
    path(pgettext_lazy("address", "colleague/"), views_colleagues.colleague, name="colleague"),
    path(pgettext_lazy("address", "discard/"), views_sending.discard, name="discard"),
    path(pgettext_lazy("address", "status/"), views_status.status, name="status"),
    path(pgettext_lazy("address", "revise/"), views_status.revise, name="revise"),
    path(pgettext_lazy("address", "proof/"), views_status.proof, name="proof"),
    path(pgettext_lazy("address", "withdraw/"), views_status.withdraw, name="withdraw"),
    path(pgettext_lazy("address", "withdraw-picture/"), views_pictures.withdraw_one, name="withdraw_picture"),
    path(pgettext_lazy("address", "headteacher/"), views_headteacher.ask_headteacher, name="ask_headteacher"),
    path(pgettext_lazy("address", "headteacher/<str:token>/"), views_headteacher.answer, name="headteacher"),
    path(pgettext_lazy("address", "credit/<str:token>/"), views_credits.credit, name="credit"),
    path(pgettext_lazy("address", "poster/"), views_published.poster, name="poster"),
    path(pgettext_lazy("address", "still-true/"), views_published.still_true, name="still_true"),
    path(pgettext_lazy("address", "come-back/"), views_status.come_back, name="come_back"),
    path(pgettext_lazy("address", "correct-address/"), views_status.correct_address, name="correct_address"),
    path(pgettext_lazy("address", "what-we-hold/"), views_holding.held, name="held"),
    path(pgettext_lazy("address", "erase/"), views_holding.erase, name="erase"),
    path(pgettext_lazy("address", "ask-for-link/"), views_links.ask, name="ask"),
    path(pgettext_lazy("address", "link/<str:token>/"), views_links.link, name="link"),
    path("<slug:slug>/", views.step, name="step"),
]
