"""Remembering what a file wrote, so that reading it again neither repeats the work nor overwrites what people wrote since."""

import hashlib
import json
from typing import Any

from foundation.publishing.models import WrittenFromFile


def digest(value: Any) -> str:
    """The hash of anything that JSON can say (dates as their text), whatever the order of its keys."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def last_written(*, source: str, kind: str, key: str, language: str = "") -> WrittenFromFile | None:
    return WrittenFromFile.objects.filter(source=source, kind=kind, key=key, language=language).first()


def remember(*, source: str, kind: str, key: str, file_hash: str, written_hash: str, language: str = "") -> None:
    """Keep the hash of the file, and of what stands in the database now that it has been written."""
    WrittenFromFile.objects.update_or_create(
        source=source,
        kind=kind,
        key=key,
        language=language,
        defaults={"file_hash": file_hash, "written_hash": written_hash},
    )
