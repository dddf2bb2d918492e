"""What every page needs to offer itself in the other language."""

from django.http import HttpRequest

from foundation.bilingual.addresses import absolute, twin_address, twin_path
from foundation.bilingual.languages import Language, current


def switch(request: HttpRequest) -> dict[str, object]:
    """`page_language`, the switch to the `other` language, and the canonical addresses of this page in both."""
    if request.path_info.startswith("/admin/"):
        return {"page_language": current(), "other_language": current().other}
    language = current()
    return {
        "page_language": language,
        "other_language": language.other,
        "other_address": twin_address(request, language.other),
        "alternates": [(code, absolute(twin_path(request, code).split("?")[0], code)) for code in Language.values],
        "canonical": absolute(request.path, language),
    }
