"""LaTeX as it stands in BibTeX files: accents and signs are decoded on reading, and only what BibTeX would trip over is encoded."""

import re

from pylatexenc.latex2text import LatexNodes2Text

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_encoding = str.maketrans(SPECIAL)
_decoder = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False, keep_comments=True)
#: Without one of these a text is what it is.
_latex = re.compile(r"[\\{}~$%]|--|``|''|\?`|!`|<<|>>")


def encode(text: str) -> str:
    return text.translate(_encoding)


def decode(text: str) -> str:
    """The text that LaTeX would print. A per cent sign that began a comment in LaTeX is one in a title."""
    if _latex.search(text):
        escaped = re.sub(r"(?<!\\)%", r"\\%", text)
        text = _decoder.latex_to_text(escaped)
    return " ".join(text.split())
