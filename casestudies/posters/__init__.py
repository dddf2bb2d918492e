"""The poster of a published story, for the wall of a staff room: one page of A4, both languages."""

from django.http import HttpResponse

from casestudies.models import CaseStudy, CaseStudyEdition


def poster_of(case: CaseStudy) -> HttpResponse | None:
    """The poster as an answer to a request; None where there is nothing published for it to lead to. One query."""
    edition = CaseStudyEdition.objects.published().select_related("content").filter(content=case).first()
    if edition is None:
        return None
    from casestudies.posters.drawing import drawn  # what draws is loaded where somebody wants a poster

    response = HttpResponse(drawn(edition), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
