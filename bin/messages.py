#!/usr/bin/env python
"""The Welsh catalogues and the strings in the code: `update` brings them up to date, `check` fails where something is missing.

Strings are extracted with Babel and Django's own reading of templates, so that no GNU gettext is needed.
"""

import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from foundation.bilingual.catalogue import WELSH_PLURAL_FORMS, check, stale  # noqa: E402

WELSH = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
ROOMS = ("casestudies", "config", "desk", "foundation", "hallmarks", "pages", "references", "templates")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}
NOTE = ("Translators:", "Translators")
_CONTEXT = ((1, "c"), 2)
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": _CONTEXT,
    "npgettext_lazy": (*_CONTEXT, 3),
}
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"(?<!\w)(gettext|pgettext|ngettext|npgettext|_)\(({_STRING}(?:,\s*{_STRING})*)")
_NEW = 'msgid ""\nmsgstr ""\n"Language: cy\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
_NEW += f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {WELSH_PLURAL_FORMS}\\n"\n'

Found = tuple[int, str | tuple[str, ...], list[str], str | None]  # line, message, notes, context


def ready() -> None:
    """Django with the site's settings: it reads the templates, and knows which packages are enabled."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("SECRET_KEY", "the-catalogue-has-no-secrets")
        django.setup()


def extract() -> Catalog:
    """Every string of ours that a person may see."""
    ready()
    catalogue = Catalog(project="Leading Professional Learning", charset="utf-8")
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()):
        for line, message, notes, context in strings_in(path):
            place = (path.relative_to(ROOT).as_posix(), line)
            catalogue.add(message, locations=[place], auto_comments=notes, context=context)
    return catalogue


def strings_in(path: Path) -> Iterator[Found]:
    """The strings for gettext in one file of code or of mark-up."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from extract_from_file("python", path, KEYWORDS, comment_tags=NOTE)
    elif path.suffix in TEMPLATE_ENDINGS:
        yield from _strings_in_template(path)


def _strings_in_template(path: Path) -> Iterator[Found]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    lines = source.splitlines()
    for call in _CALL.finditer(source):
        arguments = [str(text) for text in ast.literal_eval(f"[{call[2]}]")]
        context = arguments.pop(0) if call[1].startswith(("p", "np")) else None
        line = source.count("\n", 0, call.start()) + 1
        yield line, arguments[0] if len(arguments) == 1 else tuple(arguments), _notes_above(lines, line), context


def _notes_above(lines: list[str], line: int) -> list[str]:
    """`{% comment %}Translators: …{% endcomment %}` in the line before, as Django's makemessages reads it."""
    above = lines[line - 2].strip() if line > 1 else ""
    return [above.removeprefix("#").strip()] if above.startswith("# Translators") else []


def update(path: Path, wanted: Catalog) -> int:
    """Add what is new with an empty Welsh text, drop what is gone, and leave the rest alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else _NEW
    catalogue = read_po(text.splitlines(), locale=None, domain=path.stem)
    catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_by_file=True, omit_header=False)
    empty = sum(1 for finding in check(path) if finding.rule in ("empty", "plural-forms"))
    print(f"{len(catalogue)} strings in {_named(path)}; without Welsh: {empty}")
    return 0


def report(path: Path, wanted: Catalog) -> int:
    """Print every finding; 1 where there is any."""
    if not path.exists():
        print(f"{_named(path)} is not there. Run: make messages")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        with template.open("wb") as file:
            write_po(file, wanted)
        findings = [*check(path), *stale(path, template)]
    for rule in dict.fromkeys(finding.rule for finding in findings):
        of_rule = [finding for finding in findings if finding.rule == rule]
        print(f"\n{rule}: {of_rule[0].reason} {of_rule[0].mend}")
        for finding in of_rule:
            print(f"  {finding.line or ''}: {finding.message!r} {finding.excerpt}".rstrip())
    print(f"{len(findings)} findings in {_named(path)}")
    return 1 if findings else 0


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def main(task: str) -> int:
    """`update` or `check`, of our strings and of the packages'."""
    from bin import package_messages

    if task == "update":
        return max(update(WELSH, extract()), package_messages.update_all())
    return max(report(WELSH, extract()), package_messages.report_all())


if __name__ == "__main__":
    sys.exit(main("".join(sys.argv[1:2])))
