"""Writing a file. A character that XML cannot hold becomes a code of its own; nothing is left out."""

from collections import defaultdict
from xml.etree.ElementTree import TreeBuilder, tostring

from foundation.bilingual.xliff.codes import UNSAFE, Kind, Piece, pieces
from foundation.bilingual.xliff.files import NAMESPACES, File, Unit, Version

#: What the `<file>` of a file says it was made from.
ORIGINAL = "leading-professional-learning"


def write(file: File, version: Version = Version.V2) -> bytes:
    """The file as UTF-8. `read` gives back an equal one."""
    out = TreeBuilder()
    root = {"xmlns": NAMESPACES[version], "version": version.value}
    languages = (file.source_language, file.target_language)
    if version == Version.V2:
        out.start("xliff", root | dict(zip(("srcLang", "trgLang"), languages, strict=True)))
        out.start("file", {"id": "f1", "original": ORIGINAL})
    else:
        spoken = dict(zip(("source-language", "target-language"), languages, strict=True))
        out.start("xliff", root)
        out.start("file", {"original": ORIGINAL, "datatype": "html"} | spoken)
        out.start("body", {})
    for unit in file.units:
        out.data("\n")
        (_Unit2 if version == Version.V2 else _Unit1)(out, unit).write()
    for name in ("body", "file", "xliff")[version == Version.V2 :]:
        out.end(name)
    written: bytes = tostring(out.close(), encoding="UTF-8", xml_declaration=True)
    return written


class _Unit:
    """One unit on its way out. The codes of both texts are numbered together: like codes have like numbers."""

    def __init__(self, out: TreeBuilder, unit: Unit) -> None:
        self.out, self.unit = out, unit
        self.source = pieces(unit.source, is_html=unit.is_html)
        self.target = pieces(unit.target, is_html=unit.is_html)
        self.count = 0

    def element(self, name: str, text: str = "", /, **attributes: str) -> None:
        self.out.start(name, {key.replace("_", "-"): value for key, value in attributes.items()})
        self.out.data(text)
        self.out.end(name)

    def text(self, name: str, found: list[Piece], **attributes: str) -> None:
        self.out.start(name, attributes)
        free = {key: list(numbers) for key, numbers in self.numbers.items()} if name == "target" else {}
        opened: list[str] = []
        for piece in found:
            if piece.kind == Kind.WORDS:
                self.words(piece.text)
            elif piece.kind == Kind.CLOSE:
                self.close(piece, opened.pop())
            else:
                number = self._number(piece, free, name)
                opened += [number] if piece.kind == Kind.OPEN else []
                self.open(piece, number)
        self.out.end(name)

    numbers: defaultdict[Piece, list[str]]

    def _number(self, piece: Piece, free: dict[Piece, list[str]], name: str) -> str:
        if free.get(piece):
            return free[piece].pop(0)
        number = self._next()
        if name == "source":
            self.numbers[piece].append(number)
        return number

    def _next(self) -> str:
        self.count += 1
        return str(self.count)

    def words(self, text: str) -> None:
        """Words, with what XML cannot hold as codes."""
        end = 0
        for found in UNSAFE.finditer(text):
            self.out.data(text[end : found.start()])
            self.character(f"{ord(found[0]):04X}")
            end = found.end()
        self.out.data(text[end:])

    def character(self, number: str) -> None:
        raise NotImplementedError

    def open(self, piece: Piece, number: str) -> None:
        raise NotImplementedError

    def close(self, piece: Piece, number: str) -> None:
        raise NotImplementedError

    def write(self) -> None:
        self.numbers = defaultdict(list)
        self.write_unit()

    def write_unit(self) -> None:
        raise NotImplementedError


class _Unit2(_Unit):
    """In XLIFF 2 the codes stand beside the texts, which refer to them."""

    def write_unit(self) -> None:
        codes = dict.fromkeys(piece.text for piece in self.source + self.target if piece.kind != Kind.WORDS)
        self.data = {code: f"d{number}" for number, code in enumerate(codes, 1)}
        self.out.start("unit", {"id": self.unit.name, "xml:space": "preserve"})
        if self.unit.note:
            self.out.start("notes", {})
            self.element("note", UNSAFE.sub("", self.unit.note))
            self.out.end("notes")
        if self.data:
            self.out.start("originalData", {})
            for code, name in self.data.items():
                self.element("data", code, id=name)
            self.out.end("originalData")
        self.out.start("segment", {"state": "translated" if self.unit.is_done else "initial"})
        self.text("source", self.source)
        if self.unit.target:
            self.text("target", self.target)
        self.out.end("segment")
        self.out.end("unit")

    def character(self, number: str) -> None:
        self.element("cp", hex=number)

    def open(self, piece: Piece, number: str) -> None:
        if piece.kind == Kind.ALONE:
            self.element("ph", id=number, dataRef=self.data[piece.text])
            return
        refers = {"dataRefStart": self.data[piece.text], "dataRefEnd": self.data[piece.partner]}
        self.out.start("pc", {"id": number} | refers)

    def close(self, piece: Piece, number: str) -> None:
        self.out.end("pc")


class _Unit1(_Unit):
    """In XLIFF 1.2 the codes stand in the texts."""

    def write_unit(self) -> None:
        self.out.start("trans-unit", {"id": self.unit.name, "xml:space": "preserve"})
        self.text("source", self.source)
        if self.unit.target:
            self.text("target", self.target, state="translated" if self.unit.is_done else "needs-translation")
        if self.unit.note:
            self.element("note", UNSAFE.sub("", self.unit.note))
        self.out.end("trans-unit")

    def character(self, number: str) -> None:
        self.element("ph", number, id=f"c{self._next()}", ctype="x-character")

    def open(self, piece: Piece, number: str) -> None:
        self.element("ph" if piece.kind == Kind.ALONE else "bpt", piece.text, id=number)

    def close(self, piece: Piece, number: str) -> None:
        self.element("ept", piece.text, id=number)
