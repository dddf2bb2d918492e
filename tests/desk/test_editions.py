"""Writing editions in the admin: who may write which language, clashes, agreement, the gate and its overrides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse

from casestudies.models import CaseStudyEdition
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.services import agree_all, states_of
from foundation.people.models import User
from foundation.publishing.models import FormerSlug
from foundation.publishing.services import put_live, save_words
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from hallmarks.models import Hallmark, HallmarkEdition
from pages.models import Page, PageEdition
from tests.factories import CaseStudyFactory, HallmarkEditionFactory, HallmarkFactory, PageFactory, png
from tests.factories import editor as make_editor

pytestmark = pytest.mark.page

Browse = Callable[[User], Client]


def address_of(edition: Any) -> str:
    return reverse(f"admin:{edition._meta.app_label}_{edition._meta.model_name}_change", args=[edition.pk])


def form_of(browser: Client, edition: Any) -> dict[str, Any]:
    """What a browser would send from the edit page, as it was opened."""
    context = browser.get(address_of(edition)).context
    form = context["adminform"].form
    data: dict[str, Any] = {"seen_version": form.seen_version, "_continue": "1"}
    forms = [form]
    for inline in context["inline_admin_formsets"]:
        formset = inline.formset
        forms += [formset.management_form, *formset.forms]
    for each in forms:
        for bound in each:
            value = bound.value()
            if not bound.name.startswith("agree_") and bound.name != "DELETE" and value is not None:
                data[bound.html_name] = value
    return data


def tick(browser: Client, edition: Any, field: str) -> str:
    form = browser.get(address_of(edition)).context["adminform"].form
    return str(form.fields[f"agree_{field}"].widget.attrs["value"])


@pytest.fixture
def working(db: None) -> HallmarkEdition:
    hallmark = HallmarkFactory.create(number=2)
    return HallmarkEditionFactory.create(content=hallmark, stage="working", first_language="cy", works=1)


def stored(edition: Any) -> Any:
    return type(edition).objects.get(pk=edition.pk)


def test_words_are_saved_clean_with_a_version(working: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    data = form_of(browser, working) | {"title_en": " New title\u202e ", "body_en": "<p>Safe<script>x()</script></p>"}
    assert browser.post(address_of(working), data).status_code == 302
    now = stored(working)
    assert (now.title_en, now.body_en, now.version, now.updated_by) == ("New title", "<p>Safe</p>", 2, editor)
    assert states_of(now)["title"].state == "cy-stale"


def test_nothing_changed_is_nothing_saved(working: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    assert browser.post(address_of(working), form_of(browser, working)).status_code == 302
    assert stored(working).version == 1


def test_a_clash_shows_both_and_can_be_saved_knowingly(
    working: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser = client_of(editor)
    data = form_of(browser, working) | {"title_en": "Mine"}
    other = form_of(browser, working) | {"title_en": "Theirs"}
    assert browser.post(address_of(working), other).status_code == 302
    answer = browser.post(address_of(working), data)
    page = answer.content.decode()
    assert (answer.status_code, stored(working).title_en) == (200, "Theirs")
    assert ("This has changed since you opened it." in page, 'value="Mine"' in page, "Theirs" in page) == (
        True,
        True,
        True,
    )
    again = data | {"seen_version": answer.context["adminform"].form.seen_version}
    assert browser.post(address_of(working), again).status_code == 302
    assert stored(working).title_en == "Mine"


def test_a_tick_means_the_texts_that_were_seen(
    working: HallmarkEdition, editor: User, translator: User, client_of: Browse
) -> None:
    browser = client_of(translator)
    data = form_of(browser, working) | {"title_en": "Newly translated", "agree_title": tick(browser, working, "title")}
    HallmarkEdition.objects.filter(pk=working.pk).update(title_cy="Wedi newid y tu ôl i’r cefn")
    answer = browser.post(address_of(working), data)
    assert (answer.status_code, "has changed since you looked at it" in answer.content.decode()) == (200, True)
    data["agree_title"] = tick(browser, working, "title")
    assert browser.post(address_of(working), data).status_code == 302
    state = states_of(stored(working))["title"]
    assert (state.state, stored(working).title_en) == ("in-step", "Newly translated")


def test_two_texts_match_only_when_both_are_there(working: HallmarkEdition, editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    data = form_of(browser, working) | {"summary_en": "", "agree_summary": tick(browser, working, "summary")}
    assert "Two texts match only when both are there." in browser.post(address_of(working), data).content.decode()


def test_a_tick_beneath_two_empty_texts_says_nothing(working: HallmarkEdition, editor: User, client_of: Browse) -> None:
    HallmarkEdition.objects.filter(pk=working.pk).update(summary_cy="", summary_en="")
    Agreement.objects.all().delete()
    browser = client_of(editor)
    data = form_of(browser, working) | {"title_en": "New", "agree_summary": tick(browser, working, "summary")}
    assert browser.post(address_of(working), data).status_code == 302
    assert (stored(working).title_en, Agreement.objects.count()) == ("New", 0)


def test_a_translator_writes_only_the_other_language(
    working: HallmarkEdition, translator: User, client_of: Browse
) -> None:
    browser = client_of(translator)
    data = form_of(browser, working) | {
        "title_cy": "Ddim yn cael", "body_cy": "<p>Ddim</p>", "title_en": "Allowed", "first_language": "en", "source": "1",
        "references-0-printed_en": "Not allowed", "references-TOTAL_FORMS": "1", "references-INITIAL_FORMS": "1",
    }  # fmt: skip
    assert browser.post(address_of(working), data).status_code == 302
    now = stored(working)
    assert (now.title_cy, now.body_cy, now.title_en, now.first_language, now.source) == (
        working.title_cy, working.body_cy, "Allowed", "cy", None
    )  # fmt: skip
    assert now.references.get().printed_en == working.references.get().printed_en != "Not allowed"


@pytest.mark.parametrize("first", ["", "en"])
def test_a_translator_of_what_was_written_in_both(
    working: HallmarkEdition, translator: User, client_of: Browse, first: str
) -> None:
    HallmarkEdition.objects.filter(pk=working.pk).update(first_language=first)
    browser = client_of(translator)
    data = form_of(browser, working) | {"title_cy": "Newydd", "title_en": "New"}
    assert browser.post(address_of(working), data).status_code == 302
    now = stored(working)
    assert (now.title_cy, now.title_en) == (("Newydd", "New") if not first else ("Newydd", working.title_en))


@pytest.mark.parametrize("who", ["editor", "translator", "administrator"])
def test_published_and_frozen_words_are_written_by_nobody(who: str, request: Any, client_of: Browse) -> None:
    browser = client_of(request.getfixturevalue(who))
    live = HallmarkFactory.create(number=5).editions.get()
    frozen = [
        CaseStudyFactory.create(status=status).editions.get()
        for status in ("submitted", "in_review", "with_contributor", "approved")
    ]
    tried = 0
    for edition in (live, *frozen):
        answer = browser.post(address_of(edition), {"title_cy": "X", "title_en": "X", "seen_version": "1"})
        assert (answer.status_code, stored(edition).title_en) == (403, edition.title_en)
        tried += 1
    assert tried == 5


def test_publishing_a_hallmark_and_what_the_gate_says(
    working: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser = client_of(editor)
    page = reverse("admin:hallmarks_hallmark_change", args=[working.content_id])
    HallmarkEdition.objects.filter(pk=working.pk).update(title_en="Changed", summary_cy="")
    refused = browser.post(page, {"_do": "publish", "seen_edition": "1"})
    shown = [(str(label), obstacle.code) for label, obstacle in refused.context["obstacles"]]
    assert shown == [("title", "not-in-step"), ("summary", "cy-missing")]
    assert "<strong>Title</strong>" in refused.content.decode()
    HallmarkEdition.objects.filter(pk=working.pk).update(summary_cy=working.summary_cy)
    assert browser.post(page, {"_do": "unchecked", "override_reason": "", "seen_edition": "1"}).status_code == 302
    assert browser.post(page, {"_do": "publish", "seen_edition": "1"}).status_code == 200  # not the one they saw
    assert browser.post(page, {"_do": "publish", "seen_edition": "2"}).status_code == 302
    live = HallmarkEdition.objects.published().get()
    assert (live.title_en, live.override, live.override_by) == ("Changed", "unchecked", editor)
    listed = browser.get(reverse("admin:hallmarks_hallmark_changelist")).content.decode()
    assert "not yet checked by a speaker" in listed
    assert browser.post(page, {"_do": "correct"}).status_code == 302
    assert sorted(edition.stage for edition in Hallmark.objects.get().editions.all()) == ["live", "working"]


def test_one_language_is_for_administrators_with_a_reason_and_an_end(
    working: HallmarkEdition, editor: User, administrator: User, client_of: Browse
) -> None:
    page = reverse("admin:hallmarks_hallmark_change", args=[working.content_id])
    whole = {
        "_do": "one-language", "override_reason": "Urgent", "only_language": "cy", "only_language_days": "30",
        "seen_edition": "1",
    }  # fmt: skip
    assert client_of(editor).post(page, whole).status_code == 403
    browser = client_of(administrator)
    for wrong in (
        {"override_reason": ""},
        {"only_language_days": "31"},
        {"only_language_days": "0"},
        {"only_language": "fr"},
    ):
        answer = browser.post(page, whole | wrong)
        assert (answer.status_code, stored(working).override) == (200, ""), wrong
    assert browser.post(page, whole).status_code == 302
    now = stored(working)
    assert (now.override, now.only_language, now.only_language_days, now.override_reason) == (
        "one-language",
        "cy",
        30,
        "Urgent",
    )
    assert browser.post(page, {"_do": "no-override", "seen_edition": "1"}).status_code == 200  # before it was set
    assert browser.post(page, {"_do": "no-override", "seen_edition": "2"}).status_code == 302
    assert stored(working).override == ""


SECOND = "This has changed since you opened it. Look at it again, then decide."


@pytest.mark.parametrize("do", ["publish", "unchecked", "one-language", "no-override"])
@pytest.mark.parametrize("seen", ["1", "", "-1", "²", "9" * 30])
def test_nothing_is_decided_on_words_that_were_not_seen(
    working: HallmarkEdition, administrator: User, client_of: Browse, do: str, seen: str
) -> None:
    other = make_editor(name="Mair")
    working.title_cy = working.title_en = "Unseen"
    save_words(edition=working, version=1, by=other)
    page = reverse("admin:hallmarks_hallmark_change", args=[working.content_id])
    typed = {"override_reason": "Urgent", "only_language": "cy", "only_language_days": "30"}
    answer = client_of(administrator).post(page, typed | {"_do": do, "seen_edition": seen})
    assert (answer.status_code, [str(message) for message in answer.context["messages"]]) == (200, [SECOND])
    assert "By: Mair." in answer.content.decode()
    assert 'name="seen_edition" value="2"' in answer.content.decode()  # the next press is about what is shown now
    assert "Urgent" in answer.content.decode()  # what was typed stays
    assert (stored(working).stage, stored(working).override) == ("working", "")
    assert Event.objects.count() == 0


@pytest.mark.parametrize("do", ["publish", "unchecked"])
@pytest.mark.parametrize("meanwhile", ["written", "published", "gone"])
def test_what_another_does_between_our_look_and_our_write_is_a_clash(
    working: HallmarkEdition, administrator: User, rf: RequestFactory, do: str, meanwhile: str
) -> None:
    request = rf.post("/", {"seen_edition": "1", "override_reason": "", "_do": do})
    request.user, request.session = administrator, SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    page: Any = admin.site.get_model_admin(Hallmark)
    content: Any = page.get_object(request, str(working.content_id))
    assert [edition.version for edition in content.editions.all()] == [1, 1]  # at hand, as they were
    seen = stored(working)
    if meanwhile == "written":
        seen.title_cy, seen.title_en = "Heb ei weld", "Unseen"
        save_words(edition=seen, version=1, by=None)
        agree_all(obj=seen, how=How.SPEAKER)
    elif meanwhile == "published":
        put_live(working=seen, actor=Actor(Role.EDITOR))
    else:
        seen.delete()
    before = Event.objects.count()
    assert page.find_doing(do)(request, content) is False
    assert [str(message) for message in request._messages] == [SECOND]  # type: ignore[attr-defined]
    assert (Event.objects.count(), HallmarkEdition.objects.exclude(override="").count()) == (before, 0)


def test_an_address_changes_and_the_former_one_redirects(editor: User, client_of: Browse) -> None:
    page, other = PageFactory.create(), PageFactory.create()
    browser = client_of(editor)
    address = reverse("admin:pages_page_change", args=[page.pk])
    before = page.slug_en
    assert browser.post(address, {"slug_cy": page.slug_cy, "slug_en": "better", "order": "4"}).status_code == 302
    now = Page.objects.get(pk=page.pk)
    assert (now.slug_en, now.order, FormerSlug.objects.get().slug) == ("better", 4, before)
    for wrong in ("admin", before, "better", ""):
        taken = browser.post(
            reverse("admin:pages_page_change", args=[other.pk]),
            {"slug_cy": other.slug_cy, "slug_en": wrong, "order": "1"},
        )
        assert (taken.status_code, Page.objects.get(pk=other.pk).slug_en) == (200, other.slug_en), wrong


def test_a_new_standing_page(editor: User, client_of: Browse) -> None:
    data = {"key": "help", "slug_cy": "cymorth", "slug_en": "help", "order": "9"}
    answer = client_of(editor).post(reverse("admin:pages_page_add"), data)
    edition = PageEdition.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, address_of(edition))
    assert (edition.stage, edition.content.slug_cy) == ("working", "cymorth")


def test_pictures_come_in_by_the_front_door(editor: User, translator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", edition__pictures=1)
    edition = case.editions.get()
    browser = client_of(editor)
    row = {"pictures-TOTAL_FORMS": "2", "pictures-1-position": "1", "pictures-1-alt_cy": "Coeden", "pictures-1-alt_en": "A tree",
           "pictures-1-shows_people": "false"}  # fmt: skip
    refused = browser.post(address_of(edition), form_of(browser, edition) | row)
    assert (refused.status_code, "Choose a picture file." in refused.content.decode()) == (200, True)
    upload = png()
    upload.name = "tree.png"
    assert (
        browser.post(address_of(edition), form_of(browser, edition) | row | {"pictures-1-upload": upload}).status_code
        == 302
    )
    assert [picture.alt_en for picture in edition.pictures.all()] == ["A shelf of books", "A tree"]
    CaseStudyEdition.objects.filter(pk=edition.pk).update(first_language="cy")
    other = client_of(translator)
    data = form_of(other, edition) | {
        "pictures-0-alt_cy": "Na",
        "pictures-0-alt_en": "Books",
        "pictures-0-position": "7",
    }
    assert other.post(address_of(edition), data).status_code == 302
    first = edition.pictures.get(alt_en="Books")
    assert (first.alt_cy, first.position) == ("Silff o lyfrau", 0)


def test_the_switch_keeps_everything_and_saves_nothing(
    working: HallmarkEdition, editor: User, client_of: Browse
) -> None:
    browser = client_of(editor)
    data = form_of(browser, working) | {"title_en": "Half-written", "_language": "cy"}
    answer = browser.post(address_of(working), data)
    page = answer.content.decode()
    assert (answer.status_code, '<html lang="cy"' in page, 'value="Half-written"' in page) == (200, True, True)
    assert "errornote" not in page
    assert stored(working).title_en == working.title_en
    assert User.objects.get(pk=editor.pk).language == "cy"


def test_the_switch_shows_the_same_errors(editor: User, client_of: Browse) -> None:
    page = PageFactory.create()
    wrong = {"slug_cy": "admin", "slug_en": page.slug_en, "order": "1", "_language_judged": "cy"}
    answer = client_of(editor).post(reverse("admin:pages_page_change", args=[page.pk]), wrong)
    assert ("errornote" in answer.content.decode(), 'value="admin"' in answer.content.decode()) == (True, True)
