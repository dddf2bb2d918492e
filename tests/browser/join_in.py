"""Join In and what follows it, as the browser tests walk it: stories in every state, and each page with its errors."""

from dataclasses import dataclass, field

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from casestudies.joinin.journey import changing
from casestudies.joinin.steps import STEPS
from casestudies.models import AccessLink, CaseStudy, CreditedPerson, Headteacher
from foundation.bilingual.languages import speaking
from tests.factories import CaseStudyFactory, CommentFactory, DocumentFactory, EditionPictureFactory, HallmarkFactory
from tests.joinin.school import School, address, answers
from tests.joinin.test_errors import WRONG

SEND = "#page-form :is([name=save], button.button:not(.button--quiet)) >> nth=-1"
#: Pages whose error is that nothing was chosen: they are sent as they stand.
EMPTY = {
    "language": SEND,
    "you": SEND,
    "hallmarks": SEND,
    "writing": SEND,
    "pictures": "main [name=add]",
    "documents": "main [name=add]",
}
#: A wrong answer may not take away the pages that come after it.
GATES = {"setting": {"kind": "cluster"}}


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as somebody opens it: whose story is open, its path, and what is pressed there to see its errors."""

    who: str
    path: str
    press: str = ""
    fill: dict[str, str] = field(default_factory=dict)


def _draft(*, wrong: bool) -> School:
    """A draft of a cluster in both languages, every page answered; with `wrong`, every page that can be is wrong."""
    given = answers() | {"schools": {"schools": "Ysgol Un\nYsgol Dau"}}
    given["setting"] |= {"kind": "cluster"}
    given["activity"] = {f"activity_{one}": "Roedd Tomos, disgybl ym Mlwyddyn 6, yn falch." for one in ("cy", "en")}
    school = School()
    school.fill(given)
    if wrong:
        with speaking("en"), transaction.atomic():
            journey = changing(school.case)
            for one in STEPS:
                if one.key in WRONG and one.key not in EMPTY:
                    journey.take(one, QueryDict(urlencode(GATES.get(one.key, WRONG[one.key][0]), doseq=True)))
                    journey.judge(one)
            journey.keep()
    return school


def stories() -> dict[str, CaseStudy]:
    """A story for each part of the walk, by the name that visits give it."""
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number)
    found = {"wrong": _draft(wrong=True).case}
    found["draft"] = _draft(wrong=False).case
    DocumentFactory.create(case_study=found["draft"])
    found["leaving"] = _draft(wrong=False).case
    for status in (
        "awaiting_confirmation",
        "submitted",
        "in_review",
        "changes_requested",
        "with_contributor",
        "published",
        "withdrawn",
    ):
        found[status] = CaseStudyFactory.create(status=status)
    for text in ("Pryd?", "Ble?"):
        CommentFactory.create(case_study=found["changes_requested"], text_en=text, text_cy=text, is_sent=True)
    for status in ("in_review", "with_contributor", "published"):
        edition = found[status].live or found[status].working
        assert edition is not None
        EditionPictureFactory.create(edition=edition)
        Headteacher.objects.create(case_study=found[status], name="Huw Tegid", email="huw@ysgol.example")
        CreditedPerson.objects.create(
            case_study=found[status], name="Gwen Enwog", role="Athrawes", email="gwen@ysgol.example", is_contact=True
        )
    found["in_review"].permissions.filter(kind="headteacher").delete()
    return found


def _of_the_form(language: str) -> list[Visit]:
    pages = [Visit("draft", step.address(language)) for step in STEPS]
    wrong = [Visit("wrong", step.address(language)) for step in STEPS if step.key in WRONG and step.key not in EMPTY]
    empty = [
        Visit("draft" if step.optional else "empty", step.address(language), EMPTY[step.key])
        for step in STEPS
        if step.key in EMPTY
    ]
    return pages + wrong + empty


def _by_token(found: dict[str, CaseStudy], language: str) -> list[Visit]:
    visits = []
    for status in ("in_review", "published"):
        case = found[status]
        person = CreditedPerson.objects.get(case_study=case)
        head = AccessLink.mint(case, "headteacher", "huw@ysgol.example")
        credit = AccessLink.mint(case, "credit", person.email, person)
        visits += [
            Visit("", address("headteacher", language, token=head)),
            Visit("", address("credit", language, token=credit)),
        ]
    token = AccessLink.mint(found["published"], "open", found["published"].contributor.email)
    spent = [address(name, language, token="dim") for name in ("headteacher", "credit", "link")]
    return [*visits, Visit("", address("link", language, token=token)), *(Visit("", path) for path in spent)]


def visits(found: dict[str, CaseStudy], language: str) -> list[Visit]:
    """Every page of Join In and of what follows it, and each of its errors."""

    def at(who: str, name: str, press: str = "", **fill: str) -> Visit:
        return Visit(who, address(name, language), press, {f"#id_{one}": text for one, text in fill.items()})

    with speaking(language):
        public = found["published"].get_absolute_url()
        problem = f"{reverse('problems:form')}?page={public}"
    return [
        *_of_the_form(language),
        *_by_token(found, language),
        at("", "start"), at("", "ask"), at("", "ask", SEND), Visit("", problem), Visit("", problem, SEND), Visit("", public),
        at("draft", "start"), at("draft", "personal"), Visit("draft", address("personal", language), SEND, {"textarea >> nth=0": "x" * 5001}),
        at("draft", "check"), at("wrong", "check"), at("draft", "colleague"), at("draft", "word"), at("draft", "discard"),
        at("draft", "word", "main [name=add]"), at("draft", "colleague", SEND),
        at("awaiting_confirmation", "sent"), at("awaiting_confirmation", "status"), at("submitted", "sent"),
        at("in_review", "status"), at("in_review", "ask_headteacher"),
        at("in_review", "ask_headteacher", SEND, headteacher_email="nid cyfeiriad"),
        at("changes_requested", "status"), at("changes_requested", "status", "[name=save][value=all]"),
        at("with_contributor", "status"), at("with_contributor", "proof"), at("with_contributor", "proof", "[name=ask]"),
        at("published", "status"), at("published", "still_true"), at("published", "still_true", "[name=changed]"),
        at("published", "held"), at("published", "erase"), at("published", "erase", "main .button--danger"),
        at("published", "withdraw"), at("published", "withdraw_picture"),
        at("withdrawn", "status"), at("withdrawn", "come_back"), at("withdrawn", "come_back", SEND),
    ]  # fmt: skip
