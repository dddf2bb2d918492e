"""LaTeX as it stands in BibTeX files: accents and signs are decoded on reading, and only what BibTeX would trip over is encoded."""

import re

from pylatexenc.latex2text import LatexNodes2Text

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_encoding = str.maketrans(SPECIAL)
_decoder = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False, keep_comments=True)
_escaped = re.compile(r"\\([{}&%$#_])")
#: Without one of these a text is what it is.
_ligature = re.compile(r"--|``|''|\?`|!`|<<|>>")
_latex = re.compile(rf"[\\{{}}~$%]|{_ligature.pattern}")


def encode(text: str) -> str:
    return text.translate(_encoding)


def decode(text: str) -> str:
    """The text that LaTeX would print. A per cent sign that began a comment in LaTeX is one in a title."""
    if _latex.search(text):
        text = _own(text) or _decoder.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", text))
    return " ".join(text.split())


def _own(text: str) -> str:
    """What `encode` made `text` of, in a fraction of the time; "" for other LaTeX."""
    plain = _escaped.sub(r"\1", text)
    return plain if encode(plain) == text and not _ligature.search(plain) else ""
