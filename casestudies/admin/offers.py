"""The moves that a person may make from where a story is: each with its form, its message and its ready-made reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from casestudies.admin.letters import Letter, letters_of, takes_words, tells
from casestudies.admin.moves import MoveForm, form_of, typed
from casestudies.models import CaseStudy, Comment, ReadyReason
from casestudies.services import actor_for, moves_for
from casestudies.workflow import Rule, rules
from foundation.bilingual.languages import Language
from foundation.people.admin import key_of, signed_in
from foundation.publishing.admin.rows import with_labels
from foundation.publishing.gate import Obstacle


@dataclass(frozen=True, slots=True)
class Offered:
    """One move that the person may make from here, with its form and what stands in the way now.

    `letters`: what the contributor gets, in each language in which they get it; `ready`: reasons to choose from.
    """

    name: str
    label: str | Promise
    form: MoveForm
    obstacles: list[tuple[str | Promise, Obstacle]] = field(default_factory=list)  # each with the name of its field
    letters: list[Letter] = field(default_factory=list)
    ready: list[ReadyReason] = field(default_factory=list)
    takes_words: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its form is shown unfolded: something was typed into it, or is wrong with it."""
        return bool(self.form.is_bound or any(self.form.initial.values()))

    @property
    def own_boxes(self) -> list[BoundField]:
        """What the move asks beside a reason."""
        return [self.form[name] for name in self.form.own]

    @property
    def other_boxes(self) -> list[BoundField]:
        """The boxes for words that stand in no message."""
        inside = {letter.box.name for letter in self.letters if letter.box}
        return [box for box in self.form if box.name not in inside and box.name not in self.form.own]


def offered(request: HttpRequest, case: CaseStudy, asked: Sequence[Comment]) -> list[Offered]:
    """The moves for the person who looks. What they had typed before stands in the forms again.

    `asked`: the questions that go to the contributor with a request for changes.
    """
    actor = actor_for(signed_in(request))
    refused: MoveForm | None = getattr(request, "move_form", None)
    moves = moves_for(case, actor)
    ready = ReadyReason.objects.offered() if any(rule.reason for _name, rule, _obstacles in moves) else []
    found = []
    for name, rule, obstacles in moves:
        says = takes_words(rule, case, actor)
        form = refused if refused is not None and refused.prefix == name else None
        form = form or form_of(name, case, actor, initial=typed(request, name) | chosen_words(request, name))
        found.append(
            Offered(
                name,
                rule.label,
                form,
                named(case, obstacles),
                [] if obstacles else _letters(name, rule, case, form if says else None, asked),
                [reason for reason in ready if reason.move == name],
                says,
            )
        )
    return found


def _letters(name: str, rule: Rule, case: CaseStudy, form: MoveForm | None, asked: Sequence[Comment]) -> list[Letter]:
    new = name == "change_contributor"
    if not tells(rule, case, new=new):
        return []
    return letters_of(rule.tells, case, form=form, asked=asked if name == "request_changes" else (), new=new)


def put_words_in(request: HttpRequest, case: CaseStudy, *, name: str) -> bool:
    """Put the ready-made reason that is chosen for the move `name` into its boxes, after what stands there. Nothing is done."""
    if name not in rules():
        raise Http404
    wanted = key_of(request.POST.get(f"{name}-ready", ""))
    found = next((one for one in ReadyReason.objects.filter(move=name).offered() if one.pk == wanted), None)
    if found is None:
        messages.error(request, gettext("Choose a reason from the list first."))
        return False
    own = typed(request, name)
    request.chosen_words = {  # type: ignore[attr-defined]
        name: {
            f"reason_{one}": "\n\n".join(filter(None, [own.get(f"reason_{one}", ""), getattr(found, f"text_{one}")]))
            for one in Language.values
        }
    }
    return False


def chosen_words(request: HttpRequest, move: str) -> dict[str, str]:
    words: dict[str, dict[str, str]] = getattr(request, "chosen_words", {})
    return words.get(move, {})


def named(case: CaseStudy, obstacles: list[Obstacle]) -> list[tuple[str | Promise, Obstacle]]:
    edition = case.working or case.live
    return with_labels(edition, obstacles) if edition else [("", obstacle) for obstacle in obstacles]


def kept(
    request: HttpRequest, moves: list[Offered], *, overrides: bool, reasons: Collection[str] = ()
) -> list[tuple[str, str]]:
    """What was typed for moves, or for an override, that are no longer there: it stays on the page, to be copied.

    `overrides`: whether the page has the form of an override; `reasons`: the prefixes of its other forms. Gives the names of the boxes with their texts.
    """
    shown = {move.name for move in moves if not move.obstacles} | set(reasons)
    return [
        (key, str(text))
        for key, text in request.POST.items()
        if str(text).strip()
        and (("-reason_" in key and key.split("-")[0] not in shown) or (key == "override_reason" and not overrides))
    ]
