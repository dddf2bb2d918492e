"""What has to be true of a site once everything is quiet, read from its database and from the mail that went out."""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from PIL import Image

from casestudies.vocabulary import Status
from casestudies.workflow import rules
from tests.soak.site import Site, wait_until
from tests.soak.story import Story, plain, stored

Row = dict[str, Any]
UNSENT = "SELECT id FROM correspondence_message WHERE state = 'queued'"
READY = "SELECT id FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"


def let_the_worker_finish(site: Site) -> None:
    wait_until(lambda: not site.rows(UNSENT) and not site.rows(READY), "every message is sent")


def nothing_failed(site: Site, worker_kills: int) -> None:
    """No task and no job failed; a task that is said to run for ever is one that a worker died with."""
    states = Counter(row["status"] for row in site.rows("SELECT status FROM django_tasks_database_dbtaskresult"))
    assert set(states) <= {"SUCCESSFUL", "RUNNING"}
    assert states["RUNNING"] <= worker_kills
    assert {row["error"] for row in site.rows("SELECT error FROM clock_job")} == {""}


def cases_of(site: Site) -> dict[str, Row]:
    """Reference → the case study, with its log as `log`."""
    cases = {row["reference"]: row | {"log": []} for row in site.rows("SELECT * FROM casestudies_casestudy")}
    by_uuid = {plain(case["uuid"]): case for case in cases.values()}
    for event in site.rows("SELECT * FROM record_event WHERE kind = 'case-study' ORDER BY id"):
        by_uuid[plain(event["subject"])]["log"].append(event)
    return cases


def log_and_state_agree(cases: Iterable[Row]) -> None:
    """The lines of each log form a chain, which ends in the state that the case study is in."""
    for case in cases:
        moves = [event for event in case["log"] if event["to_state"]]
        assert moves, f"{case['reference']} has no log"
        assert moves[0]["from_state"] == ""
        for before, after in pairwise(moves):
            assert after["from_state"] == before["to_state"], (case["reference"], before, after)
        assert moves[-1]["to_state"] == case["status"], (case["reference"], moves[-1])


def log_and_messages_agree(site: Site, cases: Iterable[Row]) -> None:
    """Each event that somebody must be told of has exactly one message of its kind; no message is there without reason."""
    told = Counter((row["event_id"], row["kind"]) for row in site.rows("SELECT * FROM correspondence_message"))
    links = {kind: count for (event, kind), count in told.items() if event is None}
    assert set(links) <= {"draft-link"}
    wanted = Counter((event["id"], kind) for case in cases for event in case["log"] if (kind := kind_for(event)))
    assert {key: count for key, count in told.items() if key[0] is not None} == wanted


def kind_for(event: Row) -> str:
    """The kind of message that goes out for an event, or ""."""
    if event["code"] == "credit-told":
        return "credit-told"
    rule = rules().get(event["code"])
    kind = rule.tells if rule else ""
    if kind == "sent":
        return "confirm-address" if event["to_state"] == Status.AWAITING_CONFIRMATION else "received"
    return kind


def mail_agrees(site: Site) -> int:
    """Every message stands in the mail, and nothing else does. How many mails are there more than once."""
    messages = {plain(row["id"]): row for row in site.rows("SELECT * FROM correspondence_message")}
    mailed = Counter(plain(mail["Message-ID"]) for mail in site.mails())
    assert {row["state"] for row in messages.values()} <= {"sent"}
    assert set(mailed) == set(messages)
    for key, times in mailed.items():
        assert times <= messages[key]["attempts"], f"{times} mails in {messages[key]['attempts']} attempts"
        assert messages[key]["lease_until"] is None
    return sum(mailed.values()) - len(mailed)


def story_is_whole(site: Site, story: Story, case: Row) -> None:
    """Every step that was taken left its line in the log, once; and every word that was said to be saved is there."""
    assert [event["code"] for event in case["log"]] == story.log, story.reference
    snapshots = site.rows(
        f"SELECT * FROM casestudies_snapshot WHERE case_study_id = {case['id']} ORDER BY number"  # noqa: S608
    )
    assert [row["number"] for row in snapshots] == list(range(1, len(story.sent) + 1))
    for snapshot, sent in zip(snapshots, story.sent, strict=True):
        told = document(snapshot["story"])
        assert stored(sent).items() <= told.items()
        assert [picture["alt_cy"] for picture in told["pictures"]] == [f"Silff [{story.number}]"]
    editions = site.rows(f"SELECT * FROM casestudies_casestudyedition WHERE content_id = {case['id']}")  # noqa: S608
    assert [row["stage"] for row in editions] == expected_editions(story)
    for edition in editions if story.sent else []:
        assert (stored(story.sent[-1]) | story.english).items() <= edition.items()
    drafts = site.rows(f"SELECT * FROM casestudies_draft WHERE case_study_id = {case['id']}")  # noqa: S608
    assert len(drafts) == ("accept" not in story.stages)
    for draft in drafts:
        answers = document(draft["answers"])
        for key, typed in story.saved.items():
            if key == "people" and story.sent:
                continue  # they stand in rows of their own from then on
            assert typed.items() <= answers[key].items(), (story.reference, key)


def expected_editions(story: Story) -> list[str]:
    """There is one from the first picture on."""
    if not {"fill", "send"} & set(story.stages):
        return []
    return ["live"] if "publish" in story.stages else ["working"]


def document(stored_json: Any) -> dict[str, Any]:
    """A JSON column: PostgreSQL's driver reads it, SQLite's does not."""
    found: dict[str, Any] = json.loads(stored_json) if isinstance(stored_json, str) else stored_json
    return found


def pictures_are_there(site: Site) -> None:
    """Every picture that the database knows is in the folder, in both sizes, whole, and belongs to a story."""
    pictures = site.rows("SELECT * FROM files_picture")
    for picture in pictures:
        for name in (picture["full"], picture["small"]):
            with Image.open(site.folder / "files" / name) as image:
                image.load()
    used = {row["picture_id"] for row in site.rows("SELECT * FROM casestudies_editionpicture")}
    assert used == {picture["id"] for picture in pictures}


def started_twice(cases: dict[str, Row], stories: list[Story]) -> list[Row]:
    """Drafts that nobody knows of: begun by a request that got no answer. There is nothing in them."""
    unknown = [case for reference, case in cases.items() if reference not in {story.reference for story in stories}]
    assert [(case["status"], [event["code"] for event in case["log"]]) for case in unknown] == [
        ("draft", ["start"])
    ] * len(unknown)
    return unknown
