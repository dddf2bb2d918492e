"""Two people at one form of the desk: merged where they changed different things, asked where they changed the same."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CreditedPerson
from desk.people import PersonAdmin
from foundation.correspondence.models import Wording
from foundation.people.models import OpenPage, User
from foundation.people.presence import OLD_AFTER, forget_closed, item_of, note_open, others_at
from foundation.publishing.admin.together import TogetherAdmin
from hallmarks.models import HallmarkEdition, HallmarkReference
from references.checking.overview import check_edition
from tests.desk.filling import Data, form_of
from tests.factories import (
    CaseStudyFactory,
    FrameworkFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    PageFactory,
    WorkFactory,
)
from tests.factories import administrator as make_administrator
from tests.factories import editor as make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]


def opened(browser: Client, address: str) -> Data:
    return form_of(browser.get(address).content.decode())


def address_of(obj: Any, key: Any = None) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[key or obj.pk])


def asked(answer: Any) -> list[str]:
    """The boxes that a page asks about."""
    merged = answer.context["merged"]
    return [clash.key for clash in merged.clashes] if merged else []


def fresh(obj: Any) -> Any:
    return type(obj)._base_manager.get(pk=obj.pk)


@pytest.fixture
def working(db: None) -> HallmarkEdition:
    hallmark = HallmarkFactory.create(number=2)
    return HallmarkEditionFactory.create(content=hallmark, stage="working", works=2)


@pytest.fixture
def two(editor: User, client_of: Browse) -> tuple[Client, Client]:
    return client_of(editor), client_of(make_editor(name="Nia Ŵyn"))


def test_what_each_changed_alone_is_merged_and_one_press_saves(
    working: HallmarkEdition, two: tuple[Client, Client]
) -> None:
    mine, theirs = two
    address = address_of(working)
    before = opened(mine, address)
    assert theirs.post(address, opened(theirs, address) | {"title_cy": "Eu teitl"}).status_code == 302
    answer = mine.post(address, before | {"title_en": "My title"})
    assert (answer.status_code, asked(answer), fresh(working).title_en) == (200, [], working.title_en)
    assert answer.context["merged"].taken_over == ["Title (Welsh)"]
    assert "By: Nia Ŵyn." in answer.content.decode()
    assert mine.post(address, form_of(answer.content.decode())).status_code == 302
    now = fresh(working)
    assert (now.title_cy, now.title_en, now.version) == ("Eu teitl", "My title", 3)


@pytest.mark.parametrize(("choice", "kept"), [("mine", "My title"), ("theirs", "Their title"), ("edited", "Our title")])
def test_what_both_changed_is_shown_twice_and_chosen(
    working: HallmarkEdition, two: tuple[Client, Client], choice: str, kept: str
) -> None:
    mine, theirs = two
    address = address_of(working)
    before = opened(mine, address)
    assert theirs.post(address, opened(theirs, address) | {"title_en": "Their title"}).status_code == 302
    answer = mine.post(address, before | {"title_en": "My title", "body_en": "<p>My body</p>"})
    page = answer.content.decode()
    assert (answer.status_code, asked(answer)) == (200, ["title_en"])
    clash = answer.context["merged"].clashes[0]
    assert (clash.theirs, clash.mine, [piece.kind.value for piece in clash.pieces]) == (
        "Their title", "My title", ["removed", "added", "same"],
    )  # fmt: skip
    data = form_of(page)
    assert (data["title_en"], fresh(working).title_en) == (["My title"], "Their title")
    data |= {"take:title_en": "theirs"} if choice == "theirs" else {}
    data |= {"title_en": "Our title"} if choice == "edited" else {}
    assert mine.post(address, data).status_code == 302
    assert (fresh(working).title_en, fresh(working).body_en) == (kept, "<p>My body</p>")


def test_a_third_person_in_between_is_seen_too(working: HallmarkEdition, two: tuple[Client, Client]) -> None:
    mine, theirs = two
    address = address_of(working)
    before = opened(mine, address)
    theirs.post(address, opened(theirs, address) | {"title_en": "Theirs"})
    data = form_of(mine.post(address, before | {"title_en": "Mine"}).content.decode())
    theirs.post(address, opened(theirs, address) | {"title_en": "Theirs again"})
    answer = mine.post(address, data | {"take:title_en": "mine"})
    assert (asked(answer), answer.context["merged"].clashes[0].theirs) == (["title_en"], "Theirs again")
    taking = form_of(answer.content.decode()) | {"take:title_en": "theirs"}
    theirs.post(address, opened(theirs, address) | {"title_en": "Theirs at last"})
    answer = mine.post(address, taking)  # who takes what stands there takes that which stands there now, having seen it
    assert (asked(answer), form_of(answer.content.decode())["title_en"]) == ([], ["Theirs at last"])


def test_what_is_undecided_stays_on_the_page_in_the_other_language(
    working: HallmarkEdition, two: tuple[Client, Client]
) -> None:
    mine, theirs = two
    address = address_of(working)
    before = opened(mine, address)
    theirs.post(address, opened(theirs, address) | {"title_en": "Theirs"})
    data = form_of(mine.post(address, before | {"title_en": "Mine"}).content.decode())
    answer = mine.post(address, data | {"_language": "cy"})
    assert (asked(answer), form_of(answer.content.decode())["undecided"]) == (["title_en"], ["title_en"])


def test_a_tick_is_not_carried_over_to_other_texts(working: HallmarkEdition, two: tuple[Client, Client]) -> None:
    mine, theirs = two
    address = address_of(working)
    before = opened(mine, address)
    theirs.post(address, opened(theirs, address) | {"title_cy": "Eu teitl"})
    shown = mine.get(address).context["adminform"].form.fields
    ticks = {f"agree_{name}": shown[f"agree_{name}"].widget.attrs["value"] for name in ("title", "summary")}
    data = form_of(mine.post(address, before | {"title_en": "Mine"} | ticks).content.decode())
    assert ("agree_title" in data, "agree_summary" in data) == (False, True)


def test_rows_are_merged_one_by_one(working: HallmarkEdition, two: tuple[Client, Client]) -> None:
    mine, theirs = two
    address = address_of(working)
    first, second = working.references.all()
    before = opened(mine, address)
    others = opened(theirs, address) | {"references-0-DELETE": "on", "references-1-printed_cy": "Eu cofnod"}
    assert theirs.post(address, others).status_code == 302
    third = WorkFactory.create()
    HallmarkReference.objects.create(edition=fresh(working), work=third, position=9)
    mine_too = {"references-0-printed_en": "Mine of a row that is gone", "references-1-printed_en": "Mine"}
    answer = mine.post(address, before | mine_too)
    assert (answer.status_code, asked(answer)) == (200, [])
    assert mine.post(address, form_of(answer.content.decode())).status_code == 302
    assert [(row.work_id, row.printed_cy or "", row.printed_en or "") for row in working.references.order_by("work_id")] == [
        (first.work_id, first.printed_cy or "", "Mine of a row that is gone"), (second.work_id, "Eu cofnod", "Mine"), (third.pk, "", ""),
    ]  # fmt: skip


def test_a_work_is_nobodys_last_word(two: tuple[Client, Client]) -> None:
    mine, theirs = two
    work = WorkFactory.create(key="ellis-2019", family="Ellis", title="On lanterns", year=2019)
    address = address_of(work)
    before = opened(mine, address)
    names = {"item-name-0-family": "Ellis-Jones"}
    assert theirs.post(address, opened(theirs, address) | {"item-publisher": "Gomer"} | names).status_code == 302
    answer = mine.post(address, before | {"item-title": "On old lanterns", "item-name-0-family": "Elis"})
    assert (answer.status_code, asked(answer)) == (200, ["item-names"])
    assert (fresh(work).title, fresh(work).publisher) == ("On lanterns", "Gomer")
    data = form_of(answer.content.decode())
    assert mine.post(address, data | {"take:item-names": "theirs"}).status_code == 302
    now = fresh(work)
    assert (now.title, now.publisher, now.csl["author"][0]["family"]) == ("On old lanterns", "Gomer", "Ellis-Jones")


def test_a_person_is_nobodys_last_word(client_of: Browse, editor: User) -> None:
    mine, theirs = client_of(make_administrator()), client_of(make_administrator(email="b@example.org"))
    address = address_of(editor)
    before = opened(mine, address)
    assert theirs.post(address, opened(theirs, address) | {"name": "Their name"}).status_code == 302
    answer = mine.post(address, before | {"language": "cy"})
    assert (answer.status_code, answer.context["merged"].taken_over) == (200, ["Name"])
    assert mine.post(address, form_of(answer.content.decode())).status_code == 302
    assert (fresh(editor).name, fresh(editor).language) == ("Their name", "cy")


def test_the_words_of_a_message_and_the_way_back(two: tuple[Client, Client]) -> None:
    mine, theirs = two
    address = reverse("admin:correspondence_wording_change", args=["accepted"])
    before = opened(mine, address)
    assert theirs.post(address, opened(theirs, address) | {"subject_en": "Theirs"}).status_code == 302
    answer = mine.post(address, before | {"subject_en": "Mine", "subject_cy": "Fy un i"})
    assert (answer.status_code, asked(answer)) == (200, ["subject_en"])
    assert mine.post(address, form_of(answer.content.decode())).status_code == 302
    kept = Wording.objects.get()
    assert (kept.subject_en, kept.subject_cy, kept.version) == ("Mine", "Fy un i", 2)
    theirs.post(address, {"_standard": "1", "seen_version": "1"})
    assert Wording.objects.get().subject_en == "Mine"


def test_who_is_credited_on_the_workbench(two: tuple[Client, Client]) -> None:
    mine, theirs = two
    case = CaseStudyFactory.create(status="editing")
    CreditedPerson.objects.create(case_study=case, name="Ann", email="ann@example.org")
    address = address_of(case)
    before = opened(mine, address)
    row = next(name for name in before if name.endswith("-0-name"))
    assert theirs.post(address, opened(theirs, address) | {row: "Ann Theirs", "_save": "1"}).status_code == 302
    answer = mine.post(address, before | {row: "Ann Mine", "_save": "1"})
    assert (answer.status_code, len(asked(answer)), CreditedPerson.objects.get().name) == (200, 1, "Ann Theirs")


def test_a_page_without_boxes_has_nothing_to_bring_together(two: tuple[Client, Client]) -> None:
    mine, _theirs = two
    address = address_of(CaseStudyFactory.create(status="submitted"))
    assert mine.post(address, opened(mine, address) | {"made_from": "what no page says"}).status_code == 200


def test_ones_own_button_beside_the_words_is_no_clash(two: tuple[Client, Client]) -> None:
    mine, _theirs = two
    work = WorkFactory.create(key="ellis-2019", family="Ellis", title="On lanterns", year=2019)
    content = HallmarkFactory.create(number=4)
    words = {"body_en": "<p>Read it (Ellis, 2019).</p>", "body_cy": "<p>Darllen (Ellis, 2019).</p>"}
    edition = HallmarkEditionFactory.create(content=content, stage="working", works=1, **words)
    checkup = check_edition(edition)
    assert checkup is not None
    mark = next(one.finding.mark for one in checkup.shown if one.finding.kind == "cited_not_listed")
    address = address_of(edition)
    before = opened(mine, address) | {"title_en": "Mine"}
    page = mine.post(address, before | {"_beside": f"citation:list:{mark}:{work.key}"}).content.decode()
    assert mine.post(address, form_of(page)).status_code == 302
    assert (fresh(edition).title_en, edition.references.last().work) == ("Mine", work)


def test_what_was_typed_is_shown_when_it_may_not_be_written_any_more(
    working: HallmarkEdition, two: tuple[Client, Client]
) -> None:
    mine, _theirs = two
    address = address_of(working)
    typed = {"title_en": "My <b>title</b>", "body_cy": "<p>Fy ngeiriau</p>", "references-1-printed_en": "My entry"}
    before = opened(mine, address) | typed
    working.content.editions.filter(stage="live").delete()
    HallmarkEdition.objects.filter(pk=working.pk).update(stage="live", live_since=timezone.now())
    answer = mine.post(address, before)
    shown = {text for _label, _language, text in answer.context["kept"]}
    assert (answer.status_code, shown) == (409, set(typed.values()))
    assert "My &lt;b&gt;title&lt;/b&gt;" in answer.content.decode()
    assert fresh(working).title_en == working.title_en


def changeable() -> Iterator[Any]:
    """Every admin through which something can be changed."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True)
    for one in admin.site._registry.values():
        if one.has_change_permission(request):
            yield one


def test_every_form_that_changes_something_is_one_of_these() -> None:
    found = list(changeable())
    assert [type(one).__name__ for one in found if not isinstance(one, TogetherAdmin)] == []
    assert len(found) >= 10
    assert PersonAdmin in map(type, found)


def published_story() -> Any:
    return CaseStudyFactory.create(status="published")


@pytest.mark.parametrize("make", [WorkFactory, FrameworkFactory, PageFactory, published_story, HallmarkFactory])
def test_each_page_says_what_it_was_made_from(make: Any, administrator: User, client_of: Browse) -> None:
    page = client_of(administrator).get(address_of(make())).content.decode()
    assert re.search(r'name="made_from" value="[^"]+"', page)


# --- who has it open ------------------------------------------------------------------------------------------------------


def test_a_notice_says_who_has_it_open_and_since_when(
    working: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    other = make_editor(name="Nia <Ŵyn>")
    client_of(other).get(address_of(working))
    row = OpenPage.objects.get()
    since = timezone.localtime(row.since)
    page = unescape(client_of(editor).get(address_of(working.content)).content.decode())
    assert f"Nia <Ŵyn> has had this open since {since:%H:%M}." in page
    OpenPage.objects.update(seen_at=timezone.now() - OLD_AFTER)
    assert "has had this open" not in client_of(editor).get(address_of(working)).content.decode()


def test_a_page_that_stays_open_says_so(working: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser, other = client_of(editor), make_editor(name="Nia Ŵyn")
    item = browser.get(address_of(working)).context["open_item"]
    OpenPage.objects.update(seen_at=timezone.now() - timedelta(minutes=4))
    note_open(item_of(working.content), by=other)
    answer = browser.post(reverse("admin:open_pages"), {"item": item})
    assert (answer.status_code, "Nia Ŵyn has had this open since" in answer.content.decode()) == (200, True)
    assert OpenPage.objects.get(user=editor).seen_at > timezone.now() - timedelta(minutes=1)
    assert browser.post(reverse("admin:open_pages"), {"item": item_of(working.content)}).status_code == 404
    assert browser.get(reverse("admin:open_pages")).status_code == 405


def test_since_when_stays_while_they_stay(editor: User, administrator: User) -> None:
    start = timezone.now()
    for minutes in (0, 4, 8):
        note_open("a.b:1", by=editor, now=start + timedelta(minutes=minutes))
    assert [row.since for row in others_at("a.b:1", but=administrator, now=start + timedelta(minutes=9))] == [start]
    note_open("a.b:1", by=editor, now=start + timedelta(minutes=20))
    assert OpenPage.objects.get().since == start + timedelta(minutes=20)
    assert (forget_closed(start + timedelta(minutes=21)), forget_closed(start + timedelta(minutes=26))) == (0, 1)


def test_who_only_reads_leaves_no_trace(
    working: HallmarkEdition, translator: User, client: Client, client_of: Browse
) -> None:
    live = HallmarkFactory.create(number=3).editions.get(stage="live")
    with_case = CaseStudyFactory.create(status="submitted")
    for address in (address_of(live), address_of(with_case), address_of(live.content)):
        assert client_of(translator).get(address).status_code == 200
    client.get(live.get_absolute_url())
    assert list(OpenPage.objects.values_list("item", flat=True)) == []


def test_two_answers_to_one_reader(editor: User, client_of: Browse) -> None:
    from tests.desk.test_problems import told

    problem = told(email="reader@example.org", language="en")
    address, do = address_of(problem), reverse("admin:problems_problem_do", args=[problem.pk])
    mine, theirs = client_of(editor), client_of(make_editor(name="Nia Ŵyn"))
    seen = mine.get(address).context["seen_problem"]
    page = theirs.get(address)
    assert "has had this open since" in page.content.decode()
    sent = {"_do": "answer", "seen_problem": page.context["seen_problem"], "answer_en": "Theirs"}
    assert theirs.post(do, sent).status_code == 302
    refused = mine.post(do, {"_do": "answer", "seen_problem": seen, "answer_en": "Mine"})
    page_now = refused.content.decode()
    assert (refused.status_code, "This has changed since you opened it." in page_now, "Mine" in page_now) == (
        409,
        True,
        True,
    )
