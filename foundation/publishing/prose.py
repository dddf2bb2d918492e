"""The little HTML that our texts are written in, and keeping everything else out of it."""

import html
import re

import nh3

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br"}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags={"script", "style", "title", "noscript", "iframe", "object", "template"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")
_BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """`text` without control characters and without marks that turn the direction of what follows them."""
    return _BIDI_OVERRIDES.sub("", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def clean_prose(markup: str) -> str:
    """`markup` with only the elements of `TAGS` and safe links; everything else is dropped and its words are kept."""
    cleaned = _cleaner.clean(clean_text(markup)).strip()
    return "" if not nh3.clean(cleaned, tags=set()).strip() else cleaned


def prose_from_text(text: str) -> str:
    """What a person typed into a plain box, as paragraphs: blank lines part them, single line ends are kept."""
    paragraphs = re.split(r"\n[ \t]*\n+", clean_text(text).strip())
    return "\n".join(
        f"<p>{html.escape(part.strip(), quote=False).replace(chr(10), '<br>')}</p>"
        for part in paragraphs
        if part.strip()
    )


def text_from_prose(markup: str) -> str:
    """The plain text of `markup`, paragraphs parted by blank lines: the inverse of `prose_from_text` on what that makes."""
    text = re.sub(r"<br\s*/?>\n?", "\n", markup or "")
    text = re.sub(r"</li>\s*", "\n", re.sub(r"<li>", "– ", text))
    text = re.sub(r"\n*</(p|h2|h3|ul|ol|blockquote)>\s*", "\n\n", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()
