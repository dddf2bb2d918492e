"""The log in the admin: in words of the reader's language, and its notes for those who may see notes."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from casestudies.admin.moves import OTHER_CODES, label_of_code, label_of_state
from casestudies.models import CaseStudy, Erasure, Finding
from casestudies.services import Words, actor_for, perform
from casestudies.vocabulary import Status
from casestudies.workflow import rules
from desk.log import KINDS
from foundation.bilingual.languages import speaking
from foundation.people.models import User
from foundation.publishing.models import Override, Stage
from foundation.publishing.services import set_override
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from foundation.record.services import write
from tests.factories import CaseStudyFactory, HallmarkEditionFactory

Browse = Callable[[User], Client]

#: What stands in the braces of the codes that are put together.
FILLED = {
    "erase-{what}": [f"erase-{what}" for what in Erasure.What.values],
    "finding-{verdict}": [f"finding-{verdict}" for verdict in Finding.Verdict.values if verdict != "open"],
    "override-{override or 'removed'}": [f"override-{each or 'removed'}" for each in Override.values],
}

#: `write` puts a code into the log; the others pass one on to it.
WRITERS = {"write", "_record", "_log", "_move", "_store", "clear_plan"}


def written_codes() -> Iterator[str]:
    """Every code that a call of `write(…, code=…)`, or of one that passes it on, puts into the log.

    Moves are written by their names.
    """
    for app in ("foundation", "pages", "references", "hallmarks", "casestudies", "desk"):
        for file in Path(settings.BASE_DIR, app).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            given = {
                node.targets[0].id: node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for call in ast.walk(tree):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WRITERS:
                    for keyword in call.keywords:
                        if keyword.arg == "code":
                            value = keyword.value
                            name = value.id if isinstance(value, ast.Name) else ""
                            if name != "code" or name in given:  # otherwise `_record` was given it
                                yield from codes_in(given.get(name, value))


def codes_in(value: ast.expr) -> list[str]:
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.IfExp):
        return [*codes_in(value.body), *codes_in(value.orelse)]
    if isinstance(value, ast.JoinedStr):
        return FILLED[ast.unparse(value)[2:-1].strip("'\"")]
    assert ast.unparse(value) == "move", ast.unparse(value)  # the name of a move
    return list(rules())


def test_every_code_of_the_log_has_words_in_both_languages() -> None:
    codes = set(written_codes())
    assert codes == set(rules()) | set(OTHER_CODES)
    labels = {}
    for language in ("cy", "en"):
        with speaking(language):
            labels[language] = {code: label_of_code(code) for code in codes}
    assert [code for code in codes if labels["en"][code] == code] == []
    assert [code for code in codes if labels["cy"][code] == labels["en"][code]] == []


def test_states_stages_and_kinds_have_words_in_both_languages() -> None:
    states = [*Status.values, *Stage.values]
    labels = {}
    for language in ("cy", "en"):
        with speaking(language):
            labels[language] = [*map(label_of_state, states), *map(str, KINDS.values())]
    same = [label for label in labels["cy"] if label in labels["en"]]
    assert same == ["person", "problem"]  # the same words in Welsh


def test_the_log_is_read_in_welsh(editor: User, client_of: Browse) -> None:
    User.objects.filter(pk=editor.pk).update(language="cy")
    hallmark = HallmarkEditionFactory.create(stage="working").content
    write(actor=Actor(Role.EDITOR), kind="hallmark", subject=hallmark.uuid, code="import", to_state="working")
    write(actor=Actor(Role.EDITOR), kind="page", subject=hallmark.uuid, code="go-live")
    address = reverse("admin:record_event_changelist")
    page = client_of(editor).get(f"{address}?kind=hallmark")
    (row,) = page.context["cl"].result_list
    assert row.code == "import"
    shown = page.content.decode().partition('id="result_list"')[2].partition("</table>")[0]
    assert [word for word in (">import<", ">hallmark<", ">working<", "imported") if word in shown] == []
    assert len(client_of(editor).get(f"{address}?kind=other").context["cl"].result_list) == 2


@pytest.fixture
def noted(editor: User) -> CaseStudy:
    """One whose log holds what an editor noted for editors."""
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    perform(
        "change_contributor",
        case_id=case.pk,
        actor=actor_for(editor),
        reason=Words(cy="Cyfrinach y pennaeth", en="The secret of the head"),
        name="N",
        email="n@example.org",
        language="en",
    )
    return case


def page_of(case: CaseStudy) -> str:
    return reverse("admin:casestudies_casestudy_change", args=[case.pk])


def test_notes_and_the_log_are_for_those_who_may_see_them(
    noted: CaseStudy, editor: User, translator: User, client_of: Browse
) -> None:
    def seen(user: User) -> tuple[bool, bool, bool]:
        page = client_of(user).get(page_of(noted)).content.decode()
        return 'id="log-title"' in page, "Cyfrinach y pennaeth" in page, "The secret of the head" in page

    assert seen(editor) == (True, True, True)
    assert seen(translator) == (False, False, False)
    translator.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert seen(translator) == (True, False, False)
    event = Event.objects.about(noted.uuid).get(code="change_contributor")
    line = reverse("admin:record_event_change", args=[event.pk])
    assert "Cyfrinach y pennaeth" in client_of(editor).get(line).content.decode()
    assert "Cyfrinach y pennaeth" not in client_of(translator).get(line).content.decode()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_reason_for_an_override_says_its_language(language: str, editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    with speaking(language):
        set_override(
            edition=case.editions.get(), override=Override.UNCHECKED, actor=actor_for(editor), reason="Dim siaradwr"
        )
    other = "en" if language == "cy" else "cy"
    User.objects.filter(pk=editor.pk).update(language=other)
    page = client_of(editor).get(page_of(case)).content.decode()
    assert f'<p lang="{language}">Dim siaradwr</p>' in page  # in the log
    assert f'<span lang="{language}">Dim siaradwr</span>' in page  # beside the override
    assert f'<p lang="{other}">Dim siaradwr</p>' not in page
