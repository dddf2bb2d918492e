"""The Welsh of others' strings: what Django and the packages lack in Welsh or have wrong, in `locale/packages`.

Our own strings are in `locale/cy`, which comes first. Here stand, of each enabled package: the strings that it has no Welsh
for, all its plurals (its Welsh may count four forms, ours counts six, and one catalogue of scripts can hold only one rule),
and corrections, which whoever finds a fault adds by hand.
"""

import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.apps import apps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bin.messages import ROOMS, ROOT, ready, report, strings_in, update
from foundation.bilingual.catalogue import WELSH_PLURAL_FORMS

WELSH = ROOT / "locale" / "packages" / "cy" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
#: Parts of packages that no user of this site meets: where their strings begin → why.
NEVER_SEEN = {
    "allauth/socialaccount/providers/": "what single sign-on through other providers than OpenID Connect would say",
    "django/views/templates/default_urlconf.html": "Django's greeting to a project that has no addresses yet",
    "django_fsm/admin.py": "messages of FSMAdminMixin, on which no admin of ours stands",
    "django_fsm/templates/": "pages of the same",
    "modeltranslation/tests/": "the package's own tests",
    "reversion/admin.py": "messages of VersionAdmin, on which no admin of ours stands",
    "reversion/templates/": "pages of the same",
}

#: What the editor of prose calls its buttons, without asking gettext: static/desk/editor_words.js asks in its place.
EDITOR_BUTTONS = (
    "bold",
    "italic",
    "unordered list",
    "ordered list",
    "blockquote",
    "insert link",
    "remove link",
    "undo",
    "redo",
    "paragraph",
    "heading 2",
    "heading 3",
    "Block style",
)

_Key = tuple[str, str | tuple[str, ...]]


def key_of(message: Message) -> _Key:
    return message.context or "", message.id if isinstance(message.id, str) else tuple(message.id)


def is_whole(message: Message | None) -> bool:
    """Whether there is Welsh for every form of it."""
    if message is None or message.fuzzy:
        return False
    return all([message.string] if isinstance(message.string, str) else message.string or [""])


@cache
def packages() -> dict[str, Path]:
    """Every enabled package that is not ours, by its name, and Django's own core."""
    ready()
    enabled = {app.name: Path(app.path) for app in apps.get_app_configs() if app.name.split(".")[0] not in ROOMS}
    return {"django": Path(django.__file__).parent / "conf", **enabled}


@cache
def wanted(domain: str) -> Catalog:
    """Every string of theirs that a person may see."""
    catalogue = Catalog()
    for button in EDITOR_BUTTONS if domain == "djangojs" else ():
        catalogue.add(button, locations=[("static/desk/editor_words.js", 1)])
    for name, folder in packages().items():
        for message in _strings_of(name, folder, domain):
            seen = [place for place in message.locations if not place[0].startswith(tuple(NEVER_SEEN))]
            if seen or not message.locations:
                catalogue.add(message.id, locations=seen, context=message.context)
    return catalogue


def _strings_of(name: str, folder: Path, domain: str) -> Iterator[Message]:
    """As its English catalogue names them; where it has none, as its code does, and of scripts the catalogues it has."""
    english = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if domain == "django" and not english.exists():
        yield from _strings_in_code(name, folder)
        return
    top = name.split(".")[0]
    for path in [english] if english.exists() else sorted(folder.glob(f"locale/*/LC_MESSAGES/{domain}.po")):
        for message in messages_in(path):
            places = [(f"{top}/{place}", line) for place, line in message.locations]
            yield Message(message.id, locations=places, context=message.context)


def _strings_in_code(name: str, folder: Path) -> Iterator[Message]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        place = f"{name.replace('.', '/')}/{path.relative_to(folder).as_posix()}"
        for line, message, _notes, context in strings_in(path):
            yield Message(message, locations=[(place, line)], context=context)


def messages_in(path: Path) -> list[Message]:
    """The messages of a catalogue, without its header; none where there is no such file."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


@cache
def welsh_of_theirs(domain: str) -> dict[_Key, Message]:
    """What the packages themselves say in Welsh, as gettext finds it: Django's core last."""
    found = {}
    for folder in packages().values():
        for message in messages_in(folder / "locale" / "cy" / "LC_MESSAGES" / f"{domain}.po"):
            if is_whole(message):
                found[key_of(message)] = message
    return found


def ours_to_write(domain: str) -> Catalog:
    """What our catalogue of their strings must hold: what lacks Welsh, every plural, and what we correct."""
    corrected = {key_of(message) for message in messages_in(WELSH / f"{domain}.po")}
    catalogue = Catalog()
    for message in wanted(domain):
        if message.id and (message.pluralizable or key_of(message) not in welsh_of_theirs(domain).keys() - corrected):
            catalogue.add(message.id, locations=message.locations, context=message.context)
    return catalogue


def inherited(domain: str) -> Catalog:
    """What they say in Welsh and we let stand."""
    ours = {key_of(message) for message in ours_to_write(domain) if message.id}
    catalogue = Catalog(locale="cy")
    for message in wanted(domain):
        if message.id and key_of(message) not in ours:
            string = welsh_of_theirs(domain)[key_of(message)].string
            catalogue.add(message.id, string, locations=message.locations, context=message.context)
    return catalogue


def update_all() -> int:
    return max(update(WELSH / f"{domain}.po", ours_to_write(domain)) for domain in DOMAINS)


def report_all() -> int:
    """Our catalogue of their strings, and the rules of ours on the Welsh of theirs that we let stand."""
    failed = [report(WELSH / f"{domain}.po", ours_to_write(domain)) for domain in DOMAINS]
    with tempfile.TemporaryDirectory() as folder:
        for domain in DOMAINS:
            path = Path(folder) / f"theirs-{domain}.po"
            write_standing(path, domain)
            failed.append(report(path, inherited(domain)))
    return max(failed)


def write_standing(path: Path, domain: str) -> None:
    """What they say in Welsh and we let stand, as a file."""
    with path.open("wb") as file:
        write_po(file, inherited(domain), width=110)
    text = path.read_text(encoding="utf-8")
    header = next(line for line in text.splitlines() if line.startswith('"Plural-Forms'))
    path.write_text(text.replace(header, f'"Plural-Forms: {WELSH_PLURAL_FORMS}\\n"'), encoding="utf-8")
