"""What a Word file (.docx) says in any place of it. Runs in a process of its own: see `child`."""

import io
import posixpath
import re
import zipfile
import zlib
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.minidom import parseString

from foundation.files.documents.refused import Refused

MOST_ENTRIES = 2000
MOST_UNPACKED = 120 * 1024 * 1024
MOST_XML = 24 * 1024 * 1024  # of one part
#: A part that shrinks to so little of itself was made to burst.
MOST_RATIO, RATIO_FROM = 250, 1024 * 1024
START, TYPES = "_rels/.rels", "[Content_Types].xml"
#: Parts of Word that hold no words of anybody.
_SILENT = ("fontTable", "styles", "stylesWithEffects", "numbering", "webSettings")
#: Elements whose text is the document's own words, and those that end a line.
_WORDS, _LINES = {"t", "delText", "instrText"}, {"p", "tr", "br", "cr"}
_ATTRIBUTES = ("author", "initials", "descr", "title", "alt", "name")


class Package:
    """The parts of a .docx, unpacked no further than is safe."""

    def __init__(self, data: bytes) -> None:
        try:
            if not data.startswith(b"PK\x03\x04"):
                raise Refused("damaged")  # something else stands in front
            self._related: dict[str, list[tuple[str, str, bool]]] = {}
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.entries = {entry.filename: entry for entry in self.zip.infolist()}
            self._weigh()
            if not {START, TYPES} <= set(self.entries):
                raise Refused("type")  # some other archive
            self._refuse_active()
            targets = [target for kind, target, _external in self.relations(START) if kind == "officeDocument"]
            self.main = targets[0].lstrip("/") if targets else ""
            if self.main not in self.entries or not self.main.startswith("word/"):
                raise Refused("type")  # a spreadsheet, say
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise Refused("damaged") from error

    def _weigh(self) -> None:
        found = self.zip.infolist()
        if any(entry.flag_bits & 0x1 for entry in found):
            raise Refused("password")
        burst = any(
            entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
            for entry in found
        )
        if len(found) > MOST_ENTRIES or sum(entry.file_size for entry in found) > MOST_UNPACKED or burst:
            raise Refused("too-long")
        if len(found) != len(self.entries) or any(".." in name or name.startswith("/") for name in self.entries):
            raise Refused("damaged")

    def _refuse_active(self) -> None:
        names = [name.lower() for name in self.entries]
        types = self.read(TYPES).lower()
        if any("vbaproject" in name or "vbadata" in name for name in names) or b"macroenabled" in types:
            raise Refused("macros")
        if any("/embeddings/" in name or "/activex/" in name for name in names):
            raise Refused("active")
        for name in self.entries:
            if name.endswith(".rels"):
                for kind, target, is_external in self.relations(name):
                    if is_external and kind != "hyperlink" and not target.lower().startswith("file:"):
                        raise Refused("active")  # Word would fetch it when an editor opens the document

    def read(self, name: str) -> bytes:
        try:
            data = self.zip.read(name)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, EOFError, OSError) as error:
            raise Refused("damaged") from error
        if name.endswith((".xml", ".rels")) and len(data) > MOST_XML:
            raise Refused("too-long")
        return data

    def xml(self, name: str) -> Any:
        """A part as a tree. A document type, an entity or anything fetched from elsewhere makes it a damaged file."""
        try:
            return parseString(self.read(name), forbid_dtd=True)
        except (ExpatError, DefusedXmlException, ValueError, RecursionError, UnicodeError) as error:
            raise Refused("damaged") from error

    def relations(self, name: str) -> list[tuple[str, str, bool]]:
        """Of a part of relations, each one's kind, where it leads, and whether that is outside the file."""
        if name not in self._related:
            self._related[name] = [
                (
                    posixpath.basename(one.getAttribute("Type")),
                    one.getAttribute("Target"),
                    one.getAttribute("TargetMode").lower() == "external",
                )
                for one in elements(self.xml(name), "Relationship")
            ]
        return self._related[name]


def elements(node: Any, *names: str) -> list[Any]:
    """The elements below `node` with one of these names, whatever their prefix; in the order of the document."""
    wanted, found, waiting = set(names), [], [node]
    while waiting:
        one = waiting.pop()
        if one.nodeType == one.ELEMENT_NODE and (not wanted or one.localName in wanted):
            found.append(one)
        waiting += reversed(one.childNodes)
    return found


def hidden_runs(tree: Any) -> list[Any]:
    """The words of a part that Word does not show."""
    return [
        run
        for run in elements(tree, "r")
        if any(elements(one, "vanish", "specVanish") for one in run.childNodes if one.localName == "rPr")
    ]


def read(data: bytes, most_characters: int) -> str:
    """As `said`."""
    return said(Package(data), most_characters)


def said(package: Package, most_characters: int) -> str:
    """Everything that a Word file says: text, notes, comments, words that were deleted, properties, who wrote what."""
    lines: list[str] = []
    for name in sorted(package.entries, key=lambda name: (name != package.main, name)):
        if name.endswith(".xml") and name != TYPES and posixpath.basename(name)[:-4] not in _SILENT:
            is_word = name.startswith("word/") and not name.startswith("word/theme/")
            tree = package.xml(name)
            lines += _words(tree) if is_word else _everything(tree)
        elif name.endswith(".rels"):
            lines += [target for kind, target, is_external in package.relations(name) if is_external]
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    if len(text) > most_characters:
        raise Refused("too-long")
    return text


def _words(tree: Any) -> list[str]:
    """The lines of a part of Word; deleted words and what stands in attributes on lines of their own behind them."""
    said, deleted, beside = [""], [""], []
    for one in elements(tree):
        if one.localName in _LINES:
            said.append("")
            deleted.append("")
        elif one.localName == "tab":
            said[-1] += " "
        elif one.localName in _WORDS:
            (deleted if one.localName == "delText" else said)[-1] += _own_text(one)
        beside += [attribute.value for attribute in one.attributes.values() if attribute.localName in _ATTRIBUTES]
    return [re.sub(r"\s+", " ", line).strip() for line in (*said, *deleted, *dict.fromkeys(beside))]


def _everything(tree: Any) -> list[str]:
    return [_own_text(one).strip() for one in elements(tree)]


def _own_text(element: Any) -> str:
    return "".join(
        child.data for child in element.childNodes if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE)
    )
