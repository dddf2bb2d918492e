"""The answers of a whole story, and a browser at a school that gives them page by page."""

import re
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from casestudies.joinin.access import SESSION_KEY
from casestudies.joinin.journey import changing
from casestudies.joinin.steps import BY_KEY, STEPS
from casestudies.models import AccessLink, CaseStudy
from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message
from foundation.correspondence.rendering import render

Answers = dict[str, dict[str, Any]]
#: The pages whose answers send something to the contributor.
BY_THE_PERSON = ("language", "you")


def words_for(languages: list[str]) -> Answers:
    """The answers to the pages of the story itself, in these languages."""
    sections = ("about", "context", "activity", "impact", "evidence", "sharing")
    return {
        "title": {f"title_{one}": f"Darllen / Reading ({one})" for one in languages}
        | {f"summary_{one}": f"Crynodeb / Summary ({one})" for one in languages},
        **{key: {f"{key}_{one}": f"Un: {key} ({one})\n\nDau: {key}" for one in languages} for key in sections},
    }


def answers(writing: str = "both", language: str = "en") -> Answers:
    """Right answers to every page but the pictures. One is not asked: that of the schools of a cluster."""
    languages = ["cy", "en"] if writing == "both" else [writing]
    return {
        "language": {"language": language},
        "you": {"name": "Nia Prysor-Unigryw", "role": "Pennaeth", "email": "nia@ysgol.example"},
        "setting": {
            "setting_name_cy": "Ysgol Cwm Enghraifft",
            "setting_name_en": "",
            "kind": "school",
            "phase": "primary",
            "medium": "welsh",
            "authority": "gwynedd",
        },
        "hallmarks": {"hallmarks": ["2", "1"]},
        "writing": {"writing": writing},
        "how": {f"how_{one}-2": f"Sut / How ({one})" for one in languages},
        **words_for(languages),
        "references": {"typed": "Estyn (2017) Adroddiad enghreifftiol\n\n Rhywun (2020)  Llyfr "},
        "pictures": {},
        "people": {"name-1": "Gwen Enwog-Unigryw", "role-1": "Athrawes", "email-1": "gwen@ysgol.example"},
        "permissions": {"is_headteacher": "yes", "headteacher": "on", "licence": "on", "privacy": "on"},
    }


def address(name: str, language: str = "en", **kwargs: Any) -> str:
    with speaking(language):
        return reverse(f"joinin:{name}", kwargs=kwargs)


def step(key: str, language: str = "en") -> str:
    return BY_KEY[key].address(language)


class School:
    """A browser at a school."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client()
        self.language = language

    def start(self) -> CaseStudy:
        self.client.post(address("start", self.language))
        return self.case

    @property
    def case(self) -> CaseStudy:
        return CaseStudy.objects.select_related("draft").order_by("-pk")[0]

    def get(self, name: str, **kwargs: Any) -> Any:
        return self.client.get(address(name, self.language, **kwargs))

    def post(self, name: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """To a page of its own, with the version the school was looking at."""
        data = {"version": self.case.version, **(data or {})}
        return self.client.post(address(name, self.language, **kwargs), data)

    def answer(self, key: str, data: dict[str, Any], query: str = "") -> Any:
        return self.client.post(step(key, self.language) + query, data)

    def walk(self, given: Answers | None = None) -> CaseStudy:
        """Start, and answer every page in turn."""
        given = given or answers()
        self.start()
        for one in STEPS:
            if one.key in given:
                self.answer(one.key, given[one.key])
        return self.case

    def fill(self, given: Answers | None = None) -> CaseStudy:
        """The same story, sooner: by hand only the pages that bring a link, what the others ask straight into the draft."""
        given = given or answers()
        self.start()
        for key in BY_THE_PERSON:
            self.answer(key, given[key])
        with speaking(self.language), transaction.atomic():
            journey = changing(self.case)
            for one in STEPS:
                if one.key in given and one.key not in BY_THE_PERSON:
                    journey.take(one, QueryDict(urlencode(given[one.key], doseq=True)))
                    journey.judge(one)
            journey.keep()
        return self.case

    def send(self) -> Any:
        return self.post("check")


def link_in(message: Message) -> str:
    """The path of the first link in a message as it goes out now."""
    found = re.search(r"https?://[^/\s]+(/\S+)", render(message).text)
    assert found
    return found[1]


def confirm(school: School) -> CaseStudy:
    """Follow the link in the message that asks for it."""
    school.client.post(link_in(Message.objects.get(kind="confirm-address")))
    return school.case


def opened(case: CaseStudy) -> Client:
    """A browser that has followed a link to `case`."""
    client = Client()
    client.post(address("link", token=AccessLink.mint(case, "open", case.contributor.email)))
    assert client.session[SESSION_KEY]["uuid"] == str(case.uuid)
    return client
