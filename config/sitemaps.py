"""The sitemap: every public page in both languages, each naming its twin."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from casestudies.models import CaseStudy
from foundation.bilingual.addresses import absolute
from foundation.bilingual.languages import speaking
from hallmarks.models import Hallmark
from pages.models import Page
from references.models import Work


class BilingualSitemap(Sitemap[Any]):
    """Items in both languages, with `xhtml:link` alternates, on each language's own host."""

    i18n = True
    alternates = True
    languages = [code for code, _name in settings.LANGUAGES]

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        return [
            {
                "item": item,
                "location": absolute(self.path_of(item, language), language),
                "alternates": [
                    {"location": absolute(self.path_of(item, code), code), "lang_code": code} for code in self.languages
                ],
            }
            for item in self.items()
            for language in self.languages
        ]

    def path_of(self, item: Any, language: str) -> str:
        with speaking(language):
            return reverse(item) if isinstance(item, str) else str(item.get_absolute_url())


class Lists(BilingualSitemap):
    def items(self) -> list[str]:
        return [
            "hallmarks:home",
            "hallmarks:hallmarks",
            "casestudies:case_studies",
            "references:works",
            "joinin:start",
        ]


class Hallmarks(BilingualSitemap):
    def items(self) -> list[Hallmark]:
        return list(Hallmark.objects.published())


class CaseStudies(BilingualSitemap):
    def items(self) -> list[CaseStudy]:
        return list(CaseStudy.objects.published().order_by("pk"))


class Works(BilingualSitemap):
    def items(self) -> list[Work]:
        return list(Work.objects.published().only("key"))


class Pages(BilingualSitemap):
    def items(self) -> list[Page]:
        return list(Page.objects.published())


SITEMAPS = {"lists": Lists, "hallmarks": Hallmarks, "case-studies": CaseStudies, "works": Works, "pages": Pages}
