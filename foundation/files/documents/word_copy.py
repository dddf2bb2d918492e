"""A copy of a Word file without what is hidden in it: made anew from the parts that hold what a reader sees.

Changes are accepted; comments, hidden words, properties, remote templates and everything that is not in the list of parts
are left behind. Runs in a process of its own: see `child`.
"""

import io
import posixpath
import re
import zipfile
from typing import Any
from xml.dom import Node
from xml.sax.saxutils import escape

from PIL import Image, UnidentifiedImageError

from foundation.files.documents.refused import Refused
from foundation.files.documents.word import START, TYPES, Package, elements, hidden_runs

_TEXTS = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_FORMS = re.compile(r"word/(styles|numbering|fontTable|settings|theme/theme\d*)\.xml")
_PICTURES = re.compile(r"word/media/[^/]+\.(png|jpe?g|gif|bmp|tiff?)", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)
#: What goes with all that is in it: deleted words, comments, records of changed forms, controls, other files.
_GONE = (
    "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "rPrChange",
    "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "tcPrChange", "trPrChange",
    "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "delInstrText",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "dataBinding",
    "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    "object", "control", "altChunk", "subDoc", "contentPart", "permStart", "permEnd", "embedRegular", "embedBold",
    "embedItalic", "embedBoldItalic", "cellIns", "cellDel", "cellMerge",
)  # fmt: skip
_LEANING = ("drawing", "pict", "headerReference", "footerReference", "ext")
_UNWRAPPED = ("ins", "moveTo", "smartTag", "customXml")  # what is in them stays
#: Of the settings only those that change how a page looks.
_KEPT_SETTINGS = {
    "evenAndOddHeaders", "defaultTabStop", "characterSpacingControl", "themeFontLang", "decimalSymbol", "listSeparator",
    "compat", "mirrorMargins", "displayBackgroundShape",
}  # fmt: skip
_FETCHING = re.compile(
    r"\b(INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|MACROBUTTON|AUTHOR|LASTSAVEDBY|FILENAME|USERNAME)\b", re.I
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{language}</dc:language>'
    "</cp:coreProperties>"
)
_CORE_NAME = "docProps/core.xml"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def clean(data: bytes, title: str, language: str) -> bytes:
    """A new .docx with what a reader sees of the old one."""
    package = Package(data)
    kept = {name for name in package.entries if any(part.fullmatch(name) for part in (_TEXTS, _FORMS, _PICTURES))}
    parts: dict[str, bytes] = {}
    for name in sorted(kept):
        if _PICTURES.fullmatch(name):
            parts[name] = _picture(package.read(name))
            continue
        tree = package.xml(name)
        relations = f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels"
        lost: set[str] = set()
        if relations in package.entries:
            parts[relations], lost = _relations(package.xml(relations), name, kept)
        _clean_part(tree, name, lost)
        parts[name] = tree.toxml(encoding="UTF-8")
    parts[_CORE_NAME] = _CORE.format(title=escape(title), language=language).encode()
    return _packed({TYPES: _types(package.xml(TYPES), parts), START: _start(package.main), **parts})


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # the same moment for every part
    return out.getvalue()


def _picture(data: bytes) -> bytes:
    """The pixels, in the form they came in."""
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF"))
        form = image.format or "PNG"
        mode = image.mode if form in ("PNG", "GIF", "TIFF") or image.mode in ("L", "RGB", "CMYK") else "RGB"
        fresh = image.convert(mode)
        fresh.info = {key: fresh.info[key] for key in ("transparency",) if key in fresh.info}
        out = io.BytesIO()
        fresh.save(out, form, exif=b"", **({"quality": 88} if form == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("not-copied") from error
    return out.getvalue()


def _relations(tree: Any, part: str, kept: set[str]) -> tuple[bytes, set[str]]:
    """The relations that lead to kept parts or to the web, and the names of those that are gone."""
    lost = set()
    for one in elements(tree, "Relationship"):
        target = one.getAttribute("Target")
        if one.getAttribute("TargetMode").lower() == "external":
            stays = one.getAttribute("Type").endswith("/hyperlink") and _ADDRESS.match(target)
        else:
            base = "" if target.startswith("/") else posixpath.dirname(part)
            stays = posixpath.normpath(posixpath.join(base, target.lstrip("/"))) in kept
        if not stays:
            lost.add(one.getAttribute("Id"))
            _remove(one)
    return tree.toxml(encoding="UTF-8"), lost


def _clean_part(tree: Any, name: str, lost: set[str]) -> None:
    if name == "word/settings.xml":
        for child in [one for one in tree.documentElement.childNodes if one.localName not in _KEPT_SETTINGS]:
            _remove(child)
    for row in elements(tree, "tr"):  # a row that was deleted says so in its properties
        if any(elements(one, "del") for one in row.childNodes if one.localName == "trPr"):
            _remove(row)
    for run in hidden_runs(tree):
        _remove(run)
    for one in elements(tree, *_GONE):
        _remove(one)
    for one in elements(tree, *_UNWRAPPED):
        _unwrap(one)
    for one in elements(tree, "instrText", "fldSimple"):
        words = one.getAttribute("w:instr") or "".join(getattr(child, "data", "") for child in one.childNodes)
        if _FETCHING.search(words):
            (_unwrap if one.localName == "fldSimple" else _remove)(one)
    _drop_what_is_lost(tree, lost)
    for one in elements(tree):
        _clean_attributes(one)
    for node in _comments(tree):
        _remove(node)


def _drop_what_is_lost(tree: Any, lost: set[str]) -> None:
    """What leans on a part that was left behind: a link keeps its words, a drawing goes."""
    for one in elements(tree):
        leans = [
            a for a in one.attributes.values() if (a.namespaceURI or "").endswith("/relationships") and a.value in lost
        ]
        if not leans or one.parentNode is None:
            continue
        if one.localName == "hyperlink":
            _unwrap(one)
            continue
        found = one
        while found.parentNode is not None and found.localName not in _LEANING:
            found = found.parentNode
        _remove(found if found.parentNode is not None else one)


def _clean_attributes(one: Any) -> None:
    for attribute in list(one.attributes.values()):
        if attribute.localName.startswith("rsid") or attribute.localName in (
            "author",
            "initials",
            "date",
            "paraId",
            "textId",
        ):
            one.removeAttributeNode(attribute)
    if one.localName in ("docPr", "cNvPr") and one.hasAttribute("name"):
        one.setAttribute("name", f"Picture {one.getAttribute('id')}")  # it was the name of somebody's file


def _comments(tree: Any) -> list[Any]:
    found, waiting = [], [tree]
    while waiting:
        one = waiting.pop()
        if one.nodeType in (Node.COMMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE):
            found.append(one)
        waiting += one.childNodes
    return found


def _types(tree: Any, parts: dict[str, bytes]) -> bytes:
    """What each part is; those left behind are not named."""
    for one in elements(tree, "Override"):
        if one.getAttribute("PartName").lstrip("/") not in parts or one.getAttribute("PartName") == f"/{_CORE_NAME}":
            _remove(one)
    core = tree.createElement("Override")
    core.setAttribute("PartName", f"/{_CORE_NAME}")
    core.setAttribute("ContentType", _CORE_TYPE)
    tree.documentElement.appendChild(core)
    return bytes(tree.toxml(encoding="UTF-8"))


def _start(main: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="{escape(main)}"/>'
        f'<Relationship Id="rId2" Type="{_CORE_KIND}" Target="{_CORE_NAME}"/></Relationships>'
    ).encode()


def _remove(node: Any) -> None:
    if node.parentNode is not None:
        node.parentNode.removeChild(node)


def _unwrap(node: Any) -> None:
    """What is in an element takes its place."""
    parent = node.parentNode
    if parent is None:
        return
    for child in list(node.childNodes):
        parent.insertBefore(child, node)
    parent.removeChild(node)
