"""Web server and worker are killed at random moments while stories are sent and moved: nothing acknowledged is lost."""

import os
import random
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.soak import truth
from tests.soak.browser import Browser
from tests.soak.site import Reaper, Site
from tests.soak.story import STAGES, Story

pytestmark = [pytest.mark.soak, pytest.mark.once, pytest.mark.no_cover]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site on the kind of database that these tests are run on."""
    server = os.environ["DATABASE_URL"]
    with Site(tmp_path, server if server.startswith("postgres") else "") as made:
        yield made


def test_what_was_acknowledged_survives_kills(
    site: Site, amount: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    """`KILL_SEED` in the environment repeats the draws of an earlier run; `KILLS` says how many there are."""
    seed = int(os.environ.get("KILL_SEED") or secrets.randbelow(2**31))
    say(f"KILL_SEED={seed}")
    kills = int(os.environ.get("KILLS") or amount(10, 200))
    reaper = Reaper(site, random.Random(seed), kills, share=0.2)
    stories = walk_until_killed(reaper)
    truth.let_the_worker_finish(site)
    truth.nothing_failed(site, reaper.done["worker"])
    cases = truth.cases_of(site)
    truth.log_and_state_agree(cases.values())
    truth.log_and_messages_agree(site, cases.values())
    for story in stories:
        truth.story_is_whole(site, story, cases[story.reference])
    assert len(truth.started_twice(cases, stories)) <= reaper.unanswered
    truth.pictures_are_there(site)
    twice = truth.mail_agrees(site)
    assert twice <= reaper.done["worker"]
    assert reaper.times == kills
    for name, value in {
        "kills": kills, "of the web server": reaper.done["web"], "of the worker": reaper.done["worker"],
        "requests left unanswered": reaper.unanswered, "stories": len(stories), "mails sent twice": twice,
    }.items():  # fmt: skip
        say(f"{name}: {value}")
        figure(f"Kill test: {name}", value)


def say(line: str) -> None:
    """For whoever looks at a run that failed, or at the full size."""
    sys.stdout.write(f"{line}\n")


def walk_until_killed(reaper: Reaper) -> list[Story]:
    """Walk one story after another until the last kill. Every third is left where chance will have it."""
    stories: list[Story] = []
    desk = Browser(reaper, "192.0.2.254")
    while reaper.left or len(stories) < 2:
        story = Story(reaper, len(stories), desk)
        story.walk(reaper.rng.choice(list(STAGES)) if len(stories) % 3 == 1 else "publish")
        stories.append(story)
    return stories
