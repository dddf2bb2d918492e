"""The form of a work: opened and saved it changes nothing, and what is written in it stands in the item."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.forms import modelform_factory
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foundation.people.models import User
from references.exchange.shape import problem_of
from references.models import FormerKey, Work
from references.work_form.answers import MOST_NAMES
from references.work_form.forms import WorkForm
from references.work_form.variables import DATES, PARTS, ROLES, VARIABLES
from tests.factories import HallmarkFactory, WorkFactory

pytestmark = pytest.mark.page

ROOT = Path(__file__).resolve().parent.parent.parent
STARTERS = json.loads((ROOT / "content" / "references.csl.json").read_text("utf-8"))
ADD = "/admin/references/work/add/"
Browse = Callable[[User], Client]


#: The form without what stands beside the item: it asks no database.
OverItem: Any = modelform_factory(Work, form=WorkForm, fields=())


def sent(form: WorkForm) -> dict[str, str]:
    """What a browser sends of a form that nobody has touched."""
    data = {"item-names": str(len(form.rows))}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        text = "on" if value is True else str(value)
        is_long = "\n" in text and bound.field.widget.__class__.__name__ == "Textarea"
        data[bound.html_name] = text.replace("\r\n", "\n").replace("\n", "\r\n") if is_long else text
    return data


def saved(item: dict[str, Any], **changed: str) -> dict[str, Any]:
    """The item after its form was opened, changed and sent. Nothing is stored."""
    work = Work(pk=1, key="a", csl=item)
    form = OverItem({**sent(OverItem(instance=work)), **changed}, instance=work)
    form.full_clean()
    assert form.errors == {}
    stored: dict[str, Any] = form.cleaned_data["csl"]
    return stored


# --- nothing is lost --------------------------------------------------------------------------------------------------------

text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
some = text.filter(lambda one: one.strip() != "")
simple = st.one_of(
    text, st.integers(-9999, 10**6), st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False)
)
odd = st.one_of(simple, st.lists(simple, max_size=2), st.dictionaries(text, simple, max_size=2))
name = st.fixed_dictionaries(
    {},
    optional={**dict.fromkeys(PARTS, simple), "static-ordering": st.booleans(), "comma-suffix": simple},
)
day = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(st.lists(st.one_of(st.integers(-9999, 9999), text, st.none()), max_size=4), max_size=3),
        "literal": simple, "raw": simple, "season": simple, "circa": st.booleans(),
    },
)  # fmt: skip
CHECKED = ("author", "editor", "translator", "collection-editor")
items = st.fixed_dictionaries(
    {"title": some},
    optional={
        "type": st.sampled_from(["book", "chapter", "document", "song", "thesis", " "]),
        "language": st.sampled_from(["cy", "en-GB", "English", ""]),
        **{one: odd for one in VARIABLES if one != "title"},
        **{role: st.one_of(st.lists(name, max_size=3), odd) for role in ROLES if role not in CHECKED},
        **{role: st.lists(st.one_of(name, st.fixed_dictionaries({"family": some, "x": simple})), max_size=2) for role in CHECKED},
        **{one: st.one_of(day, odd) for one in DATES},
        "custom": st.dictionaries(text, odd, max_size=2), "x-unknown": odd,
    },
)  # fmt: skip


def test_an_item_opened_and_saved_is_the_very_same(amount: Callable[[int, int], int]) -> None:
    @settings(max_examples=amount(25, 5000), deadline=None, suppress_health_check=list(HealthCheck))
    @given(items)
    def check(item: dict[str, Any]) -> None:
        stored = saved(item)
        assert json.dumps(stored) == json.dumps(item)

    check()


def test_every_work_that_the_site_begins_with_is_the_very_same() -> None:
    same = [json.dumps(saved(item)) == json.dumps(item) for item in STARTERS]
    assert (len(same), all(same)) == (41, True)


def test_what_is_changed_is_changed_alone(amount: Callable[[int, int], int]) -> None:
    @settings(max_examples=amount(15, 3000), deadline=None, suppress_health_check=list(HealthCheck))
    @given(items, st.sampled_from([one for one in VARIABLES if one not in ("URL", "DOI")]))
    def check(item: dict[str, Any], variable: str) -> None:
        assume(problem_of(item) is None)  # what was wrong before is said, and not saved again
        assert saved(item, **{f"item-{variable}": "Newydd 7"}) == {**item, variable: "Newydd 7"}

    check()


def test_names_beyond_those_that_are_shown_are_kept() -> None:
    item = {"type": "article-journal", "title": "T", "author": [{"family": f"F{n}"} for n in range(MOST_NAMES + 3)]}
    assert saved(item) == item
    without_first = {f"item-name-0-{part}": "" for part in PARTS}
    assert saved(item, **without_first)["author"] == item["author"][1:]  # type: ignore[index]


# --- what is written --------------------------------------------------------------------------------------------------------

BLANK = dict.fromkeys(("welsh_title", "welsh_url", "welsh_author", "cover_alt_cy", "cover_alt_en", "note"), "")


def written(*names: dict[str, str], **answers: str) -> dict[str, str]:
    """What a browser sends: `written({"role": "author", "family": "Jones"}, title="T")`."""
    rows = {f"item-name-{n}-{part}": value for n, one in enumerate(names) for part, value in one.items()}
    fields = {f"item-{name.replace('_', '-')}": value for name, value in answers.items()}
    return {"item-type": "book", **BLANK, "identity": "stated", "item-names": str(len(names)), **rows, **fields}


JONES = {"role": "author", "family": "Jones", "given": "Ann", "suffix": "Jr"}
BERG = {"role": "editor", "family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}
ESTYN = {"role": "author", "literal": "Estyn"}
EMPTY = {"role": "author"}


def test_a_work_is_written_in_fields(editor: User, client_of: Browse) -> None:
    data = written(
        JONES, EMPTY, BERG, ESTYN, type="chapter", title="Golau", language="cy", container_title="Llyfr", page="1-2",
        issued_year="2020", issued_month="3", issued_day="31", accessed_year="2021", URL="https://example.org/a",
    )  # fmt: skip
    assert client_of(editor).post(ADD, data).status_code == 302
    work = Work.objects.get()
    assert work.csl == {
        "type": "chapter", "title": "Golau", "language": "cy", "container-title": "Llyfr", "page": "1-2",
        "URL": "https://example.org/a",
        "author": [{"family": "Jones", "given": "Ann", "suffix": "Jr"}, {"literal": "Estyn"}],
        "editor": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "issued": {"date-parts": [[2020, 3, 31]]}, "accessed": {"date-parts": [[2021]]},
    }  # fmt: skip
    assert (work.key, work.year, work.type) == ("jones-2020", 2020, "chapter")


def test_a_key_is_made_that_no_work_has_or_had(editor: User, client_of: Browse) -> None:
    stays = WorkFactory.create(key="jones-2020")
    FormerKey.objects.create(key="jones-2020-2", work=stays)
    browser = client_of(editor)
    browser.post(ADD, written(JONES, title="T", issued_year="2020"))
    assert Work.objects.get(title="T").key == "jones-2020-3"
    answer = browser.post(ADD, written(JONES, title="U") | {"key": "jones-2020-2"})
    assert "its address leads elsewhere" in answer.content.decode()
    assert not Work.objects.filter(title="U").exists()


@pytest.mark.parametrize(
    ("names", "answers", "field", "said"),
    [
        ([JONES], {}, "item-title", "Enter the title."),
        ([JONES], {"title": "T", "type": ""}, "item-type", "Choose the type."),
        ([{"role": "author", "given": "Ann"}], {"title": "T"}, "item-name-0-family", "Enter the family name."),
        ([JONES | {"literal": "Estyn"}], {"title": "T"}, "item-name-0-literal", "not both"),
        ([], {"title": "T", "issued_year": "20200"}, "item-issued-year", "at most four"),
        ([], {"title": "T", "issued_month": "3"}, "item-issued-year", "Enter the year."),
        ([], {"title": "T", "issued_year": "2020", "issued_day": "3"}, "item-issued-month", "Choose the month."),
        ([], {"title": "T", "issued_year": "2021", "issued_month": "2", "issued_day": "29"}, "item-issued-day", "has"),
        ([], {"title": "T", "URL": "example.org"}, "item-URL", "https://"),
        ([], {"title": "T", "DOI": "12.3/a"}, "item-DOI", "begins with 10."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    names: list[dict[str, str]], answers: dict[str, str], field: str, said: str, editor: User, client_of: Browse
) -> None:
    answer = client_of(editor).post(ADD, written(*names, **answers) | {"item-abstract": "Kept as typed"})
    form = answer.context["adminform"].form
    assert list(form.errors) == [field]
    page = answer.content.decode()
    assert (said in str(form.errors[field]), f'id="id_{field}_error"' in page, "Kept as typed" in page) == (True,) * 3
    assert Work.objects.count() == 0


@pytest.mark.parametrize("language", ["cy", "en"])
def test_rows_of_names_move_without_a_script(language: str, editor: User, client_of: Browse) -> None:
    editor.language = language
    editor.save()
    browser = client_of(editor)
    names = [JONES, BERG, ESTYN]

    def after(button: str) -> list[tuple[str, str]]:
        answer = browser.post(ADD, written(*names, title="Typed") | {"item-row": button})
        form = answer.context["adminform"].form
        assert (form.errors, form["item-title"].value(), Work.objects.count()) == ({}, "Typed", 0)
        rows = [row["fields"] for row in form.names]
        return [(row["role"].value(), row["literal"].value() or row["family"].value()) for row in rows]

    jones, berg, estyn = ("author", "Jones"), ("editor", "Berg"), ("author", "Estyn")
    assert after("up-1") == after("down-0") == [berg, jones, estyn]
    assert after("up-0") == after("down-2") == after("down-9") == after("else") == [jones, berg, estyn]
    assert after("remove-1") == [jones, estyn]
    assert after("add") == [jones, berg, estyn, ("author", "")]


def test_a_name_that_moves_takes_what_the_form_does_not_show() -> None:
    names = [{"family": "A", "static-ordering": True}, {"family": "B", "isni": "7"}]
    item = {"type": "book", "title": "T", "author": names}
    moved = {
        "item-name-0-was": "author:1",
        "item-name-0-family": "B",
        "item-name-1-was": "author:0",
        "item-name-1-family": "A",
    }
    assert saved(item, **moved)["author"] == names[::-1]
    assert saved(item, **{"item-name-1-role": "editor"}) == {**item, "author": names[:1], "editor": names[1:]}


def test_dates_keep_what_the_form_does_not_show() -> None:
    issued: dict[str, Any] = {"date-parts": [[2019, 1], [2020]], "circa": True, "raw": "about"}
    item = {"type": "book", "title": "T", "issued": issued}
    changed = {**issued, "date-parts": [[2018, 1], [2020]]}
    assert saved(item, **{"item-issued-year": "2018"})["issued"] == changed
    none = {"item-issued-year": "", "item-issued-month": "", "item-issued-words": "n.d."}
    assert saved(item, **none)["issued"] == {"circa": True, "literal": "n.d."}
    assert "issued" not in saved({**item, "issued": {"date-parts": [[2019]]}}, **{"item-issued-year": ""})


# --- the page ---------------------------------------------------------------------------------------------------------------


def test_the_site_shows_published_works_alone(editor: User, client_of: Browse) -> None:
    published, draft = WorkFactory.create(), WorkFactory.create()
    HallmarkFactory.create(edition__works=[published])
    shown = [
        "viewsitelink" in page
        for work in (published, draft)
        for page in [client_of(editor).get(reverse("admin:references_work_change", args=[work.pk])).content.decode()]
    ]
    assert shown == [True, False]


@pytest.mark.parametrize(("action", "holds"), [("ris", "TI  - "), ("bibtex", "title = {"), ("csl_json", '"title": ')])
def test_chosen_works_are_exported(action: str, holds: str, editor: User, client_of: Browse) -> None:
    chosen = [WorkFactory.create(title="One"), WorkFactory.create(title="Two", note="For editors")]
    WorkFactory.create(title="Three")
    browser, address = client_of(editor), reverse("admin:references_work_changelist")
    data = {"action": f"export_{action}", "_selected_action": [str(work.pk) for work in chosen]}
    answer = browser.post(address, data)
    text = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert [word in text for word in (f"{holds}One", "One", "Two", "Three", "For editors")][1:] == [
        True,
        True,
        False,
        False,
    ]
    assert browser.post(address, {"action": f"export_{action}", "index": "0"}).status_code == 302
