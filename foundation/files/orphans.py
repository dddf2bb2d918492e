"""Files without a row: what is left of a process that died between storing the one and the other."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

logger = logging.getLogger(__name__)
YOUNG = timedelta(days=1)  # its row may still come
FEW = 20


def remove_orphans(now: datetime) -> None:
    """The clock's part: files that no row names leave the disk a day later.

    Where most of what is stored has no row, something else is wrong — another database, perhaps — and nothing is removed.
    """
    named, stored = set(_named()), list(_stored())
    orphans = [name for name in stored if name not in named]
    if len(orphans) > max(FEW, len(stored) // 2):
        logger.error(
            "%s of %s stored files have no row: is this their database? None was removed.", len(orphans), len(stored)
        )
        return
    for name in orphans:
        if default_storage.get_modified_time(name) < now - YOUNG:
            default_storage.delete(name)


def _named() -> Iterator[str]:
    """The name of every file that a row of any room keeps."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from model._base_manager.values_list(field.name, flat=True)


def _stored(folder: str = "") -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing has been stored yet
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from _stored(f"{folder}{name}/")
