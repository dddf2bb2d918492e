"""Files: their text, and signs that they hold something else."""

import re

from hallmarks.page_text.shapes import NotAHallmarkPage, Refusal

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffd]")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_CODE = re.compile(r"[{}\[\]=<>_\\]")
_HTML_START = re.compile(r"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)


def read(data: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, else Windows-1252. Refuses binary files."""
    text = _decode(data)
    if text is None or looks_binary(text):
        raise NotAHallmarkPage(Refusal.BINARY)
    return text


def _decode(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def looks_binary(text: str) -> bool:
    return "\0" in text or len(_CONTROL.findall(text)) > len(text) / 100


def looks_like_markup(text: str) -> bool:
    """HTML by its tags; data and programs by brackets and signs that prose has next to none of."""
    tags = len(_TAG.findall(text))
    html = bool(_HTML_START.match(text)) or (tags > 5 and tags > text.count("\n") / 10)
    data = text.strip()[:1] + text.strip()[-1:] in ("{}", "[]")
    return html or data or len(_CODE.findall(text)) > max(20, len(text) / 60)
