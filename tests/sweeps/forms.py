"""The forms of a page, as a browser has them: their fields, what stands in these, and their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

WRITTEN = {"text", "email", "search", "url", "number", "password", "tel", "date", "time", "textarea", "hidden", ""}
DISABLED = "disabled"  # a kind of its own: a browser does not send it


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    is_sent: bool = True

    @property
    def is_written(self) -> bool:
        return self.kind in WRITTEN


@dataclass
class PageForm:
    """One form: where it goes, and what it sends with each of its buttons."""

    action: str
    method: str
    id: str = ""
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, formaction

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(each.name for each in self.fields if each.name))

    def data(self) -> dict[str, list[str]]:
        """What the form sends as it stands."""
        sent: dict[str, list[str]] = {}
        for each in self.fields:
            if each.name and each.is_sent and each.kind != "file":
                sent.setdefault(each.name, []).append(each.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.elsewhere: list[tuple[str, Field | tuple[str, str, str]]] = []  # of the form named by `form=`
        self.open: PageForm | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").lower()
            self.open = PageForm(given.get("action", ""), method, given.get("id", ""))
            self.forms.append(self.open)
        elif tag == "button" or (tag == "input" and given.get("type") in ("submit", "button")):
            self._add(given, (given.get("name", ""), given.get("value", ""), given.get("formaction", "")))
        elif tag == "input":
            kind = "hidden" if given.get("class") == "hidden" or "hidden" in given else given.get("type", "text")
            kind = DISABLED if DISABLED in given else kind
            ticked = kind not in ("checkbox", "radio", DISABLED) or "checked" in given
            value = given.get("value", "on" if kind in ("checkbox", "radio") else "")
            self._add(given, Field(given.get("name", ""), kind, value, is_sent=ticked))
        elif tag in ("textarea", "select"):
            disabled = DISABLED in given
            self.area = Field(given.get("name", ""), DISABLED if disabled else tag, is_sent=not disabled)
            self._add(given, self.area)
        elif tag == "option" and self.area is not None:
            self.area.options.append(given.get("value", ""))
            if "selected" in given or not self.area.value:
                self.area.value = given.get("value", "")

    def _add(self, given: dict[str, str], what: Field | tuple[str, str, str]) -> None:
        if "form" in given:
            self.elsewhere.append((given["form"], what))
        elif self.open is not None:
            put(self.open, what)

    def handle_data(self, data: str) -> None:
        if self.area is not None and self.area.kind == "textarea":
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag in ("textarea", "select"):
            self.area = None


def put(form: PageForm, what: Field | tuple[str, str, str]) -> None:
    if isinstance(what, Field):
        form.fields.append(what)
    else:
        form.buttons.append(what)


def forms_of(page: str, address: str) -> list[PageForm]:
    """The forms on a page at this address, each with the whole address that it goes to."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    by_id = {form.id: form for form in reader.forms if form.id}
    for name, what in reader.elsewhere:
        if name in by_id:
            put(by_id[name], what)
    for form in reader.forms:
        form.action = urljoin(address, form.action or address)
        form.buttons = [(name, value, other and urljoin(address, other)) for name, value, other in form.buttons]
    return reader.forms
