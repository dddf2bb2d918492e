"""The words of each kind of message: the standard ones, and those that editors have put in their place.

Words are plain text with `{placeholders}`, and nothing in them is ever run. A paragraph whose placeholder has no value this
time is left out.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from foundation.bilingual.languages import Language, speaking
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.policies import columns
from foundation.bilingual.services import agree_all
from foundation.correspondence.kinds import NOTE, Context, links, values
from foundation.correspondence.models import Wording
from foundation.people.models import User
from foundation.publishing.services import ChangedSince

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: Where the value of a placeholder is wanted, and what stands for it in a stored message: see `services.render`.
Fill = Callable[[str], str]


class Text(NamedTuple):
    """The words of a kind in one language."""

    subject: str
    body: str


class Problem(NamedTuple):
    """What is wrong with the placeholders of a text: `code` is unknown, missing or in-subject."""

    code: str
    names: tuple[str, ...]


def standard(kind: str, language: str) -> Text:
    """The words that come with the site."""
    with speaking(language):
        written = render_to_string(f"correspondence/{kind}.txt").strip()
    subject, _line, body = written.partition("\n")
    return Text(subject.strip(), re.sub(r"\n{3,}", "\n\n", body).strip())


def standard_columns(kind: str) -> dict[str, str]:
    """The standard words of both languages, by the columns of `Wording`."""
    return {
        f"{field}_{language}": text
        for language in Language.values
        for field, text in standard(kind, language)._asdict().items()
    }


def names_in(text: str) -> list[str]:
    """The placeholders of a text, in their order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def allowed(kind: str) -> list[str]:
    """The placeholders that words of this kind may use: those of the standard words, and what is known of every message."""
    return list(dict.fromkeys([*names_in(standard(kind, "en").body), "reference", "name"]))


def required(kind: str) -> list[str]:
    """The placeholders that words of this kind must keep: links, and what an editor wrote."""
    return [name for name in names_in(standard(kind, "en").body) if name in links() or name == NOTE]


def takes_note(kind: str) -> bool:
    """Whether messages of this kind have a place for what an editor writes."""
    return NOTE in required(kind)


def problems_of_subject(kind: str, text: str) -> list[Problem]:
    """A subject holds values: a link in it could not be followed, and an editor's words are no heading."""
    used, may_use, readers = names_in(text), allowed(kind), values()
    unknown = tuple(name for name in used if name not in may_use)
    misplaced = tuple(name for name in used if name in may_use and name not in readers)
    found = [Problem("unknown", unknown), Problem("in-subject", misplaced)]
    return [problem for problem in found if problem.names]


def problems_of_body(kind: str, text: str) -> list[Problem]:
    used, may_use = names_in(text), allowed(kind)
    unknown = tuple(name for name in used if name not in may_use)
    missing = tuple(name for name in required(kind) if name not in used)
    return [problem for problem in (Problem("unknown", unknown), Problem("missing", missing)) if problem.names]


def in_force(kind: str) -> dict[str, Text]:
    """Language → the words that go out: the pair last agreed to say the same in both languages, or the standard words.

    A text that a newer version of the site can no longer fill is passed over: better our words than a gap.
    """
    wording = Wording.objects.filter(kind=kind).first()
    found = {language: standard(kind, language) for language in Language.values}
    if wording is None:
        return found
    agreed = Agreement.objects.filter(
        content_type=ContentType.objects.get_for_model(Wording), object_id=wording.pk, field__in=Text._fields
    )
    for row in agreed:
        judge = problems_of_subject if row.field == "subject" else problems_of_body
        if not judge(kind, row.text_cy) and not judge(kind, row.text_en):
            found["cy"] = found["cy"]._replace(**{row.field: row.text_cy})
            found["en"] = found["en"]._replace(**{row.field: row.text_en})
    return found


def fill(text: str, value_of: Fill) -> str:
    """`text` with its placeholders filled; without the paragraphs in which one has no value."""
    kept = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        found = {name: value_of(name) for name in names_in(paragraph)}
        if all(found.values()):
            kept.append(PLACEHOLDER.sub(lambda match, found=found: found[match[1]], paragraph))
    return "\n\n".join(kept).strip()


def value_from(context: Context) -> Fill:
    """What a placeholder stands for, read from the things that a message is about, in the language spoken."""
    readers = values()
    return lambda name: readers[name](context) if name in readers else ""


# --- changing them --------------------------------------------------------------------------------------------------------


def wording_of(kind: str) -> Wording:
    """The words of a kind that are being worked on: the stored ones, or, not stored yet, the standard ones."""
    return Wording.objects.filter(kind=kind).first() or Wording(kind=kind, **standard_columns(kind))


@transaction.atomic
def save_wording(*, wording: Wording, version: int, by: User | None) -> Wording:
    """Store what was typed. It goes out when somebody says that both languages match; until then, what went before.

    The first time, the standard words are what was last agreed. `version` is that of the words the person was looking at:
    raises `ChangedSince` where somebody has stored others meanwhile.
    """
    typed = {column: getattr(wording, column) for column in columns(Wording)}
    stored = Wording.objects.select_for_update().filter(kind=wording.kind).first()
    if (stored.version if stored else 0) != version:
        raise ChangedSince(wording)
    stored = stored or _first(wording.kind)
    for column, text in typed.items():
        setattr(stored, column, text)
    stored.version, stored.updated_by = version + 1, by
    stored.save()
    return stored


def _first(kind: str) -> Wording:
    stored = Wording(kind=kind, **standard_columns(kind))
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except IntegrityError:
        raise ChangedSince(stored) from None
    agree_all(obj=stored, how=How.STARTER)
    return stored


@transaction.atomic
def back_to_standard(kind: str, *, version: int) -> bool:
    """Forget the editors' words for a kind, and what was agreed about them. False where there were none.

    `version` is that of the words the person was looking at: raises `ChangedSince` where others are stored by now.
    """
    wording = Wording.objects.select_for_update().filter(kind=kind).first()
    if wording is None:
        return False
    if wording.version != version:
        raise ChangedSince(wording)
    Agreement.objects.filter(content_type=ContentType.objects.get_for_model(Wording), object_id=wording.pk).delete()
    wording.delete()
    return True
