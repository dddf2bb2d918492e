"""The running text of a Word file (.docx) as HTML, its pictures in place. Runs in a process of its own: see `child`."""

import io
import posixpath
import zipfile
from contextlib import suppress
from typing import Any

import mammoth

from foundation.files.documents.refused import Refused
from foundation.files.documents.word import Package, hidden_runs, said

#: Beside what mammoth knows already: headings one to six, lists, notes, links, emphasis.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""


def read(data: bytes, most_characters: int) -> bytes:
    """The text that a reader sees: no comments, nothing deleted or hidden. A picture is an `img` with bytes and words."""
    package = Package(data)
    said(package, most_characters)  # refuses what must not be opened
    source = io.BytesIO(_seen(package))
    try:
        found = mammoth.convert_to_html(source, style_map=_STYLES, convert_image=_picture)
    except (KeyError, ValueError, TypeError, AttributeError, LookupError) as error:  # what it raises for odd files
        raise Refused("damaged") from error
    return str(found.value).encode()


def _seen(package: Package) -> bytes:
    """The file without its comments and its hidden words, which mammoth would read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in package.entries:
            part = posixpath.basename(name)
            if (
                name.startswith("word/")
                and part.startswith(("document", "footnotes", "endnotes"))
                and part.endswith(".xml")
            ):
                archive.writestr(name, _without_hidden(package.xml(name)))
            elif not part.startswith("comments"):
                archive.writestr(name, package.read(name))
    return out.getvalue()


def _without_hidden(tree: Any) -> bytes:
    for run in hidden_runs(tree):
        run.parentNode.removeChild(run)
    return bytes(tree.toxml(encoding="UTF-8"))


def _picture(image: Any) -> list[Any]:
    """One that is not in the file itself stays away."""
    with suppress(OSError, KeyError, ValueError):
        return list(mammoth.images.data_uri(image))
    return []
