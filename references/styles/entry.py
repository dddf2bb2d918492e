"""One entry, from the item to HTML."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc.source.json import CiteProcJSON
from django.utils.safestring import SafeString

from references.styles import marks
from references.styles.item import languages_of, prepared
from references.styles.style import style_in

#: Raised whenever this package would print an entry differently, or a column would follow from an item differently: works
#: stored by older code are then derived anew.
VERSION = 2

_ONE = "one"
_rendering = Lock()  # citeproc keeps what it is doing on the parsed style, which all threads share


def entry_html(csl: Mapping[str, Any], language: str) -> SafeString:
    """The entry of an item as a reader of `language` ("cy", "en") finds it in a list: safe HTML, without a surrounding element.

    The year stands in `<span class="year">`, where `with_letter` puts a letter. A Welsh reader gets the official Welsh
    edition that the item's `custom` names. Takes some milliseconds; the first in each language of a process a tenth of a second.
    """
    item = {**prepared(csl, language), "id": _ONE}
    with _rendering:
        made = CitationStylesBibliography(style_in(language), CiteProcJSON([item]), marks.Formatter)
        made.register(Citation([CitationItem(_ONE)]))
        (printed,) = made.bibliography()
    return marks.to_html(str(printed), languages_of(csl, language), language)
