"""The process that takes a document apart: it gets little time and memory, writes no file, and starts nothing.

`python -m foundation.files.documents.child`, a line of JSON and the document on standard input; on standard output a line
of JSON, and the copy where one was asked for. If it dies, the document is refused and the site goes on.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from foundation.files.documents.refused import Refused


def bound(seconds: int, memory: int) -> None:
    """Give this process no more than this, from here on."""
    for what, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(what, (limit, limit))


def answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, str], bytes]:
    """What was asked of the document, or why it is refused; and the copy."""
    try:
        return {"read": _read, "html": _html, "clean": _clean}[asked["what"]](asked, data)
    except Refused as refused:
        return {"refused": refused.code}, b""
    except MemoryError:
        return {"refused": "too-long"}, b""


def _read(asked: dict[str, Any], data: bytes) -> tuple[dict[str, str], bytes]:
    if asked["kind"] == "pdf":
        from foundation.files.documents import pdf  # each kind loads only what it needs: people wait for this process

        return {"text": pdf.read(data, asked["pages"], asked["characters"])}, b""
    from foundation.files.documents import word

    return {"text": word.read(data, asked["characters"])}, b""


def _html(asked: dict[str, Any], data: bytes) -> tuple[dict[str, str], bytes]:
    from foundation.files.documents import word_html

    return {}, word_html.read(data, asked["characters"])


def _clean(asked: dict[str, Any], data: bytes) -> tuple[dict[str, str], bytes]:
    title, language = asked["title"], asked["language"]
    if asked["kind"] == "pdf":
        from foundation.files.documents import pdf

        return {}, pdf.clean(data, title, language, asked["pages"])
    from foundation.files.documents import word_copy

    return {}, word_copy.clean(data, title, language)


def main() -> None:
    """Answer the question on standard input."""
    asked = json.loads(sys.stdin.buffer.readline())
    bound(asked["seconds"], asked["memory"])
    said, copy = answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + copy)


if __name__ == "__main__":
    main()
