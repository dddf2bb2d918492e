"""Reading a file that has been anywhere: nothing is fetched, no entity is known, and what is not ours is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from foundation.bilingual.xliff.codes import Kind, Piece, joined
from foundation.bilingual.xliff.files import DEEPEST, MOST_BYTES, NAMESPACES, File, Refused, Unit, Version, parts_of

#: The states in which a translation is ready, by what the versions call them.
DONE = {"translated", "reviewed", "final", "signed-off"}
#: Elements of a text with codes: the name of the element → its pieces. Raises `_Broken` for a code that was not sent.
Inline = Callable[[Element], Iterator[Piece]]


class _Broken(Exception):
    """A text has codes that were not sent."""


def read(data: bytes) -> File:
    """The file that `data` is. Raises `Refused`, whatever `data` is."""
    if len(data) > MOST_BYTES:
        raise Refused("too-big")
    root = _root(data)
    version = next((each for each, name in NAMESPACES.items() if root.tag == f"{{{name}}}xliff"), None)
    if version is None or not root.get("version", "").startswith(version.value[:2]):
        raise Refused("not-xliff")
    _plain_names(root, NAMESPACES[version])
    languages = _languages(root, version)
    units = tuple(_units2(root) if version == Version.V2 else _units1(root))
    if not units:
        raise Refused("empty")
    if len({(unit.model, unit.key, unit.field) for unit in units}) < len(units):
        raise Refused("twice")
    return File(*languages, units)


def _root(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("hostile") from None
    except (ParseError, ValueError, LookupError):  # the last two: an encoding that nobody knows
        raise Refused("not-xml") from None
    return root


def _plain_names(root: Element, namespace: str) -> None:
    """Take the namespace off the names. Those of other namespaces keep theirs, and are passed over."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Refused("hostile")
        for element in level:
            element.tag = element.tag.removeprefix(f"{{{namespace}}}")
        level = [child for element in level for child in element]


def _languages(root: Element, version: Version) -> tuple[str, str]:
    if version == Version.V2:
        named = {(root.get("srcLang", ""), root.get("trgLang", ""))}
    else:
        files = root.findall("file")
        named = {(file.get("source-language", ""), file.get("target-language", "")) for file in files}
    spoken = {(source[:2].lower(), target[:2].lower()) for source, target in named}
    if len(spoken) != 1 or not spoken <= {("cy", "en"), ("en", "cy")}:
        raise Refused("languages")
    return spoken.pop()


def _units2(root: Element) -> Iterator[Unit]:
    for element in root.iter("unit"):
        data = {each.get("id", ""): each for each in element.iterfind("originalData/data")}
        parts = [child for child in element if child.tag in ("segment", "ignorable")]
        segments = [part for part in parts if part.tag == "segment"]
        has_target = any(part.find("target") is not None for part in segments)
        targets = [part.find("target") for part in parts] if has_target else []
        spoken = [
            part.find("source") if target is None else target for part, target in zip(parts, targets, strict=False)
        ]
        yield _unit(
            element,
            sources=[part.find("source") for part in parts],
            targets=spoken,
            is_done=bool(segments) and all(part.get("state", "initial") in DONE for part in segments),
            is_whole=not has_target or all(part.find("target") is not None for part in segments),
            inline=lambda text, data=data: _inline2(text, data),  # type: ignore[misc]
        )


def _units1(root: Element) -> Iterator[Unit]:
    for element in root.iter("trans-unit"):
        target = element.find("target")
        state = "" if target is None else target.get("state", "")
        approved = element.get("approved") == "yes"
        yield _unit(
            element,
            sources=[element.find("source")],
            targets=[target],
            is_done=target is not None and (state in DONE or (approved and not state)),
            is_whole=True,
            inline=_inline1,
        )


def _unit(
    element: Element,
    *,
    sources: Iterable[Element | None],
    targets: Iterable[Element | None],
    is_done: bool,
    is_whole: bool,
    inline: Inline,
) -> Unit:
    parts = parts_of(element.get("id"))
    is_html = parts.pop("form") == "html"
    try:
        source, target = (
            joined((piece for each in texts if each is not None for piece in inline(each)), is_html=is_html)
            for texts in (sources, targets)
        )
        broken = not is_whole
    except _Broken:
        source = target = ""
        broken = True
    return Unit(
        **parts, source=source, target="" if broken else target, is_html=is_html, is_done=is_done, is_broken=broken
    )


def _words(text: str | None) -> Iterator[Piece]:
    if text:
        yield Piece(Kind.WORDS, text)


def _character(number: str | None) -> Piece:
    """The character of that number; halves of a pair (surrogates) are none, and no database holds them."""
    try:
        letter = chr(int(number or "", 16))
    except (ValueError, OverflowError):
        raise _Broken from None
    if "\ud800" <= letter <= "\udfff":
        raise _Broken
    return Piece(Kind.WORDS, letter)


def _inline2(text: Element, data: Mapping[str, Element]) -> Iterator[Piece]:
    yield from _words(text.text)
    for child in text:
        if child.tag == "cp":
            yield _character(child.get("hex"))
        elif child.tag in ("ph", "sc", "ec"):
            yield _code(data, child.get("dataRef"))
        elif child.tag == "pc":
            yield _code(data, child.get("dataRefStart"))
            yield from _inline2(child, data)
            yield _code(data, child.get("dataRefEnd"))
        elif child.tag == "mrk":
            yield from _inline2(child, data)
        elif child.tag not in ("sm", "em"):  # ends of remarks, which say nothing
            raise _Broken
        yield from _words(child.tail)


def _code(data: Mapping[str, Element], name: str | None) -> Piece:
    held = data.get(name or "")
    if held is None or len(held):
        raise _Broken
    return Piece(Kind.ALONE, held.text or "")


def _inline1(text: Element) -> Iterator[Piece]:
    yield from _words(text.text)
    for child in text:
        if child.tag == "mrk":
            yield from _inline1(child)
        elif child.tag not in ("ph", "bpt", "ept", "it") or len(child):
            raise _Broken
        elif child.get("ctype") == "x-character":
            yield _character(child.text)
        else:
            yield Piece(Kind.ALONE, child.text or "")
        yield from _words(child.tail)
