"""A person's browser, over real HTTP, in whose requests things may be killed."""

import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.soak.site import Reaper

Typed = Mapping[str, str | list[str]]


class Unanswered(Exception):
    """No whole answer came: the request may have been carried out or not."""


@dataclass
class Form:
    """A form as it stands on a page: what a browser would send of it, and the boxes that could be ticked."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def is_redirect(self) -> bool:
        return self.status == 302

    def form(self, name: str) -> Form:
        """The form on the page in which there is a field with this name."""
        reader = _Reader()
        reader.feed(self.text)
        found = [form for form in reader.forms if name in form.fields or name in form.boxes]
        assert found, f"no form with {name}: {self.status} {self.location}\n{self.text}"
        return found[0]

    def find(self, pattern: str) -> str:
        found = re.search(pattern, self.text)
        assert found, f"{pattern} is not on the page:\n{self.text}"
        return found[1]


class Browser:
    """Keeps cookies, follows no redirect by itself, and comes from the network `network`."""

    def __init__(self, reaper: Reaper, network: str) -> None:
        self.reaper = reaper
        self.network = network
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def post(self, path: str, typed: Typed) -> Answer:
        return self._ask(path, urlencode(dict(typed), doseq=True).encode())

    def upload(self, path: str, typed: Typed, name: str, file: bytes) -> Answer:
        """Send the file `file` in the field `name`, beside what was typed."""
        body = encode_multipart(BOUNDARY, {**typed, name: SimpleUploadedFile("picture.png", file)})
        return self._ask(path, body, MULTIPART_CONTENT)

    def _ask(self, path: str, body: bytes | None, content_type: str = "application/x-www-form-urlencoded") -> Answer:
        """Send it, perhaps while something is killed. Raises `Unanswered`."""
        if not self.reaper.due(writes=body is not None):
            return self._send(path, body, content_type)
        with ThreadPoolExecutor(1) as pool:
            sent: list[Future[Answer]] = []
            self.reaper.during(lambda: sent.append(pool.submit(self._send, path, body, content_type)))
            try:
                return sent[0].result()
            except Unanswered:
                self.reaper.unanswered += 1
                raise

    def _send(self, path: str, body: bytes | None, content_type: str) -> Answer:
        headers = {"X-Forwarded-For": self.network, "Accept-Language": "cy", "Content-Type": content_type}
        request = Request(f"{self.reaper.site.address}{path}", data=body, headers=headers)  # noqa: S310
        try:
            try:
                response = self._opener.open(request, timeout=30)
            except HTTPError as other:  # what is no success is an answer all the same
                response = other
            with response:
                answer = Answer(response.status, response.headers.get("Location", ""), response.read().decode())
        except (OSError, HTTPException) as broken:
            raise Unanswered(path) from broken
        assert answer.status in (200, 302, 404, 409), f"{answer.status} for {path}:\n{answer.text}"
        return answer


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


class _Reader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._name = ""  # of the text area or the choice that is being read
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form()
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "input":
            self._input(self._open, given, is_checked="checked" in given)
        elif tag == "textarea":
            self._name, self._text = given.get("name", ""), []
        elif tag == "select":
            self._name = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self._open.fields.setdefault(self._name, []).append(given.get("value", ""))

    @staticmethod
    def _input(form: Form, given: dict[str, str], *, is_checked: bool) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if not name or kind in ("submit", "button", "file", "image"):
            return
        if kind not in ("checkbox", "radio") or is_checked:
            form.fields.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))
        elif kind == "checkbox":
            form.boxes[name] = given.get("value", "on")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._open is not None and self._text is not None:
            text = "".join(self._text).replace("\r\n", "\n")
            self._open.fields.setdefault(self._name, []).append(text.removeprefix("\n"))
            self._text = None
