"""Storing the names under which works are cited, and the links that editors make."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from foundation.people.models import User
from references.citations.names import keys_of
from references.models.citations import CitationLink, WorkName
from references.models.works import Work


def store_names(work: Work) -> bool:
    """Write the names of `work` anew where they differ from what is stored. True when they did."""
    wanted = keys_of(work.csl, welsh_author=work.welsh_author)
    stored = dict(WorkName.objects.filter(work=work).values_list("key", "form"))
    if wanted == stored:
        return False
    gone = [key for key, form in stored.items() if wanted.get(key) != form]
    WorkName.objects.filter(work=work, key__in=gone).delete()
    new = [WorkName(work=work, key=key, form=form) for key, form in wanted.items() if stored.get(key) != form]
    WorkName.objects.bulk_create(new)
    return True


@transaction.atomic
def link_citation(
    *, content: models.Model, field: str, language: str, as_printed: str, occurrence: int, work: Work, by: User | None
) -> CitationLink:
    """Record that an editor says what one citation of `content` means; a later word on the same place replaces it."""
    link, _created = CitationLink.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(content),
        object_id=content.pk,
        field=field,
        language=language,
        as_printed=as_printed,
        occurrence=occurrence,
        defaults={"work": work, "by": by},
    )
    return link


def links_of(content: models.Model, language: str) -> dict[str, dict[tuple[str, int], Work]]:
    """What editors said that the citations of `content` mean: field → (as printed, occurrence) → work. One query."""
    found: dict[str, dict[tuple[str, int], Work]] = {}
    for row in CitationLink.objects.of(content).filter(language=language).select_related("work"):
        found.setdefault(row.field, {})[row.as_printed, row.occurrence] = row.work
    return found
