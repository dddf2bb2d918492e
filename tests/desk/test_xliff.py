"""Translation files on the desk: who gets which texts out, what comes back in, and what is refused, text by text."""

import base64
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casestudies.models import EditionPicture, Finding, ReadyReason
from casestudies.models.reasons import REASONED
from desk.xliff.carrying import carry_out
from desk.xliff.judging import REASONS, Plan, Verdict, plan_import
from desk.xliff.texts import writable
from desk.xliff.views import export_file
from foundation.bilingual.agreement import State
from foundation.bilingual.languages import Language
from foundation.bilingual.models import Agreement, How
from foundation.bilingual.policies import columns, translated_models
from foundation.bilingual.services import agree_all, states_of
from foundation.bilingual.xliff import MOST_BYTES, File, Version, read, write
from foundation.correspondence.models import Wording
from foundation.correspondence.wordings import in_force, save_wording, standard, wording_of
from foundation.people.models import User
from foundation.publishing.prose import clean_prose
from foundation.publishing.services import put_live, save_words
from foundation.record.actors import Actor, Role
from foundation.record.models import Event
from pages.models import PageEdition
from references.models import Work
from tests.desk.pressing import messages_of
from tests.factories import CaseStudyFactory, HallmarkFactory, PageFactory, PictureFactory, WorkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.page]
Browse = Callable[[User], Client]
QUEUE, BACK = "/admin/translation-files/", "/admin/translation-files/import/"
EN, CY = "<p>A <strong>warm</strong> welcome &amp; more.</p>", "<p>Croeso <strong>cynnes</strong> a mwy.</p>"


def page_of(**words: Any) -> PageEdition:
    """A working page that waits for Welsh."""
    own = {"stage": "working", "agreed": False, "body_cy": "", "body_en": EN, "title_cy": "", "title_en": "Welcome"}
    made = PageFactory.create(**{f"edition__{name}": value for name, value in (own | words).items()})
    return PageEdition.objects.select_related("content").get(content=made)


def by(person: User) -> HttpRequest:
    request: Any = HttpRequest()
    request.user = person
    found: HttpRequest = request
    return found


def sent_to(person: User, to: str = "cy", *, waiting: bool = True) -> File:
    return export_file(writable(by(person)), Language(to), waiting=waiting)


def translated(file: File, is_done: bool = True, **texts: str) -> File:
    """The file as it comes back, with these texts: field → translation."""
    units = [replace(unit, target=texts[unit.field], is_done=is_done) for unit in file.units if unit.field in texts]
    assert len(units) == len(texts)
    return File(file.source_language, file.target_language, tuple(units))


def said(plan: Plan) -> dict[str, tuple[str, str, bool]]:
    return {line.unit.field: (line.verdict.value, line.reason, line.agrees) for line in plan.lines}


def everything() -> dict[str, list[Any]]:
    """Every word and agreement, and the length of the log."""
    words = {
        model._meta.label: list(model._base_manager.order_by("pk").values_list("pk", *columns(model)))
        for model in translated_models()
    }
    agreed = Agreement.objects.order_by("content_type", "object_id", "field")
    return words | {
        "agreed": list(agreed.values_list("field", "text_cy", "text_en", "how")),
        "log": [Event.objects.count()],
    }


# --- what goes out --------------------------------------------------------------------------------------------------------


def test_a_file_holds_what_waits_in_one_direction(translator: User) -> None:
    waits = page_of()
    page_of(title_cy="Croeso", body_cy=CY, agreed=True)
    file = sent_to(translator)
    assert [(unit.key, unit.field, unit.source, unit.target, unit.is_html) for unit in file.units] == [
        (str(waits.content.uuid), "title", "Welcome", "", False),
        (str(waits.content.uuid), "body", EN, "", True),
    ]
    assert sent_to(translator, "en").units == ()
    assert len(sent_to(translator, waiting=False).units) == 4


def test_by_state_each_direction_gets_what_is_its_own(translator: User) -> None:
    edition = page_of(title_cy="Croeso", body_cy=CY, agreed=True)
    expected = {
        "cy-missing": {"body_cy": ""},
        "en-missing": {"body_en": ""},
        "cy-stale": {"body_en": "<p>Other.</p>"},
        "en-stale": {"body_cy": "<p>Arall.</p>"},
        "both-changed": {"body_en": "<p>Other.</p>", "body_cy": "<p>Arall.</p>"},
        "in-step": {},
        "empty": {"body_en": "", "body_cy": ""},
    }
    found = {}
    for state, words in expected.items():
        PageEdition.objects.filter(pk=edition.pk).update(**({"body_cy": CY, "body_en": EN} | words))
        assert states_of(PageEdition.objects.get(pk=edition.pk))["body"].state == state
        found[state] = [to for to in ("cy", "en") if "body" in {unit.field for unit in sent_to(translator, to).units}]
    assert found == {
        "cy-missing": ["cy"], "en-missing": ["en"], "cy-stale": ["cy"], "en-stale": ["en"],
        "both-changed": ["cy", "en"], "in-step": [], "empty": [],
    }  # fmt: skip
    Agreement.objects.all().delete()
    PageEdition.objects.filter(pk=edition.pk).update(body_cy=CY, body_en=EN)
    assert [to for to in ("cy", "en") if sent_to(translator, to).units] == ["cy", "en"]


def test_a_translator_gets_the_language_a_text_was_not_written_in(translator: User, editor: User) -> None:
    page_of(first_language="cy", body_cy=CY, body_en=EN, title_cy="Croeso")
    assert {unit.field for unit in sent_to(translator, "en").units} == {"title", "body"}
    assert sent_to(translator, "cy").units == ()
    assert {unit.field for unit in sent_to(editor, "cy").units} == {"title", "body"}


def test_nothing_published_frozen_or_unsent_goes_out(editor: User) -> None:
    PageFactory.create(edition__agreed=False)
    HallmarkFactory.create(number=2, edition__agreed=False)
    for status in ("draft", "submitted", "in_review", "with_contributor", "approved", "published", "withdrawn"):
        CaseStudyFactory.create(status=status, edition__agreed=False, edition__pictures=1)
    assert writable(by(editor)) == []
    case = CaseStudyFactory.create(status="editing", edition__agreed=False, edition__about_cy="")
    assert [thing.owner.content for thing in writable(by(editor))] == [case]


def test_every_translated_thing_has_a_place_or_a_reason(editor: User) -> None:
    page_of()
    HallmarkFactory.create(number=2, edition__stage="working")
    CaseStudyFactory.create(status="editing", edition__pictures=1)
    save_wording(wording=wording_of("accepted"), version=0, by=editor)
    WorkFactory.create(cover=PictureFactory.create(), cover_alt_en="A book")
    ReadyReason.objects.create(move=REASONED[0], title_cy="A", title_en="B", text_cy="C", text_en="D")
    met = {row.model for thing in writable(by(editor)) for row in thing.rows}
    not_ours = {"hallmarks.hallmarkreference", "hallmarks.framework", "hallmarks.strand", "hallmarks.connection"}
    not_ours |= {"casestudies.casestudyreference"}
    where_it_is_made = {"casestudies.documentcopy"}
    if not admin.site.is_registered(ReadyReason):  # what has no page on the desk is not written here either
        where_it_is_made.add("casestudies.readyreason")
    assert met | not_ours | where_it_is_made == {model._meta.label_lower for model in translated_models()}
    assert not met & (not_ours | where_it_is_made)


def test_as_many_queries_for_one_as_for_three(editor: User, client_of: Browse) -> None:
    browser, counts = client_of(editor), []
    for number in (1, 3):
        for _time in range(number if number == 1 else 2):
            page_of()
            CaseStudyFactory.create(status="editing", edition__agreed=False, edition__pictures=1, edition__about_cy="")
        browser.get(f"{QUEUE}?to=cy")  # what is asked once in a process is asked here
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"{QUEUE}?to=cy")
        assert len(page.context["lines"]) == 2 * number
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- what comes back ------------------------------------------------------------------------------------------------------


def test_a_translation_is_written_and_agreed(translator: User) -> None:
    edition = page_of()
    plan = carry_out(by(translator), translated(sent_to(translator), title="Croeso", body=CY))
    assert said(plan) == {"title": ("new", "", True), "body": ("new", "", True)}
    after = PageEdition.objects.get(pk=edition.pk)
    assert (after.title_cy, after.body_cy, after.body_en) == ("Croeso", CY, EN)
    assert (after.version, after.updated_by) == (edition.version + 1, translator)
    assert {state.state for state in states_of(after).values()} == {State.IN_STEP}
    assert set(Agreement.objects.values_list("how", "by")) == {(How.FILE, translator.pk)}
    event = Event.objects.about(edition.content.uuid).get()
    assert (event.code, event.role, event.actor) == ("translation-import", Role.TRANSLATOR, str(translator.key))


def test_one_that_is_not_ready_is_written_and_not_agreed(translator: User) -> None:
    edition = page_of()
    plan = carry_out(by(translator), translated(sent_to(translator), is_done=False, body=CY))
    assert said(plan) == {"body": ("new", "", False)}
    assert states_of(PageEdition.objects.get(pk=edition.pk))["body"].state == State.UNCONFIRMED
    assert not Agreement.objects.exists()


def test_a_text_left_as_it_was_and_called_ready_is_a_tick(translator: User) -> None:
    edition = page_of(title_cy="Croeso", body_cy=CY)
    plan = carry_out(by(translator), translated(sent_to(translator), body=CY, title="Croeso"))
    assert said(plan) == {"title": ("same", "", True), "body": ("same", "", True)}
    after = PageEdition.objects.get(pk=edition.pk)
    assert (after.version, {state.state for state in states_of(after).values()}) == (edition.version, {State.IN_STEP})
    again = carry_out(by(translator), translated(sent_to(translator, waiting=False), body=CY, title="Croeso"))
    assert said(again) == {"title": ("same", "", False), "body": ("same", "", False)}
    assert Event.objects.count() == 1


def changed(edition: PageEdition, **words: str) -> None:
    for name, text in words.items():
        setattr(edition, name, text)
    save_words(edition=edition, version=edition.version, by=None)


def test_what_has_moved_is_refused_field_by_field_and_the_rest_is_kept(translator: User) -> None:
    edition = page_of()
    file = sent_to(translator)
    changed(edition, body_en="<p>Something else.</p>")
    plan = carry_out(by(translator), translated(file, title="Croeso", body=CY))
    assert said(plan) == {"title": ("new", "", True), "body": ("stale", "source-moved", False)}
    after = PageEdition.objects.get(pk=edition.pk)
    assert (after.title_cy, after.body_cy or "") == ("Croeso", "")

    file = sent_to(translator)
    changed(PageEdition.objects.get(pk=edition.pk), body_cy="<p>Gan rywun arall.</p>")
    plan = carry_out(by(translator), translated(file, body=CY))
    assert said(plan) == {"body": ("stale", "target-moved", False)}
    assert PageEdition.objects.get(pk=edition.pk).body_cy == "<p>Gan rywun arall.</p>"


def test_what_no_reader_sees_is_no_move(translator: User) -> None:
    edition = page_of()
    file = sent_to(translator)
    PageEdition.objects.filter(pk=edition.pk).update(body_en=EN + "\n<p> </p>")
    assert said(plan_import(by(translator), translated(file, body=CY))) == {"body": ("new", "", True)}


def test_each_reason_for_refusing_one_text(translator: User, editor: User) -> None:
    edition = page_of()
    file = sent_to(translator)
    refused = {
        "missing": translated(file, title=" "),
        "copied": translated(file, title="Welcome"),
        "too-long": translated(file, title="x" * 500),
        "codes": read(
            write(translated(file, body=CY)).replace(b'dataRef="', b'dataRef="x').replace(b'Start="', b'Start="x')
        ),
        "source-altered": read(write(translated(file, body=CY)).replace(b"welcome", b"goodbye")),
        "unknown": read(write(translated(file, body=CY)).replace(str(edition.content.uuid).encode(), b"0" * 8)),
    }
    before = everything()
    met = {}
    for reason, came in refused.items():
        (line,) = carry_out(by(translator), came).lines
        met[reason] = line.reason
        assert line.verdict == REASONS[reason][0]
        assert str(line.explanation)
    assert met == {reason: reason for reason in refused}

    PageEdition.objects.update(first_language="cy", title_cy="Croeso")
    (line,) = carry_out(by(translator), translated(sent_to(editor), title="Helo")).lines
    assert line.reason == "language"
    PageEdition.objects.update(first_language="", title_cy="")
    assert everything() == before
    others = {"source-moved", "target-moved", "placeholders"}
    assert {*met, "language"} | others == set(REASONS)


def test_a_published_or_closed_text_is_unknown_and_untouched(translator: User, editor: User) -> None:
    page = page_of(title_cy="Croeso", body_cy=CY)
    case = CaseStudyFactory.create(status="editing", edition__agreed=False, edition__about_cy="", edition__pictures=1)
    EditionPicture.objects.update(alt_cy="")
    Agreement.objects.all().delete()
    file = sent_to(translator)
    assert {unit.field for unit in file.units} >= {"title", "body", "about", "alt"}
    agree_all(obj=page, how=How.SPEAKER)
    put_live(working=page, actor=Actor(Role.EDITOR, editor))
    type(case).objects.filter(pk=case.pk).update(status="with_contributor")
    came = File(
        "en",
        "cy",
        tuple(unit for unit in read(write(file).replace(b"</source>", b"</source><target>Newydd</target>")).units),
    )
    before = everything()
    plan = carry_out(by(translator), came)
    assert {line.reason for line in plan.lines} == {"unknown"}
    assert {line.thing for line in plan.lines} == {None}
    assert everything() == before


def test_hostile_mark_up_is_cleaned_on_the_way_in(translator: User) -> None:
    edition = page_of()
    bad = '<p onclick="x()">Da<script>alert(1)</script><a href="javascript:x()">yma</a></p>\0'
    carry_out(by(translator), translated(sent_to(translator), body=bad, title="Da\u202e\0"))
    after = PageEdition.objects.get(pk=edition.pk)
    assert (after.body_cy, after.title_cy) == (clean_prose(bad), "Da")
    assert "script" not in str(after.body_cy)


def test_rows_of_a_case_study_and_its_findings(translator: User) -> None:
    case = CaseStudyFactory.create(status="editing", edition__agreed=False, edition__about_cy="", edition__pictures=1)
    EditionPicture.objects.update(alt_cy="")
    Agreement.objects.all().delete()
    file = translated(sent_to(translator), about="<p>Ffoniwch 07700 900123.</p>", alt="Silff")
    assert not Finding.objects.exists()
    plan = carry_out(by(translator), file)
    assert said(plan) == {"about": ("new", "", True), "alt": ("new", "", True)}
    picture = EditionPicture.objects.get()
    assert (picture.alt_cy, states_of(picture)["alt"].state) == ("Silff", State.IN_STEP)
    assert Finding.objects.filter(case_study=case).count() == 1


def test_words_of_messages(translator: User, editor: User) -> None:
    wording = wording_of("accepted")
    wording.body_en = f"Thank you, {{name}}.\n\n{standard('accepted', 'en').body}"
    stored = save_wording(wording=wording, version=0, by=editor)
    file = sent_to(translator)
    assert [(unit.model, unit.field, unit.is_html) for unit in file.units] == [
        ("correspondence.wording", "body", False)
    ]
    (line,) = carry_out(by(translator), translated(file, body="Diolch, {enw}.")).lines
    assert (line.verdict, line.reason) == (Verdict.UNFIT, "placeholders")
    welsh = f"Diolch, {{name}}.\n\n{standard('accepted', 'cy').body}"
    assert said(carry_out(by(translator), translated(file, body=welsh))) == {"body": ("new", "", True)}
    assert (Wording.objects.get(pk=stored.pk).version, in_force("accepted")["cy"].body) == (stored.version + 1, welsh)


def test_ready_made_reasons(administrator: User) -> None:
    words = {"title_cy": "Byr", "title_en": "Short", "text_cy": "Rhy fyr.", "text_en": "Too short."}
    reason = ReadyReason.objects.create(move=REASONED[0], **words)
    agree_all(obj=reason, how=How.SPEAKER)
    ReadyReason.objects.filter(pk=reason.pk).update(text_en="Far too short.")
    if not admin.site.is_registered(ReadyReason):
        assert sent_to(administrator).units == ()
        return
    file = translated(sent_to(administrator), text="Llawer rhy fyr.")
    assert said(carry_out(by(administrator), file)) == {"text": ("new", "", True)}
    after = ReadyReason.objects.get(pk=reason.pk)
    assert (after.text_cy, after.version, after.updated_by) == ("Llawer rhy fyr.", 1, administrator)
    assert states_of(after)["text"].state == State.IN_STEP


def test_covers_of_works_are_for_those_who_may_change_works(translator: User, editor: User) -> None:
    work = WorkFactory.create(cover=PictureFactory.create(), cover_alt_en="A book")
    assert sent_to(translator).units == ()
    assert said(carry_out(by(editor), translated(sent_to(editor), cover_alt="Llyfr"))) == {
        "cover_alt": ("new", "", True)
    }
    assert Work.objects.get(pk=work.pk).cover_alt_cy == "Llyfr"


def test_the_second_of_two_hands_is_refused_for_that_thing_only(
    translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody stores one of two pages between our look and our write."""
    edition, other = page_of(), page_of()
    file = translated_all(sent_to(translator))
    looked = plan_import(by(translator), file)
    changed(edition, title_en="Else")
    monkeypatch.setattr("desk.xliff.carrying.plan_import", lambda request, file: looked)
    plan = carry_out(by(translator), file)
    assert [(line.verdict, line.reason) for line in plan.lines] == [(Verdict.STALE, "target-moved")] * 2 + [
        (Verdict.NEW, "")
    ] * 2
    assert (PageEdition.objects.get(pk=edition.pk).title_cy or "", PageEdition.objects.get(pk=other.pk).title_cy) == (
        "",
        "Cymraeg",
    )


def translated_all(file: File) -> File:
    return read(write(file).replace(b"</source>", b"</source><target>Cymraeg</target>"))


@pytest.mark.parametrize("version", Version)
def test_what_goes_out_comes_back_the_same(version: Version, editor: User, amount: Callable[[int, int], int]) -> None:
    """Any text that the site can hold: out, back, and nothing moved; and any translation that comes is what stands here then."""
    edition = page_of()

    @settings(max_examples=amount(12, 500), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=80), st.text(max_size=80))
    def comes_back(source: str, target: str) -> None:
        source, target = clean_prose(f"<p>A {source}</p>"), clean_prose(f"<p>B <em>{target}</em></p>")
        PageEdition.objects.filter(pk=edition.pk).update(body_en=source, body_cy=target)
        Agreement.objects.all().delete()
        file = sent_to(editor, waiting=False)
        again = read(write(file, version))
        assert again == file
        before = everything()
        assert all(line.verdict in (Verdict.SAME, Verdict.MISSING) for line in carry_out(by(editor), again).lines)
        assert everything() == before
        PageEdition.objects.filter(pk=edition.pk).update(body_cy="")
        file = translated(sent_to(editor), body=target)
        carry_out(by(editor), read(write(file, version)))
        after = PageEdition.objects.get(pk=edition.pk)
        assert (after.body_en, after.body_cy) == (source, target)

    comes_back()


# --- the pages ------------------------------------------------------------------------------------------------------------


def upload(data: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("cy.xlf", data)}


def test_who_may_come_to_the_pages(translator: User, editor: User, client_of: Browse) -> None:
    outsider = User.objects.create_user(email="clerk@example.org", password="x", is_staff=True)
    for address in (QUEUE, BACK):
        codes = [client_of(person).get(address).status_code for person in (translator, editor, outsider)]
        assert codes == [200, 200, 403]
        assert client_of(outsider).post(address, {"_all": "1", "to": "cy"}).status_code == 403
    assert QUEUE in client_of(translator).get(reverse("admin:index")).content.decode()


def test_the_whole_queue_or_what_is_chosen_or_nothing(translator: User, client_of: Browse) -> None:
    one, two = page_of(), page_of(title_en="Cookies and more")
    browser = client_of(translator)
    lines = browser.get(QUEUE).context["lines"]
    assert [(line.texts, line.words) for line in lines] == [(2, 6), (2, 8)]  # the one that has waited longer first
    asked = {"to": "cy", "version": "2.0", "scope": "waiting"}
    whole = browser.post(QUEUE, {**asked, "_all": "1"})
    assert whole["Content-Disposition"] == 'attachment; filename="en-cy.xlf"'
    assert read(whole.content) == sent_to(translator)
    assert {unit.key for unit in read(whole.content).units} == {str(one.content.uuid), str(two.content.uuid)}
    chosen = browser.post(QUEUE, {**asked, "version": "1.2", "text": f"pages.pageedition:{one.content.uuid}"})
    assert b'version="1.2"' in chosen.content
    assert {unit.key for unit in read(chosen.content).units} == {str(one.content.uuid)}
    for nothing in ({}, {"text": "pages.pageedition:0"}):
        answer = browser.post(QUEUE, {**asked, **nothing})
        assert messages_of(answer) == ["Nothing is chosen, so there is no file."]


def test_a_file_is_looked_at_then_written(translator: User, client_of: Browse) -> None:
    edition = page_of()
    file = translated(sent_to(translator), title="Croeso", body=CY)
    changed(edition, title_en="Else")
    browser, before = client_of(translator), everything()
    looked = browser.post(BACK, upload(write(file)))
    assert said(looked.context["plan"]) == {"title": ("stale", "source-moved", False), "body": ("new", "", True)}
    assert everything() == before
    page = looked.content.decode()
    assert "has been changed since" in page
    assert "Croeso cynnes a mwy." in page

    switched = browser.post(BACK, {"data": looked.context["data"], "_language": "cy"})
    assert switched.context["plan"].counts == looked.context["plan"].counts
    assert '<html lang="cy"' in switched.content.decode()
    assert everything() == before
    User.objects.filter(pk=translator.pk).update(language="en")

    done = browser.post(BACK, {"data": looked.context["data"]})
    assert messages_of(done) == ["1 text was written. That both languages match was recorded for 1 text."]
    assert [verdict for verdict, _lines in done.context["groups"]] == [Verdict.STALE]
    assert PageEdition.objects.get(pk=edition.pk).body_cy == CY
    again = browser.post(BACK, upload(write(replace(file, units=file.units[1:]))))
    assert again.context["plan"].changes_nothing


HOSTILE = {
    "an entity bomb": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xliff>&b;</xliff>',
    "an external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>',
    "a foreign file": b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" '
    b'target-language="cy"><body><trans-unit id="1"><source>a</source></trans-unit></body></file></xliff>',
    "no file": b"",
}


@pytest.mark.parametrize("name", [*HOSTILE, "one cut short", "one too big"])
def test_bad_files_are_refused_with_nothing_changed(
    name: str, translator: User, client_of: Browse, tmp_path: Path
) -> None:
    page_of()
    good = write(translated(sent_to(translator), body=CY))
    data = HOSTILE.get(name, good[:-20] if name == "one cut short" else good + b" " * MOST_BYTES)
    browser, before = client_of(translator), everything()
    answer = browser.post(BACK, upload(data))
    assert answer.context["form"].errors["file"]
    assert browser.post(BACK, {"data": base64.b64encode(data[:300]).decode()}).status_code == 302
    (tmp_path / "good.xlf").write_bytes(good)
    (tmp_path / "bad.xlf").write_bytes(data)
    with pytest.raises(CommandError):
        call_command("import_xliff", tmp_path / "good.xlf", tmp_path / "bad.xlf", by=translator.email)
    assert everything() == before


@pytest.mark.parametrize("data", ["", "%%%", "é", "AAAA", "A" * 5])
def test_data_that_is_none(data: str, translator: User, client_of: Browse) -> None:
    assert client_of(translator).post(BACK, {"data": data}).status_code == 302


# --- the commands ---------------------------------------------------------------------------------------------------------


def run(name: str, *args: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


def test_out_and_in_by_command(translator: User, tmp_path: Path) -> None:
    edition, other, file = page_of(), page_of(), tmp_path / "cy.xlf"
    options = {"to": "cy", "by": translator.email, "json": True}
    key = f"pages.pageedition:{edition.content.uuid}"
    facts = json.loads(run("export_xliff", file, only=[key], xliff="1.2", **options))
    assert facts == {"file": str(file), "texts": 2, "things": [key]}
    file.write_bytes(write(translated(read(file.read_bytes()), title="Croeso"), Version.V1))

    before = everything()
    tried = json.loads(run("import_xliff", file, by=translator.email, json=True, dry_run=True))
    assert (tried["written"], everything()) == (False, before)
    done = json.loads(run("import_xliff", file, by=translator.email, json=True))
    assert done["written"] is True
    (facts,) = done["files"]
    assert facts == {**tried["files"][0]}
    assert facts["counts"] == {verdict.value: int(verdict == Verdict.NEW) for verdict in Verdict}
    assert facts["texts"] == [
        {"model": "pages.pageedition", "key": str(edition.content.uuid), "field": "title", "verdict": "new", "reason": "", "agreed": True}
    ]  # fmt: skip
    assert PageEdition.objects.get(pk=edition.pk).title_cy == "Croeso"
    assert not PageEdition.objects.get(pk=other.pk).title_cy
    again = run("import_xliff", file, by=translator.email)
    assert "1 the same" in again


@pytest.mark.parametrize(
    ("name", "args", "options"),
    [
        ("export_xliff", ["{tmp}/a.xlf"], {"to": "cy", "by": "nobody@example.org"}),
        ("export_xliff", ["{tmp}/a.xlf"], {"to": "en"}),
        ("export_xliff", ["{tmp}/a.xlf"], {"to": "cy", "only": ["pages.pageedition:0"]}),
        ("export_xliff", ["{tmp}/none/a.xlf"], {"to": "cy"}),
        ("import_xliff", ["{tmp}/none.xlf"], {}),
    ],
)
def test_what_cannot_be_done_by_command(
    name: str, args: list[str], options: dict[str, Any], translator: User, tmp_path: Path
) -> None:
    page_of()
    before = everything()
    with pytest.raises(CommandError):
        run(name, *[one.format(tmp=tmp_path) for one in args], **{"by": translator.email, **options})
    assert everything() == before
    assert list(tmp_path.iterdir()) == []
