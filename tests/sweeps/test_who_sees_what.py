"""Every address × every person × both languages: what it answers, in which language, and what it must not show."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from casestudies.joinin.steps import BY_KEY, STEPS
from foundation.people.models import User
from foundation.signin.models import Invitation
from tests.factories import HallmarkFactory
from tests.public.reading import read
from tests.sweeps.addresses import address_of, patterns
from tests.sweeps.expectations import JOIN_IN
from tests.sweeps.trying import Try, all_tries
from tests.sweeps.world import (
    ELSEWHERE,
    PUBLIC,
    STATES,
    UNSENT,
    Person,
    World,
    browser,
    contributor,
    make_world,
    person_word,
    staff,
    story_word,
)

pytestmark = [pytest.mark.django_db, pytest.mark.soak, pytest.mark.once, pytest.mark.no_cover]
LANGUAGES = ("cy", "en")
OF_A_STORY = {"picture", "evidence"}
BY_STATE = {*OF_A_STORY, *JOIN_IN} - {"joinin:ask"}  # they depend on the state of the contributor's own case study


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_every_pattern_has_a_row(world: World) -> None:
    tries = all_tries(world)
    assert {one.name for one in tries} == set(patterns())
    assert [(one.name, one.label) for one in tries if len(one.letters) not in (5, 15)] == []


def hidden_from(person: Person, one: Try) -> set[str]:
    """The words that an answer at this address may not hold for this person."""
    drafts = {word(state) for state in UNSENT for word in (story_word, person_word)}
    people = {person_word(state) for state in STATES}
    everything = drafts | people | {story_word(state) for state in STATES} | {ELSEWHERE}
    if person.role == "contributor" and one.name not in ("joinin:headteacher", "joinin:credit"):
        own = {story_word(person.state), person_word(person.state)}
        return everything - own - ({ELSEWHERE} if one.name == "joinin:proof" else set())  # with the works it lists
    if one.name in ("joinin:headteacher", "joinin:credit") and one.label in STATES:  # the link tells who looks
        told = {story_word(one.label), ELSEWHERE} if one.name == "joinin:headteacher" else {story_word(one.label)}
        return everything - {person_word(one.label)} - (told if one.label not in PUBLIC else set())
    if not one.name.startswith("admin") or person.role == "anonymous":
        return everything
    return drafts | people if person.role == "translator" else drafts


def language_said(one: Try, language: str) -> str:
    return str(one.kwargs["language"]) if one.name.endswith("_preview") else language


def text_of_pdf(content: bytes) -> str:
    """What a poster says, and what it says of itself: its bytes are compressed."""
    file = PdfReader(BytesIO(content))
    return " ".join([*(page.extract_text() for page in file.pages), str(file.metadata)])


def problems_of(person: Person, one: Try, language: str) -> list[str]:
    """What is wrong with the answer that this person gets; nothing, where it is as the table says."""
    address = address_of(one.name, language, one.kwargs) + one.query
    person.client.cookies.pop("admin_language", None)  # kept by a page that a message leads to
    answer: Any = person.client.get(address, headers={"accept-language": language})
    letter, found = one.letter_for(person), []
    if answer.status_code != one.status_for(person):
        found.append(
            f"answers {answer.status_code}, not {one.status_for(person)}: {answer.headers.get('Location', '')}"
        )
    if letter in "LR" and answer.status_code == 302:
        to_sign_in = answer.headers["Location"].startswith("/admin/login/")
        if to_sign_in != (letter == "L"):
            found.append(f"leads to {answer.headers['Location']}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_page = answer.headers.get("Content-Type", "").startswith("text/html") and content
    named = address.startswith(("/cy/", "/en/"))
    if is_page and (answer.status_code == 200 or named):
        said = re.findall(rb'<html[^>]* lang="([a-z-]*)"', content)
        if said != [language_said(one, language).encode()]:
            found.append(f"says it is in {said}")
    if not answer.streaming:
        text = (text_of_pdf(content) if content.startswith(b"%PDF-") else content.decode()).casefold()
        found += [f"shows {word}" for word in sorted(hidden_from(person, one)) if word in text]
    return [f"{person} at {address} ({one.name}, {one.label}): {problem}" for problem in found]


def test_every_address_for_everybody_in_both_languages(
    world: World, amount: Callable[[int, int], int], figure: Callable[..., None]
) -> None:
    contributors = [contributor(world, state) for state in STATES]
    people = [Person("anonymous", browser()), contributors[STATES.index("in_review")], *staff().values()]
    seen: set[tuple[str, str, str]] = set()
    tried, problems, everything = 0, [], bool(amount(0, 1))
    for language in LANGUAGES:
        User.objects.update(language=language)
        Invitation.objects.update(language=language)
        for one, person in _combinations(world, people, contributors, everything=everything, language=language):
            problems += problems_of(person, one, language)
            seen.add((one.name, person.role, language))
            tried += 1
    figure("who sees what", tried, "combinations")
    print(f"{tried} combinations of address, object, person and language; {len(patterns())} patterns")  # noqa: T201
    assert "\n".join(problems) == ""
    assert len({(name, role) for name, role, _language in seen}) == len(patterns()) * 5
    if everything:
        assert len(seen) == len(patterns()) * 5 * 2
    assert tried > amount(1200, 3700)


def _combinations(
    world: World, people: list[Person], contributors: list[Person], *, everything: bool, language: str
) -> Iterator[tuple[Try, Person]]:
    """Every address for everybody. In `make test` each in one of the languages, in turn, and of an address of many objects two
    and then every fifth."""
    turns: Counter[tuple[str, str]] = Counter()
    for one in all_tries(world):
        asking = [person for person in people if one.name not in OF_A_STORY or person.role != "contributor"]
        if one.name in BY_STATE or everything:
            asking += [person for person in contributors if person not in asking]
        for person in asking:
            turns[one.name, person.role] += 1
            turn = turns[one.name, person.role]
            in_turn = turns.total() % 2 == LANGUAGES.index(language) and (turn < 3 or turn % 5 == 0)
            if everything or in_turn:
                own = one.name not in OF_A_STORY or person.role != "contributor" or one.label.split()[0] == person.state
                yield (one if own else _as_a_stranger(one)), person


def _as_a_stranger(one: Try) -> Try:
    """A picture for a contributor who has another story: what anybody gets."""
    return Try(one.name, one.label, one.letters[0] * 5, one.kwargs)


# --- every public page has its twin -----------------------------------------------------------------------------------------


def structure(answer: Any) -> list[str]:
    """The headings in order, how many links, lists and pictures there are, and the fields of each form."""
    page = read(answer)
    fields = [
        e.attributes.get("name", "") for e in page.elements if e.name in {"input", "select", "textarea", "button"}
    ]
    return [*page.outline(), f"form:{len(page.all('form'))}", *sorted(fields)]


def test_every_public_page_of_the_starter_content_has_a_twin(client: Client) -> None:
    call_command("load_starter_content", stdout=StringIO())
    sitemap = client.get("/sitemap.xml").content.decode()
    pairs = [
        tuple(re.findall(rf'hreflang="{code}" href="http://testserver([^"]+)"', entry)[0] for code in LANGUAGES)
        for entry in re.findall(r"<url>.*?</url>", sitemap, re.DOTALL)
    ]
    twins = sorted(set(pairs))
    assert len(pairs) == 2 * len(twins)
    lists = {pair for pair in twins if pair[1] in ("/en/case-studies/", "/en/references/")}
    for query in ("?page=2", "?phase=primary", "?hallmark=3&medium=welsh", "?page=nine"):
        twins += [(cy + query, en + query) for cy, en in lists]
    twins += [(address_of("joinin:ask", "cy", {}), address_of("joinin:ask", "en", {}))]
    different = [pair for pair in twins if not _alike(client, *pair)]
    print(f"{len(twins)} pairs of pages")  # noqa: T201
    assert different == []
    assert len(twins) > 5 + 8 + 14 + 5 + 8


def _alike(client: Client, cy: str, en: str) -> bool:
    welsh, english = client.get(cy), client.get(en)
    if (welsh.status_code, english.status_code) != (200, 200):
        return False
    if english.request["PATH_INFO"] == "/en/references/":  # the alphabets differ: the works are counted
        return len(read(welsh).all("li", class_="reference")) == len(read(english).all("li", class_="reference")) > 0
    return structure(welsh) == structure(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_form_have_twins(language: str) -> None:
    HallmarkFactory.create(number=1)
    client = browser()
    client.post(address_of("joinin:start", language, {}))
    for key, answer in (("writing", "both"), ("kind", "cluster"), ("hallmarks", "1")):
        client.post(BY_KEY["setting" if key == "kind" else key].address(language), {key: answer})
    for step in STEPS:
        welsh, english = client.get(step.address("cy")), client.get(step.address("en"))
        assert (welsh.status_code, english.status_code) == (200, 200)
        assert structure(welsh) == structure(english), step.key
