"""The pages of the form, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.joinin import story_forms as story
from casestudies.joinin.asking import Story
from casestudies.joinin.document_forms import DocumentsForm
from casestudies.joinin.forms import HallmarksForm, LanguageForm, SettingForm, StepForm, WritingForm, YouForm
from casestudies.joinin.last_forms import PermissionsForm, PicturesForm
from casestudies.joinin.people_forms import PeopleForm
from casestudies.joinin.reference_forms import ReferencesForm
from casestudies.joinin.setting_forms import HowForm, SchoolsForm
from foundation.bilingual.languages import current, speaking


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its key in the draft, its address in both languages, its question and its name in lists."""

    key: str
    slug_cy: str
    slug_en: str
    question: str | Promise
    name: str | Promise
    form: type[StepForm]
    optional: bool = False
    in_story_languages: bool = False  # its fields depend on the language(s) the story is written in
    template: str = "joinin/step.html"

    @property
    def has_own_languages(self) -> bool:
        """Whether each answer is written in the language it names."""
        return self.key == "language"

    def slug(self, language: str) -> str:
        return self.slug_cy if language == "cy" else self.slug_en

    @property
    def kwargs_by_language(self) -> Mapping[str, Mapping[str, str]]:
        return {"cy": {"slug": self.slug_cy}, "en": {"slug": self.slug_en}}

    def address(self, language: str | None = None) -> str:
        language = language or current()
        with speaking(language):
            return reverse("joinin:step", kwargs={"slug": self.slug(language)})

    def get_absolute_url(self) -> str:
        return self.address()


def _section(key: str, slug_cy: str, slug_en: str, section: story.Section, name: str | Promise) -> Step:
    return Step(
        key, slug_cy, slug_en, section.question, name, story.section_form(key, section), optional=not section.missing,
        in_story_languages=True, template="joinin/section.html",
    )  # fmt: skip


STEPS = (
    Step("language", "iaith", "language", _("Which language shall we write to you in?"), _("Language for our messages"), LanguageForm),
    Step("you", "amdanoch-chi", "about-you", _("Who are you?"), _("About you"), YouForm),
    Step("setting", "lleoliad", "setting", _("Which setting is your story about?"), _("The setting"), SettingForm),
    Step("schools", "ysgolion", "schools", _("Which schools are in it?"), _("The schools"), SchoolsForm),
    Step(
        "writing", "iaith-y-stori", "language-of-the-story", _("Which language will you write your story in?"),
        _("Language of the story"), WritingForm,
    ),
    Step("hallmarks", "nodweddion", "hallmarks", _("Which hallmarks does your story show?"), _("Hallmarks"), HallmarksForm),
    Step(
        "how", "sut-maen-dangos", "how-they-show", _("How does each hallmark show in your story? (optional)"),
        _("How each hallmark shows"), HowForm, optional=True, in_story_languages=True, template="joinin/how.html",
    ),
    Step(
        "title", "teitl", "title", _("What is your story called?"), _("Title"), story.TitleForm,
        in_story_languages=True, template="joinin/title.html",
    ),
    _section("about", "disgrifio-r-lleoliad", "the-setting-described", story.ABOUT, _("The setting described")),
    _section("context", "cefndir", "background", story.CONTEXT, _("Background")),
    _section("activity", "gweithgarwch", "what-you-did", story.ACTIVITY, _("What you did")),
    _section("impact", "effaith", "difference", story.IMPACT, _("The difference it made")),
    _section("evidence", "tystiolaeth", "evidence", story.EVIDENCE, _("Evidence")),
    _section("sharing", "rhannu", "sharing", story.SHARING, _("Sharing")),
    Step(
        "references", "cyfeiriadau", "references", _("What research or guidance does your story draw on? (optional)"),
        _("References"), ReferencesForm, optional=True, template="joinin/references.html",
    ),
    Step(
        "pictures", "lluniau", "pictures", _("Do you have pictures to go with the story? (optional)"), _("Pictures"),
        PicturesForm, optional=True, in_story_languages=True, template="joinin/pictures.html",
    ),
    Step(
        "documents", "dogfennau", "documents", _("Do you have documents that show how it went? (optional)"),
        _("Documents"), DocumentsForm, optional=True, template="joinin/documents.html",
    ),
    Step(
        "people", "cydnabod", "credits", _("Who should be named as having told this story? (optional)"), _("People credited"),
        PeopleForm, optional=True, template="joinin/people.html",
    ),
    Step(
        "permissions", "caniatadau", "permissions", _("Who has agreed to this story being published?"), _("Permissions"),
        PermissionsForm, template="joinin/permissions.html",
    ),
)  # fmt: skip
BY_KEY = {step.key: step for step in STEPS}
#: The pages whose answers become the story: what is written anew when an editor has changed the text.
STORY = (
    "setting", "schools", "hallmarks", "how", "title", "about", "context", "activity", "impact", "evidence", "sharing",
    "references", "pictures",
)  # fmt: skip


def step_at(slug: str) -> Step | None:
    """The page with this address, in either language."""
    return next((step for step in STEPS if slug in (step.slug_cy, step.slug_en)), None)


def steps_of(journey: Story) -> list[Step]:
    """The pages that are asked of this story."""
    return [step for step in STEPS if step.form.applies(journey)]


def after(step: Step, journey: Story) -> Step | None:
    """The next page that is asked of this story."""
    return next((one for one in STEPS[STEPS.index(step) + 1 :] if one.form.applies(journey)), None)


def before(step: Step, journey: Story) -> Step | None:
    return next((one for one in reversed(STEPS[: STEPS.index(step)]) if one.form.applies(journey)), None)
