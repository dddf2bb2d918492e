"""Turning the catalogues that people write (.po) into those that the programme reads (.mo), without GNU gettext."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folders: Iterable[Path | str]) -> list[Path]:
    """Compile every .po file below `folders` that is newer than its .mo file. Gives the .mo files written.

    Each is written beside its place and then moved there, so that a process reading it sees the old or the new one, whole.
    """
    written = []
    for folder in folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                _compile(source, target)
                written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=None, domain=source.stem)
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    with beside.open("wb") as file:
        write_mo(file, catalogue)
    beside.replace(target)
