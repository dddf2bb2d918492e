"""The eight states of agreement, as one text is edited, reverted, ticked, imported, written behind its back and restored.

The model is a page of its own: letters for texts, the pair last agreed, and the words of BILINGUAL.md as plain questions. It
knows no hashes, and of XLIFF only what a translator is promised.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run
from reversion.models import Version as StoredVersion

from desk.xliff.carrying import carry_out
from desk.xliff.texts import writable
from desk.xliff.views import export_file
from foundation.bilingual.agreement import pair
from foundation.bilingual.languages import Language
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.services import TextHasMoved, agree, states_of
from foundation.bilingual.xliff import File, Version, read, write
from foundation.publishing.services import save_words
from pages.models import PageEdition
from tests.factories import PageFactory, editor

LETTERS = ("", "A", "B", "C")
CODES = ("cy", "en")
#: One letter, written in ways that no reader can tell apart.
SPELLINGS = ("<p>‘{}’</p>", " <p>'{}'</p>\n<p></p>", "<p>'{}'<br></p>")
ALL_STATES = {"empty", "cy-missing", "en-missing", "unconfirmed", "in-step", "cy-stale", "en-stale", "both-changed"}

letters, languages = st.sampled_from(LETTERS), st.sampled_from(CODES)
spellings = st.integers(0, len(SPELLINGS) - 1)
happened: Counter[tuple[str, str, str]] = Counter()


def spelt(letter: str, spelling: int = 0) -> str:
    return SPELLINGS[spelling].format(letter) if letter else ("", "<p> </p>", " ")[spelling]


@dataclass
class Model:
    """What there is, in letters."""

    now: dict[str, str] = field(default_factory=lambda: {"cy": "", "en": ""})
    agreed: dict[str, str] | None = None
    how: str = ""
    versions: list[dict[str, str]] = field(default_factory=list)

    @property
    def state(self) -> str:
        missing = [code for code in CODES if not self.now[code]]
        if missing:
            return "empty" if len(missing) == 2 else f"{missing[0]}-missing"
        if self.agreed is None:
            return "unconfirmed"
        changed = [code for code in CODES if self.now[code] != self.agreed[code]]
        if not changed:
            return "in-step"
        if len(changed) == 2:
            return "both-changed"
        return "en-stale" if changed == ["cy"] else "cy-stale"  # the one that was left as it was is behind

    @property
    def is_copied(self) -> bool:
        return self.state == "unconfirmed" and self.now["cy"] == self.now["en"]

    def agree(self, how: str) -> None:
        self.agreed, self.how = dict(self.now), how

    def keep(self) -> None:
        self.versions.append(dict(self.now))


@dataclass
class Sent:
    """A file at a translator's: what it was made from, in letters and as bytes."""

    to: str
    letters: dict[str, str]
    data: bytes


class AgreementMachine(RuleBasedStateMachine):
    """One page's body, all hands at it, and the model beside."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.person = editor()
        made = {"stage": "working", "agreed": False, "body_cy": "", "body_en": ""}
        self.page = PageFactory.create(**{f"edition__{name}": value for name, value in made.items()})
        self.model = Model()
        self.sent: list[Sent] = []
        self.shown: list[dict[str, str]] = []
        self.before = self.model.state

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def edition(self) -> PageEdition:
        return PageEdition.objects.select_related("content").get(content=self.page)

    @property
    def request(self) -> HttpRequest:
        request: Any = HttpRequest()
        request.user = self.person
        found: HttpRequest = request
        return found

    def save(self, texts: dict[str, str]) -> None:
        edition = self.edition
        for code, text in texts.items():
            setattr(edition, f"body_{code}", text)
        save_words(edition=edition, version=edition.version, by=self.person)
        self.model.keep()

    def done(self, rule_name: str) -> None:
        happened[self.before, rule_name, self.model.state] += 1
        self.before = self.model.state

    # --- what people do -------------------------------------------------------------------------------------------------

    @rule(code=languages, letter=letters, spelling=spellings)
    def edit(self, code: str, letter: str, spelling: int) -> None:
        self.model.now[code] = letter
        self.save({code: spelt(letter, spelling)})
        self.done("edit")

    @rule(letter=st.sampled_from("ABC"), other=st.sampled_from("ABC"))
    def write_both(self, letter: str, other: str) -> None:
        self.model.now = {"cy": letter, "en": other}
        self.save({"cy": spelt(letter), "en": spelt(other)})
        self.done("edit both")

    @precondition(lambda self: self.model.agreed)
    @rule(code=languages, spelling=spellings)
    def revert(self, code: str, spelling: int) -> None:
        """Write again what was agreed."""
        self.model.now[code] = self.model.agreed[code]  # type: ignore[index]
        self.save({code: spelt(self.model.now[code], spelling)})
        self.done("revert")

    @rule(code=languages, letter=letters, spelling=spellings)
    def write_behind_its_back(self, code: str, letter: str, spelling: int) -> None:
        PageEdition.objects.filter(content=self.page).update(**{f"body_{code}": spelt(letter, spelling)})
        self.model.now[code] = letter
        self.done("update()")

    @rule()
    def look(self) -> None:
        """Have the page open, to tick it later."""
        self.shown.append(dict(self.model.now))

    @rule()
    def tick(self) -> None:
        self.tick_what_was_seen(self.model.now)
        self.done("tick")

    @precondition(lambda self: self.shown)
    @rule(data=st.data())
    def tick_later(self, data: st.DataObject) -> None:
        self.tick_what_was_seen(data.draw(st.sampled_from(self.shown)))
        self.done("tick later")

    def tick_what_was_seen(self, seen: dict[str, str]) -> None:
        hashes = pair(spelt(seen["cy"], 1), spelt(seen["en"], 2))
        ticking: dict[str, Any] = {
            "obj": self.edition,
            "field": "body",
            "seen": hashes,
            "how": How.SPEAKER,
            "by": self.person,
        }
        if seen != self.model.now:
            with pytest.raises(TextHasMoved):
                agree(**ticking)
        elif not (seen["cy"] and seen["en"]):
            with pytest.raises(ValueError, match="body"):
                agree(**ticking)
        else:
            agree(**ticking)
            self.model.agree("speaker")

    @precondition(lambda self: self.model.versions)
    @rule(data=st.data(), codes=st.sampled_from([("cy",), ("en",), ("cy", "en")]))
    def restore(self, data: st.DataObject, codes: tuple[str, ...]) -> None:
        """Bring words of an earlier version into the working edition."""
        place = data.draw(st.integers(0, len(self.model.versions) - 1))
        stored = list(StoredVersion.objects.get_for_object(self.edition).order_by("pk"))
        assert len(stored) == len(self.model.versions)
        for code in codes:
            self.model.now[code] = self.model.versions[place][code]
        self.save({code: stored[place].field_dict[f"body_{code}"] for code in codes})
        self.done("restore")

    # --- translators with files -----------------------------------------------------------------------------------------

    @rule(to=languages, version=st.sampled_from(Version))
    def send(self, to: str, version: Version) -> None:
        self.export(to, version)

    def export(self, to: str, version: Version) -> None:
        file = export_file(writable(self.request), Language(to), waiting=False)
        units = tuple(unit for unit in file.units if unit.field == "body")
        source = "en" if to == "cy" else "cy"
        assert bool(units) == bool(self.model.now[source])
        if units:
            data = write(File(file.source_language, file.target_language, units), version)
            self.sent.append(Sent(to, dict(self.model.now), data))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), letter=letters, spelling=spellings, is_done=st.booleans())
    def bring_back_late(self, data: st.DataObject, letter: str, spelling: int, is_done: bool) -> None:
        self.bring_back(data.draw(st.sampled_from(self.sent)), spelt(letter, spelling), letter, is_done)

    @rule(to=languages, letter=letters, spelling=spellings, is_done=st.booleans())
    def translate_at_once(self, to: str, letter: str, spelling: int, is_done: bool) -> None:
        sent = len(self.sent)
        self.export(to, Version.V2)
        for file in self.sent[sent:]:
            self.bring_back(file, spelt(letter, spelling), letter, is_done)

    def bring_back(self, sent: Sent, target: str, letter: str, is_done: bool) -> None:
        file = read(sent.data)
        came = replace(file.units[0], target=target, is_done=is_done)
        plan = carry_out(self.request, replace(file, units=(came,)))
        (line,) = plan.lines
        assert (line.verdict.value, line.agrees) == self.expect(sent, letter, is_done)
        self.done(f"import: {line.verdict.value}{', agreed' if line.agrees else ''}")

    def expect(self, sent: Sent, letter: str, is_done: bool) -> tuple[str, bool]:
        """What the translator is told, and what it does to the model."""
        model, source = self.model, "en" if sent.to == "cy" else "cy"
        if model.now[source] != sent.letters[source]:
            return "stale", False
        if not letter:
            return "missing", False
        translated = letter != model.now[source]
        if letter == model.now[sent.to]:
            agrees = is_done and translated and model.state != "in-step"
            if agrees:
                model.agree("file")
            return "same", agrees
        if model.now[sent.to] != sent.letters[sent.to]:
            return "stale", False
        if not translated:
            return "copied", False
        model.now[sent.to] = letter
        model.keep()
        if is_done:
            model.agree("file")
        return "new", is_done

    # --- what must hold -------------------------------------------------------------------------------------------------

    @invariant()
    def the_state_is_that_of_the_model(self) -> None:
        found = states_of(self.edition)["body"]
        assert (found.state.value, found.copied) == (self.model.state, self.model.is_copied)
        agreement = Agreement.objects.filter(object_id=self.edition.pk, field="body").first()
        assert (agreement.how if agreement else "") == self.model.how


@pytest.mark.once
@pytest.mark.django_db
def test_the_eight_states_are_those_of_the_model(
    amount: Callable[[int, int], int], tell: Callable[[str], None], figure: Callable[..., None]
) -> None:
    happened.clear()
    run(
        AgreementMachine,
        settings=settings(
            max_examples=amount(15, 500),
            stateful_step_count=amount(40, 80),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    moves = {(before, after) for before, _rule, after in happened}
    tell(f"{happened.total()} things done to two texts; {len(happened)} different transitions, {len(moves)} of state")
    figure("things done to two texts, the state that of the model", happened.total(), "rules")
    figure("different transitions of agreement met (state, deed, state)", len(happened), "transitions")
    assert {state for before, _rule, after in happened for state in (before, after)} == ALL_STATES
    rules = {name for _before, name, _after in happened}
    assert {
        "edit",
        "revert",
        "update()",
        "tick",
        "restore",
        "import: new",
        "import: new, agreed",
        "import: stale",
    } <= rules
