"""Works, messages, people, and the switch on pages without a form."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.admin.moves import editors
from casestudies.models import CaseStudy
from foundation.bilingual.services import states_of
from foundation.clock.models import Job
from foundation.correspondence.models import Message
from foundation.correspondence.services import add_words, write_message
from foundation.files.models import Picture
from foundation.people.models import User
from foundation.record.models import Event
from references.models import Work
from tests.desk.filling import form_of
from tests.factories import CaseStudyFactory, WorkFactory, png
from tests.factories import editor as make_editor

pytestmark = pytest.mark.page

Browse = Callable[[User], Client]
ITEM = {
    "type": "book",
    "title": "Learning",
    "author": [{"family": "Jones", "given": "Ann"}],
    "issued": {"date-parts": [[2020]]},
}


AS_ITEM = "/admin/references/work/add/?item=csl-json"


def work_data(**changed: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("welsh_title", "welsh_url", "welsh_author", "cover_alt_cy", "cover_alt_en", "note"), "")
    return {"key": "jones-2020", "csl": json.dumps(ITEM), "identity": "stated", **blank, **changed}


def test_a_work_is_added_with_its_cover(editor: User, client_of: Browse) -> None:
    upload = png()
    upload.name = "cover.png"
    data = work_data(cover_upload=upload, cover_alt_cy="Llyfr", cover_alt_en="A book", welsh_title="Dysgu")
    assert client_of(editor).post(AS_ITEM, data).status_code == 302
    work = Work.objects.get()
    assert (work.title, work.creators, work.year, work.cover_alt_cy, work.welsh_title) == (
        "Learning",
        "Jones, A.",
        2020,
        "Llyfr",
        "Dysgu",
    )
    assert work.cover is not None
    changed = work_data(csl=json.dumps(ITEM | {"title": "Better"}), remove_cover="1")
    assert (
        client_of(editor)
        .post(reverse("admin:references_work_change", args=[work.pk]) + "?item=csl-json", changed)
        .status_code
        == 302
    )
    work.refresh_from_db()
    assert (work.key, work.title, work.cover_id) == ("jones-2020", "Better", None)


@pytest.mark.parametrize(
    "item",
    ["[]", "7", "{", "{}", '{"title": ""}', '{"title": 7}', '{"title": "T", "author": "Jones"}', '{"title": "T", "author": [{}]}',
     '{"title": "T", "author": ["J"]}', '{"title": "T", "issued": []}', '{"title": "T", "issued": {"date-parts": [2020]}}',
     '{"title": "T", "custom": 1}'],
)  # fmt: skip
def test_an_item_of_the_wrong_shape_is_refused(item: str, editor: User, client_of: Browse) -> None:
    answer = client_of(editor).post(AS_ITEM, work_data(csl=item))
    assert (answer.status_code, Work.objects.count()) == (200, 0)
    assert "errornote" in answer.content.decode()


def test_a_cover_that_is_no_picture_is_refused(editor: User, client_of: Browse) -> None:
    for content in (b"", b"<svg/>"):
        data = work_data(cover_upload=SimpleUploadedFile("c.png", content), cover_alt_cy="Llyfr", cover_alt_en="A book")
        assert client_of(editor).post(AS_ITEM, data).status_code == 200
    assert Work.objects.count() == 0


@pytest.mark.parametrize("missing", ["cover_alt_cy", "cover_alt_en"])
def test_a_cover_says_what_it_shows_in_both_languages(editor: User, client_of: Browse, missing: str) -> None:
    upload = png()
    upload.name = "cover.png"
    data = work_data(**{"cover_upload": upload, "cover_alt_cy": "Llyfr", "cover_alt_en": "A book", missing: ""})
    answer = client_of(editor).post(AS_ITEM, data)
    assert "Say what the cover shows" in answer.content.decode()
    assert (Work.objects.count(), Picture.objects.count()) == (0, 0)


def test_the_two_texts_of_a_cover_are_said_to_match(editor: User, client_of: Browse) -> None:
    upload = png()
    upload.name = "cover.png"
    data = work_data(cover_upload=upload, cover_alt_cy="Llyfr", cover_alt_en="A book", agree_cover_alt=":")
    browser = client_of(editor)
    assert browser.post(AS_ITEM, data).status_code == 302
    work = Work.objects.get()
    assert states_of(work)["cover_alt"].state == "in-step"

    address = reverse("admin:references_work_change", args=[work.pk])
    changed = form_of(browser.get(address).content.decode()) | {"cover_alt_en": "A red book"}
    assert browser.post(address, changed).status_code == 302
    work.refresh_from_db()
    assert states_of(work)["cover_alt"].state == "cy-stale"
    page = browser.get(address).content.decode()
    assert re.search(r"<ins>.*red .*</ins>", page[page.index("id_agree_cover_alt_helptext") :])

    assert browser.post(address, form_of(page) | {"agree_cover_alt": ":"}).status_code == 302
    assert states_of(work)["cover_alt"].state == "in-step"


def test_lists_mark_what_is_uncertain(editor: User, client_of: Browse) -> None:
    WorkFactory.create(identity="inferred-weak", is_verified=False)
    page = client_of(editor).get(reverse("admin:references_work_changelist")).content.decode()
    assert ("inferred, with weak evidence" in page, "unverified" in page) == (True, True)


@pytest.fixture
def waiting(db: None) -> Message:
    case = CaseStudyFactory.create(status="editing", contributor__name="Secret Name")
    return write_message(
        kind="accepted", recipient="secret@example.org", language="cy", about=case.uuid,
        context={"about": case, "reader": case.contributor}, note_en="Please add the year.",
    )  # fmt: skip


def test_a_translator_gives_a_message_its_missing_words(waiting: Message, translator: User, client_of: Browse) -> None:
    browser, address = client_of(translator), reverse("admin:correspondence_message_change", args=[waiting.pk])
    page = browser.get(address).content.decode()
    assert ("Please add the year." in page, "secret@example.org" in page, "Secret Name" in page) == (True, False, False)
    assert browser.post(address, {"note_cy": "Ychwanegwch y flwyddyn.", "note_en": "Something else"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.note_cy, waiting.note_en) == (
        "queued",
        "Ychwanegwch y flwyddyn.",
        "Please add the year.",
    )
    assert browser.get(address).status_code == 302  # it waits for no translator any more


def test_messages_are_sent_again_and_cancelled(waiting: Message, editor: User, client_of: Browse) -> None:
    browser, address = client_of(editor), reverse("admin:correspondence_message_changelist")
    chosen = {"_selected_action": [str(waiting.pk)]}
    assert browser.post(address, {"action": "cancel", **chosen}).status_code == 302
    assert Message.objects.get().state == "cancelled"
    Message.objects.update(state="failed", error="550 no such mailbox", attempts=3)
    assert "550 no such mailbox" in browser.get(address).content.decode()
    add_words(message=Message.objects.get(), note_cy="Ychwanegwch y flwyddyn.", note_en="Please add the year.")
    assert browser.post(address, {"action": "send_again", **chosen}).status_code == 302
    assert (Message.objects.get().state, Message.objects.get().attempts) == ("queued", 0)


def person_data(user: User, **changed: Any) -> dict[str, Any]:
    groups = [group.pk for group in user.groups.all()]
    return {
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "groups": groups,
        "is_staff": "on",
        **changed,
    }


def test_deactivating_lets_go_of_what_the_person_holds(administrator: User, client_of: Browse) -> None:
    person = make_editor()
    case = CaseStudyFactory.create(status="in_review", claimed_by=person)
    address = reverse("admin:people_user_change", args=[person.pk])
    assert client_of(administrator).post(address, person_data(person)).status_code == 302
    person.refresh_from_db()
    assert person.is_active is False
    now = CaseStudy.objects.get(pk=case.pk)
    assert (now.status, now.claimed_by) == ("submitted", None)
    assert [event.code for event in Event.objects.about(person.key)] == ["deactivate"]


def test_who_may_no_longer_enter_the_desk_holds_nothing_there(administrator: User, client_of: Browse) -> None:
    person = make_editor()
    case = CaseStudyFactory.create(status="in_review", claimed_by=person)
    address = reverse("admin:people_user_change", args=[person.pk])
    sent = person_data(person, is_active="on")
    del sent["is_staff"]
    assert client_of(administrator).post(address, sent).status_code == 302
    person.refresh_from_db()
    assert (person.is_active, person.is_staff) == (True, False)
    now = CaseStudy.objects.get(pk=case.pk)
    assert (now.status, now.claimed_by) == ("submitted", None)
    assert person not in editors()


def test_people_are_added_and_do_not_lock_themselves_out(administrator: User, client_of: Browse) -> None:
    browser = client_of(administrator)
    new = {"email": "New@Example.org", "name": "Newydd", "language": "cy", "usable_password": "true",
           "password1": "pedwar ceffyl gwyn a chi", "password2": "pedwar ceffyl gwyn a chi"}  # fmt: skip
    assert browser.post(reverse("admin:people_user_add"), new).status_code == 302
    assert User.objects.get(name="Newydd").check_password("pedwar ceffyl gwyn a chi")
    again = browser.post(reverse("admin:people_user_add"), new | {"email": "new@example.ORG"})
    assert (again.status_code, User.objects.filter(email__iexact="new@example.org").count()) == (200, 1)
    own = browser.post(reverse("admin:people_user_change", args=[administrator.pk]), person_data(administrator))
    assert (own.status_code, User.objects.get(pk=administrator.pk).is_active) == (200, True)
    boss = User.objects.create_superuser("boss@example.org", "pedwar ceffyl gwyn a chi", name="Boss")
    assert browser.post(reverse("admin:people_user_change", args=[boss.pk]), person_data(boss)).status_code == 403
    assert browser.post(reverse("admin:auth_user_password_change", args=[boss.pk]), {}).status_code == 403


def test_the_switch_comes_back_to_the_same_page(editor: User, client_of: Browse) -> None:
    browser = client_of(editor)
    answer = browser.post(reverse("admin:language"), {"language": "cy", "next": "/admin/references/work/?q=x"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/references/work/?q=x")
    assert '<html lang="cy"' in browser.get("/admin/references/work/?q=x").content.decode()
    for elsewhere in ("https://evil.example/", "//evil.example/", ""):
        assert (
            browser.post(reverse("admin:language"), {"language": "en", "next": elsewhere}).headers["Location"]
            == "/admin/"
        )
    assert browser.get(reverse("admin:language")).status_code == 405


def test_who_only_reads_switches_too(editor: User, translator: User, client_of: Browse) -> None:
    case = CaseStudyFactory.create(status="submitted")
    Event.objects.create(at=timezone.now(), role="editor", kind="case-study", subject=case.uuid, code="claim")
    pages = [
        (translator, reverse("admin:casestudies_casestudy_change", args=[case.pk])),
        (editor, reverse("admin:record_event_change", args=[Event.objects.get().pk])),
    ]
    for user, address in pages:
        answer = client_of(user).post(address, {"_language": "cy"})
        assert (answer.status_code, answer.headers["Location"]) == (302, address)
        assert '<html lang="cy"' in client_of(user).get(address).content.decode()


def test_before_signing_in_the_choice_is_a_cookie(db: None) -> None:
    browser = Client()
    browser.post(reverse("admin:language"), {"language": "cy", "next": reverse("account_login")})
    page = browser.get(reverse("account_login")).content.decode()
    assert ('<html lang="cy"' in page, 'lang="en"' in page and ">English</button>" in page) == (True, True)
    assert browser.cookies["admin_language"]["path"] == "/admin/"


def test_jobs_show_their_last_error(editor: User, client_of: Browse) -> None:
    Job.objects.create(name="tend", next_at=timezone.now(), error="Traceback\nValueError: broken")
    assert "ValueError: broken" in client_of(editor).get(reverse("admin:clock_job_changelist")).content.decode()
