"""Filling in the forms of the desk: what a browser would send of a page."""

from html.parser import HTMLParser
from typing import Any

Data = dict[str, Any]


class Fields(HTMLParser):
    """What a browser would send of the admin's form: every field but files and buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in found}
        if tag == "textarea":
            self._area = own.get("name", "")
            self.sent[self._area] = [""]
        elif tag == "select":
            self._select = own.get("name", "")
        elif tag == "option" and self._select and "selected" in own:
            self.sent.setdefault(self._select, []).append(own.get("value", ""))
        elif tag == "input" and own.get("name") and "disabled" not in own:
            kind = own.get("type", "text")
            if (kind in ("checkbox", "radio") and "checked" not in own) or kind in ("submit", "file", "button"):
                return
            self.sent.setdefault(own["name"], []).append(own.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._area:
            text = self.sent[self._area][0] + data
            self.sent[self._area] = [text.removeprefix("\n")]


def form_of(page: str) -> Data:
    reader = Fields()
    reader.feed(page[page.index("_form") :])
    return {name: values for name, values in reader.sent.items() if "__prefix__" not in name}
