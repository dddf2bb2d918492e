"""Every page keeps the strict content-security policy. The pages of the admin are inspected as they are walked through."""

from typing import Any

import pytest
from django.http import HttpResponse

from tests.sweeps.addresses import address_of
from tests.sweeps.policy import POLICY, breaches
from tests.sweeps.trying import all_tries
from tests.sweeps.world import Person, browser, contributor, make_world

pytestmark = pytest.mark.page


@pytest.mark.django_db
@pytest.mark.soak
@pytest.mark.no_cover
def test_every_page_of_readers_and_schools_keeps_the_policy() -> None:
    world = make_world()
    people = [Person("anonymous", browser()), contributor(world, "draft"), contributor(world, "published")]
    found, seen = [], set()
    for one in all_tries(world):
        for person in people:
            known = (one.name, one.label if one.name == "joinin:step" else "", person.state)
            if one.name.startswith("admin") or known in seen or one.letter_for(person) != "I":
                continue
            seen.add(known)
            address = address_of(one.name, "cy", one.kwargs)
            answer: Any = person.client.get(address)
            if answer.streaming:
                answer.close()
            elif answer.headers["Content-Type"].startswith("text/html"):
                found += [f"{address}: {breach}" for breach in breaches(answer)]
    assert found == []
    assert len(seen) > 60


@pytest.mark.parametrize(
    ("markup", "breach"),
    [
        ('<script src="/a.js"></script><style nonce="n">p {}</style><script nonce="n">a()</script>', []),
        ('<script type="application/json">{}</script><img src="data:image/png;base64,AA">', []),
        ('<link rel="canonical" href="https://example.org/">', []),
        ("<script>a()</script>", ["<script> without the nonce"]),
        ('<script nonce="m">a()</script>', ["<script> without the nonce"]),
        ("<style>p {}</style>", ["<style> without the nonce"]),
        ('<p style="color: red">', ["<p style>"]),
        ('<a onclick="a()">', ["<a onclick>"]),
        ('<a href="javascript:a()">', ["<a> leads to javascript:a()"]),
        ('<script src="https://example.org/a.js"></script>', ["<script> from https://example.org/a.js"]),
        ('<link rel="stylesheet" href="//example.org/a.css">', ["<link> from //example.org/a.css"]),
        ('<img src="http://example.org/a.png">', ["<img> from http://example.org/a.png"]),
        ('<form action="https://example.org/">', ["<form> from https://example.org/"]),
        ("<iframe>", ["<iframe>"]),
    ],
)
def test_a_breach_is_seen(markup: str, breach: list[str]) -> None:
    policy = "; ".join(" ".join([name, *sorted(sources)]) for name, sources in POLICY.items())
    policy = policy.replace("script-src 'self'", "script-src 'self' 'nonce-n'")
    answer = HttpResponse(markup, headers={"Content-Security-Policy": policy})
    assert breaches(answer) == breach

    loose = HttpResponse(markup, headers={"Content-Security-Policy": policy.replace("data:", "data: *")})
    assert breaches(loose)[0].startswith("policy: ")
