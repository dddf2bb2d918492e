"""`manage.py prepare`: everything between an empty folder and a site that can be served."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from foundation.bilingual.compiling import compile_catalogues
from hallmarks.models import Hallmark
from pages.models import Page
from references.services import refresh_works


class Command(BaseCommand):
    """Old entries are rendered here at each start, though the worker's job does the same: no reader is to meet one first."""

    help = "Make the site ready to serve: catalogues, database, starter content, first administrator, static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-content", action="store_true", help="do not load the starter content")

    def handle(self, *, no_content: bool, **options: Any) -> None:
        for written in compile_catalogues(settings.LOCALE_PATHS):
            self.stdout.write(f"Compiled {written.relative_to(settings.BASE_DIR)}.")
        _make_folder_for_database()
        call_command("migrate", interactive=False, verbosity=0)
        if not (no_content or Hallmark.objects.exists() or Page.objects.exists()):
            self.stdout.write("Loading the starter content …")
            call_command("load_starter_content", stdout=self.stdout)
        if renewed := refresh_works(only_old=True):
            self.stdout.write(f"Rendered {renewed} entries of the bibliography anew.")
        call_command("first_administrator", quiet=True, stdout=self.stdout)
        self._collect_static()

    def _collect_static(self) -> None:
        """Collect and compress the static files, if any has changed since that was last done."""
        stamp = Path(settings.VAR_DIR) / "static.stamp"
        now = _state_of_static_files()
        if stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).is_dir():
            return
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)
        self.stdout.write("Collected the static files.")


def _make_folder_for_database() -> None:
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def _state_of_static_files() -> str:
    """A digest of the names, sizes and times of every static file, and of where they are collected."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
