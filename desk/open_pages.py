"""Answering a page of the desk that stays open: noted, and told who else has it open."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.people.admin import signed_in
from foundation.people.presence import note_open, others_at, unsealed


def still_open(request: HttpRequest) -> HttpResponse:
    item = unsealed(request.POST.get("item", ""))
    if item is None:
        raise Http404
    user = signed_in(request)
    note_open(item, by=user)
    return render(request, "admin/includes/others.html", {"others": others_at(item, but=user)})
