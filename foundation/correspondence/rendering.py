"""From a stored message to the email that goes: plain text, and the same as simple HTML.

A stored body has every value in it already, and `[[name:language]]` for what is made at each attempt: links, and what an editor
wrote. Brackets that somebody typed are stored as `[[brackets]]`, so that nobody can type a link.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from foundation.bilingual.languages import speaking
from foundation.correspondence.kinds import NOTE, Context, Mint, frame_of, links
from foundation.correspondence.models import SLASH, Message
from foundation.correspondence.wordings import Text, fill, in_force, value_from

_MADE_AT_SENDING = re.compile(r"\[\[([a-z-]+)(?::(cy|en))?\]\]")
_BRACKETS = "[[brackets]]"
#: Between the two languages of a message.
RULE = "—" * 20


class Part(NamedTuple):
    """One language of a message as HTML."""

    language: str
    html: SafeString


class Rendered(NamedTuple):
    """A message as it goes out."""

    subject: str
    text: str
    html: str
    parts: tuple[Part, ...]


def compose(kind: str, language: str, wording: Text, context: Context, *, has_note: bool) -> Text:
    """The subject and the body to store, in the language spoken, which is `language`."""
    read = value_from(context)

    def value_of(name: str) -> str:
        if name in links() or name == NOTE:
            return f"[[{name}:{language}]]" if name != NOTE or has_note else ""
        return _kept_apart(read(name))

    framed = {
        "name": _kept_apart(read("name")),
        "reference": _kept_apart(read("reference")),
        "contact_email": settings.CONTACT_EMAIL,
        "paragraphs": fill(_kept_apart(wording.body), value_of),
    }
    body = render_to_string(f"correspondence/frames/{frame_of(kind)}.txt", framed)
    subject = fill(wording.subject, lambda name: " ".join(read(name).split()))
    return Text(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body).strip())


def _kept_apart(typed: str) -> str:
    return typed.replace("[[", _BRACKETS)


def joined(texts: list[Text]) -> Text:
    """The languages of one message, one after the other."""
    subject = SLASH.join(text.subject for text in texts)
    return Text(subject[:250], f"\n\n{RULE}\n\n".join(text.body for text in texts) + "\n")


def render(message: Message, mints: dict[str, Mint] | None = None) -> Rendered:
    """The message as it goes out now: notes in their language, links freshly made, each once."""
    mints = links() if mints is None else mints
    made: dict[tuple[str, str], str] = {}

    def link(name: str, language: str) -> str:
        if (name, language) not in made:
            made[name, language] = mints[name](message, language)
        return made[name, language]

    text = _filled(message, message.body, mints, note=str, link=link)
    bodies = message.body.strip().split(f"\n\n{RULE}\n\n", len(message.languages) - 1)
    parts = tuple(
        Part(language, _as_html(message, body, mints, link))
        for language, body in zip(message.languages, bodies, strict=False)
    )
    html = render_to_string("correspondence/message.html", {"subject": message.subject, "parts": parts})
    return Rendered(message.subject, text, html, parts)


def _as_html(message: Message, body: str, mints: dict[str, Mint], link: Callable[[str, str], str]) -> SafeString:
    def anchor(name: str, language: str) -> str:
        return format_html('<a href="{0}">{0}</a>', link(name, language))

    filled = _filled(message, _paragraphs(body), mints, note=_paragraphs, link=anchor)
    return mark_safe(f"<p>{filled}</p>")  # everything in it was escaped by `_paragraphs` or `format_html`


def _paragraphs(text: str) -> str:
    """Plain text as what may stand inside a `<p>`: escaped, with its paragraphs and lines."""
    escaped = escape(text.replace("\r\n", "\n").strip())
    return "</p>\n<p>".join(each.replace("\n", "<br>\n") for each in re.split(r"\n\s*\n", escaped))


def _filled(
    message: Message,
    body: str,
    mints: dict[str, Mint],
    *,
    note: Callable[[str], str],
    link: Callable[[str, str], str],
) -> str:
    notes = {"cy": message.note_cy, "en": message.note_en}

    def made(match: re.Match[str]) -> str:
        name, language = match[1], match[2] or message.languages[0]
        if name == NOTE:
            return note(notes[language])
        if name in mints:
            return link(name, language)
        return "[[" if match[0] == _BRACKETS else match[0]

    return _MADE_AT_SENDING.sub(made, body)


def preview(kind: str, language: str, wording: Text, context: Context) -> Rendered:
    """What a message in these words would look like. No link is made: where one will be, an address that leads nowhere."""
    with speaking(language):
        text = compose(kind, language, wording, context, has_note=True)
        note = gettext("What the editor writes stands here.")
    message = Message(
        kind=kind, language=language, subject=text.subject, body=text.body, note_cy=note, note_en=note, about=uuid4()
    )
    return as_shown(message)


class Sheet(NamedTuple):
    """One language of a message that is not written yet, with the place where an editor's words go."""

    language: str
    subject: str
    before: SafeString
    after: SafeString
    has_place: bool


def sheets(kind: str, languages: Iterable[str], context: Context) -> list[Sheet]:
    """What a message of this kind would say now, to whom `context` names. Its links lead nowhere yet. One or two queries."""
    wordings = in_force(kind)
    return [_sheet(kind, language, wordings[language], context) for language in languages]


def _sheet(kind: str, language: str, wording: Text, context: Context) -> Sheet:
    with speaking(language):
        text = compose(kind, language, wording, context, has_note=True)
    message = Message(kind=kind, language=language, about=uuid4())
    before, place, after = text.body.partition(f"[[{NOTE}:{language}]]")
    return Sheet(language, text.subject, _nowhere(message, before), _nowhere(message, after), bool(place))


def _nowhere(message: Message, body: str) -> SafeString:
    """A piece of a message as HTML, its links leading nowhere."""
    if not body.strip():
        return SafeString("")
    mints: dict[str, Mint] = dict.fromkeys(links(), _leads_nowhere)
    return _as_html(message, body, mints, lambda name, language: mints[name](message, language))


def as_shown(message: Message) -> Rendered:
    """A message for those who look at it here: its links lead nowhere, as they are for its reader alone."""
    return render(message, dict.fromkeys(links(), _leads_nowhere))


def _leads_nowhere(message: Message, language: str) -> str:
    return f"{settings.LANGUAGE_URLS[language]}/{language}/…"
