"""What the rules look at: one text in one language, with its citations resolved and its list as it is printed there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from foundation.bilingual.languages import Language, words
from references.models.works import ListedReference, Work


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation in the text, and the work it was resolved to. `how` is list, link, bibliography, ambiguous or none."""

    field: str
    as_printed: str
    year: str | None
    occurrence: int
    how: str
    authors: str = ""
    work: Work | None = None
    candidates: tuple[Work, ...] = ()
    notes: frozenset[str] = frozenset()
    is_parenthetical: bool = True

    @property
    def works(self) -> tuple[Work, ...]:
        return (self.work,) if self.work else self.candidates


@dataclass(frozen=True, slots=True)
class Entry:
    """A work in the list of the text: `printed` is its entry in this language, "" where the work itself is shown."""

    work: Work
    printed: str = ""
    is_elsewhere: bool = False  # printed in the other language alone
    letter: str = ""  # after the year, where the list holds two works of one author and year

    @property
    def heading(self) -> str:
        return self.printed.strip().split("\n")[0] if self.printed.strip() else str(self.work)


@dataclass(frozen=True, slots=True)
class Text:
    """The words of an edition in one language. Pure data: the rules ask no database."""

    language: str
    mentions: Sequence[Mention] = ()
    entries: Sequence[Entry] = ()
    source_key: str = ""
    has_words: bool = True
    entry_of: dict[int, Entry] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entry_of", {entry.work.pk: entry for entry in self.entries})

    def cited(self) -> dict[int, Mention]:
        """The key of each work that is certainly meant → where it is cited first."""
        found: dict[int, Mention] = {}
        for mention in self.mentions:
            if mention.work is not None:
                found.setdefault(mention.work.pk, mention)
        return found


def entry_of_row(row: ListedReference, language: str, letter: str = "") -> Entry:
    printed = words(row, "printed", language).strip()
    elsewhere = not printed and bool(words(row, "printed", Language(language).other).strip())
    return Entry(row.work, printed, elsewhere, letter)
