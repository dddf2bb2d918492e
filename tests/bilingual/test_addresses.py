"""No two pages have the same address in a language."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from foundation.bilingual.languages import Language, speaking


def plain_names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> list[str]:
    """The names of all pages whose address has no part that varies."""
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += plain_names(one, (*spaces, *filter(None, [one.namespace])))
        elif isinstance(one, URLPattern) and one.name and not one.pattern.regex.groups:
            found.append(":".join([*spaces, one.name]))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("language", list(Language))
def test_every_address_leads_to_its_own_page(language: Language) -> None:
    with speaking(language):
        names = [name for name in plain_names(get_resolver()) if not name.startswith("admin:")]
        assert [name for name in names if resolve(reverse(name)).view_name != name] == []
    assert len(names) >= 30
