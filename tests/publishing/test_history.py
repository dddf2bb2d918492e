"""Every version of the words: who and when, what was different, and putting some of them back; and the log, which only grows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from reversion.models import Version

from casestudies.models import CaseStudy, CaseStudyEdition, Finding
from foundation.bilingual.agreement import State
from foundation.bilingual.services import states_of
from foundation.people.models import User
from foundation.publishing.history import Compared, compare, history, restore, texts_of
from foundation.publishing.models import Edition, Stage
from foundation.publishing.services import ChangedSince, NotWorking, put_live, save_words, start_working
from foundation.record.actors import Actor, Role
from foundation.record.models import AppendOnly, Event
from foundation.record.services import write
from pages.models import Page, PageEdition
from tests.desk.filling import form_of
from tests.factories import (
    CaseStudyFactory,
    HallmarkEditionFactory,
    HallmarkFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]


def saved(edition: Any, by: User | None = None, **texts: str) -> Any:
    for column, text in texts.items():
        setattr(edition, column, text)
    return save_words(edition=edition, version=edition.version, by=by)


@pytest.fixture
def page() -> Page:
    """A page being written, of which nothing has been kept."""
    return PageFactory.create(edition__stage="working", edition__title_cy="Amdanom", edition__title_en="About us")


@pytest.fixture
def written(page: Page, editor: User) -> PageEdition:
    """Saved twice by an editor: the second time with another Welsh title and another English body."""
    edition = saved(page.editions.get(), editor, body_cy="<p>Yr hen destun.</p>", body_en="<p>The old words.</p>")
    return saved(edition, editor, title_cy="Amdanom ni", body_en="<p>The <em>new</em> words.</p>")


def address_of(content: Any, **query: Any) -> str:
    options = content._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[content.pk])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


# --- the list ---------------------------------------------------------------------------------------------------------------


def test_each_version_says_who_saved_it_when_and_what_was_different(written: PageEdition, editor: User) -> None:
    newest, first = history(written.content, PageEdition)
    assert (newest.by, newest.stage, newest.changed) == (editor, "working", ("title_cy", "body_en"))
    assert (first.before, newest.before) == (None, first)
    assert first.at <= newest.at <= timezone.now()
    assert first.texts["title_cy"] == "Amdanom"
    assert newest.texts == texts_of(PageEdition.objects.get())


def test_what_was_public_is_compared_with_what_was_public_before(written: PageEdition, editor: User) -> None:
    boss = Actor(Role.ADMINISTRATOR, editor)
    PageEdition.objects.update(override="unchecked", override_at=timezone.now())
    live = put_live(working=PageEdition.objects.get(), actor=boss)
    saved(start_working(live=live, by=editor), editor, title_en="About")
    PageEdition.objects.filter(stage="working").update(override="unchecked", override_at=timezone.now())
    put_live(working=PageEdition.objects.get(stage="working"), actor=boss)
    lines = [(kept.stage, kept.changed) for kept in history(written.content, PageEdition)]
    assert lines[:2] == [("live", ("title_en",)), ("working", ("title_en",))]
    assert [stage for stage, _changed in lines] == ["live", "working", "live", "working", "working"]
    assert Version.objects.count() == 6  # the one that was kept when it was replaced is no news


def test_versions_of_others_are_not_among_them(written: PageEdition) -> None:
    other = PageFactory.create(edition__stage="working")
    saved(other.editions.get(), title_en="Secret")
    assert len(history(written.content, PageEdition)) == 2
    assert [kept.texts["title_en"] for kept in history(other, PageEdition)] == ["Secret"]


def test_fields_are_compared_in_both_languages_by_their_words(written: PageEdition) -> None:
    newest, first = history(written.content, PageEdition)
    title, body = compare(PageEdition, first.texts, newest.texts, ("body",))
    assert _pieces(title) == {"cy": [("removed", "Amdanom"), ("added", "Amdanom ni")], "en": []}
    assert _pieces(body)["en"] == [("same", "The "), ("removed", "old "), ("added", "new "), ("same", "words.")]
    (english,) = [side for side in body.sides if side.is_changed]
    assert "".join(piece.text for piece in english.was) == "The old words."
    assert "".join(piece.text for piece in english.became) == "The new words."
    only_set = compare(PageEdition, {"body_cy": "<p>Gair</p>"}, {"body_cy": "<p><em>Gair</em></p>"}, ("body",))
    assert [(side.is_changed, side.pieces) for side in only_set[0].sides] == [(True, []), (False, [])]


def _pieces(compared: Compared) -> dict[str, list[tuple[str, str]]]:
    return {side.language: [(str(piece.kind), piece.text) for piece in side.pieces] for side in compared.sides}


# --- putting back -----------------------------------------------------------------------------------------------------------


def test_chosen_words_are_put_back_and_nothing_else(written: PageEdition, editor: User) -> None:
    first = history(written.content, PageEdition)[-1]
    actor = Actor(Role.EDITOR, editor)
    restore(edition=written, version=written.version, texts=first.texts, chosen=["body_en"], actor=actor)
    stored = PageEdition.objects.get()
    assert (stored.body_en, stored.title_cy) == ("<p>The old words.</p>", "Amdanom ni")
    assert (stored.version, stored.updated_by, stored.stage) == (4, editor, "working")
    assert history(written.content, PageEdition)[0].changed == ("body_en",)
    event = Event.objects.about(written.content.uuid).get()
    assert (event.code, event.actor, event.from_state, event.to_state) == ("restore", str(editor.key), "", "")


def test_how_the_languages_stand_follows_from_the_words(editor: User) -> None:
    edition = PageFactory.create(edition__stage="working").editions.get()
    saved(edition)
    assert states_of(edition)["title"].state == State.IN_STEP
    saved(edition, title_en="Something else")
    assert states_of(edition)["title"].state == State.CY_STALE
    first = history(edition.content, PageEdition)[-1]
    restore(
        edition=edition, version=edition.version, texts=first.texts, chosen=["title_en"],
        actor=Actor(Role.EDITOR, editor),
    )  # fmt: skip
    assert states_of(PageEdition.objects.get())["title"].state == State.IN_STEP


def test_nothing_is_put_back_over_what_somebody_wrote_since_or_into_what_is_public(
    written: PageEdition, editor: User
) -> None:
    first = history(written.content, PageEdition)[-1]
    again = PageEdition.objects.get()
    saved(PageEdition.objects.get(), title_en="Written since")
    given: dict[str, Any] = {"texts": first.texts, "chosen": ["title_cy"], "actor": Actor(Role.EDITOR, editor)}
    with pytest.raises(ChangedSince):
        restore(edition=again, version=again.version, **given)
    PageEdition.objects.update(stage="live", live_since=timezone.now())
    live = PageEdition.objects.get()
    with pytest.raises(NotWorking):
        restore(edition=live, version=live.version, **given)
    live = PageEdition.objects.get()
    assert (live.title_cy, live.title_en, Event.objects.count()) == ("Amdanom ni", "Written since", 0)


# --- the pages --------------------------------------------------------------------------------------------------------------


def test_the_pages_show_the_versions_and_put_words_back(written: PageEdition, editor: User, client_of: Browse) -> None:
    browser, page = client_of(editor), written.content
    shown = browser.get(address_of(page)).content.decode()
    assert "Title (Welsh), Body (English)" in shown
    first = history(page, PageEdition)[-1]
    assert "<del>" in browser.get(address_of(page, version=first.key, against="now")).content.decode()
    newest = browser.get(address_of(page, version=history(page, PageEdition)[0].key)).content.decode()
    assert ("<ins>" in newest, 'name="column"' in newest) == (True, False)
    sent = {"_restore": "1", "seen_version": written.version, "column": ["title_cy", "lead_in_cy", "version"]}
    answer = browser.post(address_of(page, version=first.key, against="now"), sent, follow=True)
    assert "Put back as they were, and saved: Title (Welsh)." in answer.content.decode()
    stored = PageEdition.objects.get()
    assert (stored.title_cy, stored.body_en) == ("Amdanom", "<p>The <em>new</em> words.</p>")


def test_a_clash_and_an_empty_choice_change_nothing_and_keep_the_ticks(
    written: PageEdition, editor: User, client_of: Browse
) -> None:
    first = history(written.content, PageEdition)[-1]
    browser, address = client_of(editor), address_of(written.content, version=first.key, against="now")
    nothing = browser.post(address, {"_restore": "1", "seen_version": written.version})
    assert "Nothing is chosen, so nothing was put back." in nothing.content.decode()
    for seen in (written.version - 1, "x", ""):
        stale = browser.post(address, {"_restore": "1", "seen_version": seen, "column": "title_cy"}).content.decode()
        assert ("This has changed since you opened it." in stale, 'value="title_cy" checked' in stale) == (True, True)
    switched = browser.post(address, {"_language": "cy", "column": "title_cy"}).content.decode()
    assert ('<html lang="cy"' in switched, 'value="title_cy" checked' in switched) == (True, True)
    assert PageEdition.objects.get().title_cy == "Amdanom ni"


def test_a_translator_puts_back_only_the_language_that_is_theirs(
    written: PageEdition, translator: User, client_of: Browse
) -> None:
    PageEdition.objects.update(first_language="en")
    first = history(written.content, PageEdition)[-1]
    browser, address = client_of(translator), address_of(written.content, version=first.key, against="now")
    shown = browser.get(address).content.decode()
    assert ('value="title_cy"' in shown, 'value="body_en"' in shown) == (True, False)
    browser.post(address, {"_restore": "1", "seen_version": written.version, "column": ["body_en", "title_cy"]})
    stored = PageEdition.objects.get()
    assert (stored.title_cy, stored.body_en) == ("Amdanom", "<p>The <em>new</em> words.</p>")


def test_public_words_are_compared_and_left_alone(written: PageEdition, editor: User, client_of: Browse) -> None:
    first = history(written.content, PageEdition)[-1]
    PageEdition.objects.update(stage="live", live_since=timezone.now())
    address = address_of(written.content, version=first.key, against="now")
    shown = client_of(editor).get(address).content.decode()
    assert ("start a correction first" in shown, 'name="column"' in shown) == (True, False)
    refused = client_of(editor).post(address, {"_restore": "1", "seen_version": written.version, "column": "title_cy"})
    assert (refused.status_code, PageEdition.objects.get().title_cy) == (403, "Amdanom ni")


def test_who_may_see_them(written: PageEdition, translator: User, client_of: Browse) -> None:
    stranger = User.objects.create_user("s@example.org", "pedwar ceffyl gwyn a chi", name="S", is_staff=True)
    address = address_of(written.content)
    answers = [client_of(user).get(address).status_code for user in (stranger, translator)] + [
        Client().get(address).status_code
    ]
    assert answers == [403, 200, 302]
    stranger.user_permissions.add(Permission.objects.get(codename="view_page"))
    assert client_of(stranger).get(address).status_code == 200
    for query in ({"version": "0"}, {"version": "x"}, {"version": 10**30}):
        assert client_of(translator).get(address_of(written.content, **query)).status_code == 404


def test_the_version_of_another_content_is_not_shown_here(
    written: PageEdition, editor: User, client_of: Browse
) -> None:
    other = PageFactory.create(edition__stage="working")
    saved(other.editions.get(), title_en="Secret")
    (foreign,) = history(other, PageEdition)
    assert client_of(editor).get(address_of(written.content, version=foreign.key)).status_code == 404


def test_nobody_reads_the_versions_of_a_draft(administrator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="in_review")
    saved(case.editions.get(), title_en="Plantedtitle")
    assert client_of(administrator).get(address_of(case)).status_code == 200
    CaseStudy.objects.update(status="draft", claimed_by=None)
    (kept,) = Version.objects.all()
    for query in ({}, {"version": kept.pk}, {"version": kept.pk, "against": "now"}):
        answer = client_of(administrator).get(address_of(case, **query))
        assert (answer.status_code, b"Plantedtitle" in answer.content) == (404, False)


def test_what_is_put_back_into_a_story_is_looked_at_for_names(editor: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="editing", claimed_by=editor)
    edition = saved(case.editions.get(), about_en="<p>Ring 029 2000 0000 any time.</p>")
    edition = saved(edition, about_en="<p>Nothing.</p>")
    first = history(case, type(edition))[-1]
    assert Finding.objects.filter(field="about").count() == 0
    client_of(editor).post(
        address_of(case, version=first.key, against="now"),
        {"_restore": "1", "seen_version": edition.version, "column": "about_en"},
    )
    assert Finding.objects.filter(field="about", language="en").count() == 1


def test_the_pages_of_all_three_kinds_lead_to_it(administrator: User, client_of: Browse) -> None:
    hallmark = HallmarkFactory.create(number=2)
    contents: list[Any] = [
        HallmarkEditionFactory.create(content=hallmark, stage="working").content,
        PageFactory.create(edition__stage="working"),
        CaseStudyFactory.create(status="editing"),
    ]
    for content in contents:
        options = content._meta
        change = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[content.pk])
        assert f'href="{address_of(content)}"' in client_of(administrator).get(change).content.decode()
        edition: Edition = content.editions.get(stage=Stage.WORKING)
        write_here = reverse(f"admin:{options.app_label}_{options.model_name}edition_history", args=[edition.pk])
        assert client_of(administrator).get(write_here)["Location"] == address_of(content)


def test_the_list_asks_as_often_for_one_version_as_for_three(page: Page, editor: User, client_of: Browse) -> None:
    browser, counts = client_of(editor), []
    for number in range(3):
        saved(page.editions.get(), editor, title_en=f"Title {number}")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address_of(page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


# --- the log ----------------------------------------------------------------------------------------------------------------


def _again(event: Event) -> Event:
    return Event(pk=event.pk, at=event.at, role=event.role, kind="x", subject=event.subject, code="forged")


WAYS: dict[str, Callable[[Event], Any]] = {
    "save": lambda event: event.save(),
    "save as new": lambda event: _again(event).save(force_update=True),
    "save_base": lambda event: _again(event).save_base(raw=True),
    "delete": lambda event: event.delete(),
    "update": lambda event: Event.objects.update(code="forged"),
    "filtered update": lambda event: Event.objects.about(event.subject).update(code="forged"),
    "base manager": lambda event: Event._base_manager.update(code="forged"),
    "default manager": lambda event: Event._default_manager.all().delete(),
    "delete all": lambda event: Event.objects.all().delete(),
    "base manager, delete": lambda event: Event._base_manager.filter(pk=event.pk).delete(),
    "raw delete": lambda event: Event.objects.all()._raw_delete("default"),
    "bulk_update": lambda event: Event.objects.bulk_update([_again(event)], ["code"]),
    "upsert": lambda event: Event.objects.bulk_create(
        [_again(event)], update_conflicts=True, unique_fields=["id"], update_fields=["code"]
    ),
    "ignore": lambda event: Event.objects.bulk_create([_again(event)], ignore_conflicts=True),
    "update_or_create": lambda event: Event.objects.update_or_create({"code": "forged"}, pk=event.pk),
    "of a user": lambda event: Event._meta.default_manager.filter(role="editor").delete(),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("way", WAYS)
def test_no_line_of_the_log_is_changed_or_deleted(way: str) -> None:
    write(actor=Actor(Role.EDITOR), kind="page", subject=PageFactory.create().uuid, code="go-live")
    event = Event.objects.get()
    with pytest.raises(AppendOnly), transaction.atomic():
        WAYS[way](event)
    assert list(Event.objects.values_list("pk", "code")) == [(event.pk, "go-live")]


def test_nothing_deletes_a_line_along_with_itself() -> None:
    keys = [field for field in Event._meta.get_fields() if isinstance(field, models.ForeignKey)]
    assert (keys, len(Event._meta.concrete_fields)) == ([], 9)


def test_superusers_neither(client_of: Browse) -> None:
    boss = User.objects.create_superuser("boss@example.org", "pedwar ceffyl gwyn a chi", name="Boss")
    write(actor=Actor(Role.EDITOR), kind="page", subject=PageFactory.create().uuid, code="go-live")
    pk = Event.objects.get().pk
    for place, args in (("add", []), ("delete", [pk]), ("change", [pk])):
        answer = client_of(boss).post(
            reverse(f"admin:record_event_{place}", args=args), {"code": "forged", "post": "yes"}
        )
        assert answer.status_code == 403, place
    chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    client_of(boss).post(reverse("admin:record_event_changelist"), chosen)
    assert list(Event.objects.values_list("pk", "code")) == [(pk, "go-live")]


# --- the rows ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def story(editor: User) -> CaseStudyEdition:
    """A story being edited: the hallmark it shows was said to show otherwise, in the form of the desk."""
    case = CaseStudyFactory.create(
        status="editing", claimed_by=editor, edition__hallmarks=[HallmarkFactory.create(number=3)], edition__pictures=1
    )
    edition: CaseStudyEdition = case.editions.get()
    edition.hallmarks.update(how_cy="Drwy ddarllen", how_en="By reading")
    return saved(edition, editor)


def send(browser: Client, edition: CaseStudyEdition, **typed: str) -> None:
    address = reverse("admin:casestudies_casestudyedition_change", args=[edition.pk])
    data = form_of(browser.get(address).content.decode())
    assert browser.post(address, {**data, **typed, "_save": "1"}).status_code == 302


def test_the_words_of_rows_are_kept_and_put_back(story: CaseStudyEdition, editor: User, client_of: Browse) -> None:
    browser, case, token = client_of(editor), story.content, story.pictures.get().picture.token
    send(browser, story, **{"hallmarks-0-how_en": "By writing", "pictures-0-alt_cy": "Gardd"})
    newest, first = history(case, CaseStudyEdition)
    assert set(newest.changed) == {"hallmarks.3.how_en", f"pictures.{token}.alt_cy"}
    assert (first.texts["hallmarks.3.how_en"], newest.texts["hallmarks.3.how_en"]) == ("By reading", "By writing")
    assert "Hallmark shown 3: how it shows (English)" in browser.get(address_of(case)).content.decode()
    address = address_of(case, version=first.key, against="now")
    compared = browser.get(address).content.decode()
    assert ("reading" in compared, "writing" in compared) == (True, True)
    seen = CaseStudyEdition.objects.get(pk=story.pk).version
    browser.post(address, {"_restore": "1", "seen_version": seen, "column": "hallmarks.3.how_en"})
    assert story.hallmarks.values_list("how_cy", "how_en").get() == ("Drwy ddarllen", "By reading")
    assert history(case, CaseStudyEdition)[0].changed == ("hallmarks.3.how_en",)
    assert story.pictures.get().alt_cy == "Gardd"


def test_words_of_a_row_that_is_gone_are_shown_and_not_put_back(
    story: CaseStudyEdition, editor: User, client_of: Browse
) -> None:
    browser, case = client_of(editor), story.content
    story.hallmarks.all().delete()
    saved(CaseStudyEdition.objects.get(pk=story.pk), editor, title_en="Another title")
    newest, first = history(case, CaseStudyEdition)
    assert newest.changed == ("title_en", "hallmarks.3.how_cy", "hallmarks.3.how_en")
    address = address_of(case, version=first.key, against="now")
    seen = CaseStudyEdition.objects.get(pk=story.pk).version
    for chosen in ("hallmarks.3.how_en", "hallmarks.x.how_en", "credits.1.name_en"):
        answer = browser.post(address, {"_restore": "1", "seen_version": seen, "column": ["title_en", chosen]})
        gone = "What these words belong to is no longer there" in answer.content.decode()
        assert gone is (chosen == "hallmarks.3.how_en")
        stored = CaseStudyEdition.objects.get(pk=story.pk)
        assert (stored.title_en == "Another title") is gone
        saved(stored, editor, title_en="Another title")
        seen = CaseStudyEdition.objects.get(pk=story.pk).version


def test_what_is_published_keeps_the_words_of_its_rows(editor: User) -> None:
    hallmark = HallmarkFactory.create(number=4, edition__stage="working", edition__works=1, edition__agreed=True)
    edition = hallmark.editions.get()
    edition.references.update(printed_cy="Rees, R. (2001)", printed_en="Rees, R. (2001)")
    live = put_live(working=edition, actor=Actor(Role.EDITOR, editor))
    key = live.references.get().work.key
    (kept,) = history(hallmark, type(live))
    assert kept.texts[f"references.{key}.printed_cy"] == "Rees, R. (2001)"
