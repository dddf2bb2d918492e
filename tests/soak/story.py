"""One story's way from the first page of Join In to publication, walked by two people whom nothing discourages.

Whoever gets no answer does as people do: looks again where it stands, and goes on from there.
"""

import re
from collections.abc import Callable
from typing import Any

from casestudies.joinin.sending import PROSE
from casestudies.joinin.steps import STEPS
from foundation.publishing.prose import prose_from_text
from tests.factories import PASSWORD, png
from tests.joinin.school import Answers, address, answers, step
from tests.soak.browser import Answer, Browser, Typed, Unanswered
from tests.soak.site import Reaper, wait_until

TRIES = 20
CASES, EDITIONS = "/admin/casestudies/casestudy/", "/admin/casestudies/casestudyedition/"
REASON = {"reason_cy": "Dywedwch fwy am y disgyblion.", "reason_en": "Say more about the pupils."}
#: Each stage, with what it adds to the log.
STAGES: dict[str, list[str]] = {
    "begin": ["start"],
    "fill_half": [],
    "fill": [],
    "send": ["send"],
    "confirm": ["confirm"],
    "claim": ["claim"],
    "request_changes": ["request_changes"],
    "change": [],
    "send_again": ["resubmit"],
    "claim_again": ["claim"],
    "accept": ["accept"],
    "edit": [],
    "send_proof": ["credit-told", "send_proof"],
    "agree": ["agree"],
    "publish": ["go-live", "publish"],
}


class Story:
    """Number `number` of the stories that a site is sent. `walk` goes so far as it is told.

    One editor reads them all at one `desk`, and signs in once: nobody may often in a few minutes.
    """

    def __init__(self, reaper: Reaper, number: int, desk: Browser) -> None:
        self.reaper = reaper
        self.number = number
        self.reference = ""
        self.email = f"ysgol{number}@example.org"
        self.network = f"192.0.2.{number % 250 + 1}"
        self.school = Browser(reaper, self.network)
        self.desk = desk
        self.workbench = ""
        self.stages: list[str] = []
        self.saved: Answers = {}  # page of the form → what was answered with "saved"
        self.sent: list[Answers] = []  # … at each sending
        self.english: dict[str, str] = {}  # column → what the editor wrote
        self._seen = reaper.times

    def walk(self, last: str) -> None:
        for stage in STAGES:
            getattr(self, stage)()
            self.stages.append(stage)
            if stage == last:
                return

    @property
    def log(self) -> list[str]:
        """What the log has to say of it: this, and not a line more."""
        return [code for stage in self.stages for code in STAGES[stage]]

    def persist(self, attempt: Callable[[bool], bool]) -> None:
        """Attempt it until it says that it is done. It is told whether an attempt before got no answer."""
        doubtful = False
        for _try in range(TRIES):
            try:
                if attempt(doubtful):
                    return
            except Unanswered:
                doubtful = True
        raise AssertionError(f"not done after {TRIES} attempts: {attempt}")

    # --- the school -----------------------------------------------------------------------------------------------------

    def given(self) -> Answers:
        """The answers to every page, with words that no other story has."""
        found = answers(writing="cy", language="cy")
        found["you"]["email"] = self.email
        for key in ("title", *PROSE):
            found[key] = {name: f"{text} [{self.number}]".replace("\n\n", " ") for name, text in found[key].items()}
        return found

    def begin(self) -> None:
        def attempt(doubtful: bool) -> bool:
            page = self.school.get(address("start", "cy"))
            if "task-list" not in page.text:
                self.school.post(address("start", "cy"), token_of(page))
                page = self.school.get(address("start", "cy"))
            self.reference = page.find(r"(LPL-\w{6})")
            return "task-list" in page.text

        self.persist(attempt)

    def fill_half(self) -> None:
        for key in self.keys()[:5]:
            self.answer(key, self.given()[key])

    def fill(self) -> None:
        for key in self.keys()[5:]:
            self.answer(key, self.given()[key] if key != "pictures" else self.add_picture())

    def keys(self) -> list[str]:
        """The pages that are answered, in order."""
        return [one.key for one in STEPS if one.key in self.given()]

    def add_picture(self) -> dict[str, Any]:
        """Add one picture, once; and say what it shows."""
        path = step("pictures", "cy")
        shown = r'name="alt_cy-([\w-]+)"'

        def attempt(doubtful: bool) -> bool:
            page = self.school.get(path)
            if doubtful and re.search(shown, page.text):
                return True
            answer = self.school.upload(path, {**token_of(page), "add": "1"}, "picture", png().getvalue())
            return answer.is_redirect

        self.persist(attempt)
        tokens: list[str] = []

        def look(doubtful: bool) -> bool:
            tokens[:] = re.findall(shown, self.school.get(path).text)
            return True

        self.persist(look)
        assert len(tokens) == 1
        return {f"alt_cy-{tokens[0]}": f"Silff [{self.number}]", f"people-{tokens[0]}": "no"}

    def change(self) -> None:
        """Open the form again, as the editor asked, and write more on two pages."""
        self.follow("changes-requested")

        def attempt(doubtful: bool) -> bool:
            page = self.school.get(address("status", "cy"))
            return self.school.post(address("revise", "cy"), fields_of(page, "version")).is_redirect

        self.persist(attempt)
        for key in ("impact", "sharing"):
            self.answer(key, {f"{key}_cy": f"Yr ail dro: {key} [{self.number}]"}, "?change=1")

    def answer(self, key: str, typed: dict[str, Any], query: str = "") -> None:
        """Answer one page, until it is said to be saved."""
        path = step(key, "cy") + query

        def attempt(doubtful: bool) -> bool:
            self.look_back()
            page = self.school.get(path)
            answer = self.school.post(path, {**token_of(page), **typed})
            assert answer.is_redirect, answer.text
            return True

        self.persist(attempt)
        self.saved[key] = typed

    def look_back(self) -> None:
        """After something was killed: what was saved is still there, on the page where it was typed."""
        if self._seen == self.reaper.times or not self.saved:
            return
        for key in {list(self.saved)[-1], self.reaper.rng.choice(list(self.saved))}:
            shown = self.school.get(step(key, "cy")).form("csrfmiddlewaretoken").fields
            for name, value in self.saved[key].items():
                assert shown.get(name, []) == (sorted(value) if isinstance(value, list) else [value]), (key, name)
        self._seen = self.reaper.times

    def send(self) -> None:
        def attempt(doubtful: bool) -> bool:
            page = self.school.get(address("check", "cy"))
            if doubtful and page.is_redirect:
                return True  # it was sent, and the answer lost
            return self.school.post(address("check", "cy"), fields_of(page, "version")).is_redirect

        self.persist(attempt)
        self.sent.append(dict(self.saved))

    send_again = send

    def confirm(self) -> None:
        self.follow("confirm-address")

    def follow(self, kind: str) -> None:
        """Wait for a mail, and follow its link in a browser that knows nothing of the story."""
        path = self.link_in(kind)
        self.school = Browser(self.reaper, self.network)

        def attempt(doubtful: bool) -> bool:
            return self.school.post(path, token_of(self.school.get(path))).is_redirect

        self.persist(attempt)

    def link_in(self, kind: str) -> str:
        """The path of the link in the newest mail of this kind that came to the school."""
        site = self.reaper.site
        query = f"SELECT id FROM correspondence_message WHERE kind = '{kind}' AND recipient = '{self.email}'"  # noqa: S608
        wanted = {plain(row["id"]) for row in site.rows(query)}
        assert wanted, f"no message of kind {kind} to {self.email}"
        mails: list[Any] = []

        def came() -> bool:
            mails[:] = [mail for mail in site.mails() if plain(mail["Message-ID"]) in wanted]
            return bool(mails)

        wait_until(came, f"{kind} comes to {self.email}")
        plain_part = next(part for part in mails[-1].walk() if part.get_content_type() == "text/plain")
        text = plain_part.get_payload(decode=True).decode()
        found = re.search(rf"{re.escape(site.address)}(/cy/\S+)", text)
        assert found, text
        return found[1]

    def agree(self) -> None:
        self.follow("proof")

        def attempt(doubtful: bool) -> bool:
            page = self.school.get(address("proof", "cy"))
            if doubtful and page.is_redirect:
                return True
            return self.school.post(address("proof", "cy"), {**fields_of(page, "hash"), "agree": "1"}).is_redirect

        self.persist(attempt)

    # --- the desk -------------------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        def attempt(doubtful: bool) -> bool:
            page = self.desk.get("/admin/account/sign-in/?next=/admin/")
            if page.is_redirect:
                return True
            typed = {**token_of(page), "login": "golygydd@example.org", "password": PASSWORD, "next": "/admin/"}
            return self.desk.post("/admin/account/sign-in/", typed).is_redirect

        self.persist(attempt)

    def find(self) -> None:
        def attempt(doubtful: bool) -> bool:
            page = self.desk.get(f"{CASES}?q={self.reference}")
            self.workbench = page.find(rf"({CASES}\d+/change/)")
            return True

        self.persist(attempt)

    def make(self, move: str, **typed: str) -> None:
        """Press the button of a move on the workbench; where it is gone after a lost answer, the move was made."""

        def attempt(doubtful: bool) -> bool:
            page = self.desk.get(self.workbench)
            if doubtful and f'value="move:{move}"' not in page.text:
                return True
            assert f'value="move:{move}"' in page.text, page.text
            form = {**fields_of(page, "seen_case"), "_do": f"move:{move}"}
            answer = self.desk.post(self.workbench, form | {f"{move}-{name}": text for name, text in typed.items()})
            assert answer.is_redirect, answer.text
            return True

        self.persist(attempt)

    def claim(self) -> None:
        self.sign_in()
        self.find()
        self.make("claim")

    def claim_again(self) -> None:
        self.make("claim")

    def request_changes(self) -> None:
        self.make("request_changes", **REASON)

    def accept(self) -> None:
        self.make("accept")

    def edit(self) -> None:
        """Write the English of every text that is there in Welsh, and say of each such pair that it matches."""
        english = {"title_en": f"Reading [{self.number}]", "summary_en": f"Summary [{self.number}]"}
        english |= {f"{key}_en": f"<p>English of {key} [{self.number}]</p>" for key in PROSE}

        def attempt(doubtful: bool) -> bool:
            path = self.desk.get(self.workbench).find(rf"({EDITIONS}\d+/change/)")
            form = self.desk.get(path).form("seen_version")
            rows: dict[str, str | list[str]] = {
                name.replace("_cy", "_en"): f"Row [{self.number}]"
                for name, welsh in form.fields.items()
                if re.fullmatch(r"(pictures-\d-alt|hallmarks-\d-how)_cy", name) and any(welsh)
            }
            written: dict[str, str | list[str]] = {**form.fields, **english, **rows}
            ticks = {
                name: value
                for name, value in form.boxes.items()
                if "agree_" in name and any(written[f"{name.replace('agree_', '')}_cy"])
            }
            answer = self.desk.post(path, {**written, **ticks, "_save": "1"})
            assert answer.is_redirect, answer.text
            return True

        self.persist(attempt)
        self.english = english

    def send_proof(self) -> None:
        self.make("send_proof")

    def publish(self) -> None:
        self.make("publish")


def token_of(page: Answer) -> Typed:
    return {"csrfmiddlewaretoken": page.find(r'name="csrfmiddlewaretoken" value="(\w+)"')}


def fields_of(page: Answer, name: str) -> dict[str, Any]:
    """What a browser would send of the form with the field `name`."""
    return dict(page.form(name).fields)


def plain(identifier: Any) -> str:
    """A UUID, however it is written and whatever stands around it, as 32 digits."""
    return re.sub(r"[^0-9a-f]", "", str(identifier).split("@")[0])


def stored(sent: Answers) -> dict[str, str]:
    """Column → what the database holds once the answers `sent` have become a story."""
    found = dict(sent["title"])
    for key in PROSE:
        found |= {name: prose_from_text(text) for name, text in sent[key].items()}
    return found
