"""The page of the form on the people who should be credited, in order, and whom other schools may write to."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casestudies.joinin.asking import Pressed, Row, Typed
from casestudies.joinin.fields import Address, Line
from casestudies.joinin.forms import StepForm

MOST_PEOPLE = 10
_PARTS = ("name", "role", "email", "contact")
_FIELD = re.compile(r"(?:name|role|email|contact)-(\d{1,3})")


class PeopleForm(StepForm):
    """Up to ten people. Each has a mark that stays while the order changes; `order` lists the marks.

    A block that is left empty is nobody.
    """

    def build(self) -> None:
        for number, mark in enumerate(self.order, start=1):
            for part, field in _fields(number).items():
                self.fields[f"{part}-{mark}"] = field

    @property
    def order(self) -> list[str]:
        """The marks of the people, in order; one empty block where there is nobody yet."""
        return self.initial.get("order") or ["1"]

    def groups(self) -> list[tuple[str, dict[str, Any]]]:
        """Each mark with its fields."""
        return [(mark, {part: self[f"{part}-{mark}"] for part in _PARTS}) for mark in self.order]

    @property
    def is_full(self) -> bool:
        return len(self.order) >= MOST_PEOPLE

    @property
    def sender(self) -> str:
        """The name of the contributor, who can be added without being asked again who they are; "" once they are there."""
        you = self.journey.typed("you")
        there = {str(self.initial.get(f"email-{mark}", "")).casefold() for mark in self.order}
        return str(you.get("name") or "") if str(you.get("email") or "").casefold() not in {"", *there} else ""

    # --- what is typed --------------------------------------------------------------------------------------------------

    def take(self, post: Any, typed: Typed) -> Typed:
        """What was typed about each; somebody who comes in from a page that was left open elsewhere is not lost."""
        before = typed.get("order") or ["1"]
        came = [found[1] for name in post if (found := _FIELD.fullmatch(name))]
        order = list(dict.fromkeys([*before, *came]))[:MOST_PEOPLE]
        form = type(self)(journey=self.journey, typed={**typed, "order": order})
        return super(PeopleForm, form).take(post, {**typed, "order": order})

    def press(self, post: Any) -> Pressed | None:
        if "add" in post:
            return self._add({})
        if "add_sender" in post:
            you = self.journey.typed("you")
            return self._add({part: you.get(part, "") for part in ("name", "role", "email")})
        for button, act in (("remove", self._remove), ("up", self._up), ("down", self._down)):
            if button in post:
                return act(post[button])
        return None

    def _add(self, person: Typed) -> Pressed:
        order = self.order
        free = next((mark for mark in order if self._is_blank(mark)), None) if person else None
        if free is None:
            if self.is_full:
                return Pressed(dict(self.initial), "people")
            free = str(max(map(int, order)) + 1)
            order = [*order, free]
        filled = {f"{part}-{free}": value for part, value in person.items()}
        return Pressed({**self.initial, **filled, "order": order}, f"person-{free}")

    def _remove(self, mark: str) -> Pressed:
        left = {
            name: value for name, value in self.initial.items() if name not in {f"{part}-{mark}" for part in _PARTS}
        }
        return Pressed({**left, "order": [one for one in self.order if one != mark]}, "people")

    def _up(self, mark: str) -> Pressed:
        return self._move(mark, -1)

    def _down(self, mark: str) -> Pressed:
        return self._move(mark, 1)

    def _move(self, mark: str, by: int) -> Pressed:
        order = list(self.order)
        if mark in order and 0 <= order.index(mark) + by < len(order):
            place = order.index(mark)
            order[place], order[place + by] = order[place + by], order[place]
        return Pressed({**self.initial, "order": order}, f"person-{mark}" if mark in order else "people")

    # --- what it says ---------------------------------------------------------------------------------------------------

    def _is_blank(self, mark: str) -> bool:
        return not any(str(self.initial.get(f"{part}-{mark}") or "").strip() for part in ("name", "role", "email"))

    @property
    def named(self) -> list[str]:
        """The marks of the blocks that say something."""
        return [mark for mark in self.order if not self._is_blank(mark)]

    @property
    def is_started(self) -> bool:
        return bool(self.named)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: dict[str, int] = {}
        for number, mark in enumerate(self.order, start=1):
            if mark not in self.named:
                continue
            if not cleaned.get(f"name-{mark}") and f"name-{mark}" not in self.errors:
                self._wrong(f"name-{mark}", _("Enter the name of person %(number)s"), number=number)
            self._judge_address(cleaned.get(f"email-{mark}", ""), f"email-{mark}", number, seen)
        return cleaned

    def _judge_address(self, email: str, field: str, number: int, seen: dict[str, int]) -> None:
        if field in self.errors:
            return
        if not email:
            self._wrong(field, _("Enter the email address of person %(number)s"), number=number)
            return
        first = seen.setdefault(email.casefold(), number)
        if first != number:
            words = _("Person %(number)s has the address of person %(first)s: enter each person once")
            self._wrong(field, words, number=number, first=first)

    def _wrong(self, field: str, words: Any, **params: int) -> None:
        self.add_error(field, ValidationError(words, code="wrong", params=params))

    def people(self) -> list[dict[str, Any]]:
        """The people, in order, once the page is right."""
        return [{part: self.cleaned_data[f"{part}-{mark}"] for part in _PARTS} for mark in self.named]

    def rows(self) -> list[Row]:
        if not self.named:
            return [Row(_("People credited"), "")]
        return [
            Row(_("Person %(number)s") % {"number": number}, self._said(mark))
            for number, mark in enumerate(self.order, start=1)
            if mark in self.named
        ]

    def _said(self, mark: str) -> list[str]:
        said = [str(self.initial.get(f"{part}-{mark}") or "") for part in ("name", "role", "email")]
        contact = _("Other schools may write to this person") if self.initial.get(f"contact-{mark}") else ""
        return [one for one in (*said, str(contact)) if one]


def _fields(number: int) -> dict[str, forms.Field]:
    said = {"number": number}
    plain = {"autocomplete": "off", "spellcheck": "false"}
    return {
        "name": Line(
            label=_("Name of person %(number)s") % said,
            limit=150,
            too_long=_("Shorten the name of person %(number)s to 150 characters or fewer") % said,
            widget=forms.TextInput(attrs=plain),
        ),
        "role": Line(
            label=_("Role of person %(number)s (optional)") % said,
            limit=150,
            too_long=_("Shorten the role of person %(number)s to 150 characters or fewer") % said,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        ),
        "email": Address(
            label=_("Email address of person %(number)s") % said,
            missing="",
            too_long=_("Shorten the email address of person %(number)s to 254 characters or fewer") % said,
            invalid=_("Enter the email address of person %(number)s in the right form, like name@example.org") % said,
            widget=forms.EmailInput(attrs=plain),
        ),
        "contact": forms.BooleanField(label=_("Other schools may write to this person"), required=False),
    }
