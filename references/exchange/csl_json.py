"""CSL-JSON, which holds every item as it is."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from references.exchange.values import Item, ReadRefused


def write(items: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> list[Item]:
    """The items of a list, or one item alone. Raises `ReadRefused` with the line of a slip, or the number of an entry."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message = _("Line %(line)d, column %(column)d: this is not JSON. Export the file again as CSL-JSON.")
        raise ReadRefused(message % {"line": error.lineno, "column": error.colno}) from error
    except RecursionError as error:
        raise ReadRefused(_("The file is nested too deeply to be a list of works.")) from error
    items = [found] if isinstance(found, dict) else found
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            message = _("Entry %(number)d is not a CSL-JSON object in braces. Correct it or take it out.")
            raise ReadRefused(message % {"number": number})
    return list(items)


def _no_number(name: str) -> float:
    raise ReadRefused(_("“%(name)s” is not a number that can be stored. Correct it or take it out.") % {"name": name})
