"""Reading a page as a checker does: its elements in order, well formed or not at all."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponseBase

VOID = {"meta", "link", "img", "br", "input", "hr"}


@dataclass
class Element:
    """A start tag, the languages around it, and the text directly or deeper inside it."""

    name: str
    attributes: dict[str, str]
    language: str
    text: str = ""


@dataclass
class PageRead:
    """All elements of a page."""

    elements: list[Element] = field(default_factory=list)

    def all(self, name: str, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [e for e in self.elements if e.name == name and wanted.items() <= e.attributes.items()]

    def one(self, name: str, **attributes: str) -> Element:
        (found,) = self.all(name, **attributes)
        return found

    def outline(self) -> list[str]:
        """The names of the headings in order, and how many links, lists, pictures and sections there are."""
        headings = [e.name for e in self.elements if e.name in {"h1", "h2", "h3", "h4"}]
        counts = [
            f"{name}:{len(self.all(name))}" for name in ("a", "ul", "ol", "img", "section", "nav", "option", "dt")
        ]
        return headings + counts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageRead()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        attributes = {name: value or "" for name, value in attrs}
        around = self.open[-1].language if self.open else ""
        element = Element(tag, attributes, attributes.get("lang", around))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(response: HttpResponseBase) -> PageRead:
    """The page in `response`. Fails where a tag is left open, closed twice, or an id stands twice."""
    reader = _Reader()
    reader.feed(response.content.decode())  # type: ignore[attr-defined]
    reader.close()
    assert reader.open == [], [element.name for element in reader.open]
    for element in reader.page.elements:
        element.text = " ".join(element.text.split())
    ids = [e.attributes["id"] for e in reader.page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids)), ids
    return reader.page
