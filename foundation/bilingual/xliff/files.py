"""What a file holds, and why one is refused."""

import dataclasses
import re
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.agreement import fingerprint

#: The largest file that is read: some thirty times what stands on the whole site.
MOST_BYTES = 10 * 1024 * 1024
#: How deep elements may stand in one another.
DEEPEST = 60


class Version(models.TextChoices):
    """Which XLIFF. The labels are names."""

    V2 = "2.0", "XLIFF 2.0"
    V1 = "1.2", "XLIFF 1.2"


NAMESPACES = {
    Version.V2: "urn:oasis:names:tc:xliff:document:2.0",
    Version.V1: "urn:oasis:names:tc:xliff:document:1.2",
}

REFUSALS: dict[str, str | Promise] = {
    "too-big": _("The file is too big: at most 10 MB are read."),
    "not-xml": _("The file is damaged or cut short: it is not well-formed XML."),
    "hostile": _("The file declares entities or a document type. No XLIFF needs them, and they can do harm."),
    "not-xliff": _("The file is not XLIFF 2 or XLIFF 1.2."),
    "languages": _("The file is not from Welsh into English, or from English into Welsh."),
    "foreign": _("The file was not made here: it has texts that do not carry our marks."),
    "twice": _("The file has one text twice."),
    "empty": _("The file has no texts."),
}


class Refused(Exception):
    """The whole file is refused: `code` is a key of `REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        return str(REFUSALS[self.code])


def stamp(text: str | None) -> str:
    """What a file carries of a text to tell later whether it has moved: the start of its fingerprint, or "0" for no text."""
    return fingerprint(text)[:32] or "0"


_NAME = re.compile(
    r"(?P<model>[a-z_]+\.[a-z_]+):(?P<key>[0-9a-f-]{1,36}):(?P<field>[a-z_]+)"
    r":(?P<form>html|text):(?P<source_stamp>[0-9a-f]{1,32}):(?P<target_stamp>[0-9a-f]{1,32})"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One text of one thing, and its translation ("" for none).

    The stamps are those of the two texts as they stood when the file was made. They travel in the identifier with the name of
    the thing and the field, because identifiers are what every tool gives back. `is_done`: whoever translated says that it is
    ready. `is_broken`: it came back with codes that were not sent, and has no translation that could be used.
    """

    model: str
    key: str
    field: str
    source: str
    target: str
    is_html: bool
    source_stamp: str
    target_stamp: str
    is_done: bool = False
    is_broken: bool = False
    note: str = dataclasses.field(default="", compare=False)

    @property
    def name(self) -> str:
        form = "html" if self.is_html else "text"
        return f"{self.model}:{self.key}:{self.field}:{form}:{self.source_stamp}:{self.target_stamp}"


def parts_of(name: str | None) -> dict[str, str]:
    """The parts of the identifier of a unit. Raises `Refused` for one that is not ours."""
    found = _NAME.fullmatch(name or "")
    if found is None:
        raise Refused("foreign")
    return found.groupdict()


@dataclass(frozen=True, slots=True)
class File:
    """Texts to be translated from one language into the other."""

    source_language: str
    target_language: str
    units: tuple[Unit, ...]
