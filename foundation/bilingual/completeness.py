"""How far each language has got: over every translated field of every object, the derived states counted, and words.

Nothing of this is kept, so nothing can be out of date; what lists keep, `repair` derives anew. Cost: two queries for each 200 objects, and the gate's for each live text.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models

from foundation.bilingual.agreement import State, count_words
from foundation.bilingual.policies import IN_STEP, Policy, policies_of, translated_models
from foundation.bilingual.services import FieldState, agreed_pairs, states_of

BATCH = 200

#: The fields in which a live text breaks the rule of the gate, as (object, field, code). Filled by the room above.
Breaches = Callable[[], Iterable[tuple[models.Model, str, str]]]
_gates: list[Breaches] = []


def register_gate(breaches: Breaches) -> None:
    """Have live texts asked whether they would still be let through; called from an app's `ready()`."""
    _gates.append(breaches)


#: What lists and the desk keep of the states, derived anew. Filled by the rooms above.
Recount = Callable[[datetime], None]
_recounts: list[Recount] = []


def register_recount(recount: Recount) -> None:
    """Have what a room keeps of the states derived anew by `check_translations --repair`; called from an app's `ready()`."""
    _recounts.append(recount)


def repair(now: datetime) -> int:
    """Derive anew all that is kept of the states. How many counts."""
    for recount in _recounts:
        recount(now)
    return len(_recounts)


@dataclass(frozen=True, slots=True)
class Item:
    """One field of one object that is not in step."""

    model: str
    pk: int
    field: str
    state: str
    name: str


@dataclass(slots=True)
class Completeness:
    """The whole count."""

    objects: int = 0
    states: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    wanting: list[Item] = field(default_factory=list)
    breaches: list[Item] = field(default_factory=list)

    @property
    def percent(self) -> dict[str, int]:
        """How much of the fuller language's words the other has."""
        most = max(self.words.values(), default=0)
        return {language: round(100 * self.words[language] / most) if most else 100 for language in ("cy", "en")}


def count(tell: Callable[[str], None] = lambda model: None) -> Completeness:
    """Go over everything that is translated. `tell` is given each model's label as its turn comes."""
    found = Completeness()
    for model in translated_models():
        tell(model._meta.label)
        for rows in _batches(model):
            agreed = agreed_pairs(rows)
            for row in rows:
                _count_object(found, row, states_of(row, agreed.get(row.pk, {})).values())
    for breaches in _gates:
        found.breaches += [_item(obj, name, code) for obj, name, code in breaches()]
    return found


def count_words_of(rows: models.QuerySet[Any]) -> Counter[str]:
    """The words of each language in the translated fields of these rows, but for those that are not ours. Two queries."""
    fields = [field for field, policy in policies_of(rows.model).items() if policy != Policy.NOT_OURS]
    found: Counter[str] = Counter()
    for language in ("cy", "en") if fields else ():
        texts = rows.order_by("pk").values_list(*(f"{field}_{language}" for field in fields))
        found[language] = sum(count_words(text) for row in texts.iterator(BATCH) for text in row)
    return found


def _batches(model: type[models.Model]) -> Iterator[list[models.Model]]:
    rows = model._base_manager.order_by("pk").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _count_object(found: Completeness, row: models.Model, states: Iterable[FieldState]) -> None:
    found.objects += 1
    for state in states:
        if state.policy == Policy.NOT_OURS:
            continue
        found.states[state.state] += 1
        found.states["copied"] += state.copied
        found.words["cy"] += state.words_cy
        found.words["en"] += state.words_en
        if _is_wanting(state):
            found.wanting.append(_item(row, state.field, "copied" if state.copied else state.state.value))


def _is_wanting(state: FieldState) -> bool:
    if state.state == State.EMPTY:
        return state.policy != Policy.OPTIONAL
    if state.policy in IN_STEP:
        return state.state != State.IN_STEP
    return state.state in (State.CY_MISSING, State.EN_MISSING)


def _item(obj: models.Model, name: str, code: str) -> Item:
    return Item(obj._meta.label, obj.pk, name, code, str(obj))
