"""Writing an edition: two languages, what each person may write, and what was seen when they wrote."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget

from foundation.bilingual.agreement import BEHIND, Pair, fingerprint
from foundation.bilingual.languages import Language
from foundation.bilingual.models import Agreement
from foundation.bilingual.policies import IN_STEP, columns, policies_of
from foundation.bilingual.services import states_of
from foundation.publishing.admin.since import since
from foundation.publishing.models import ONE_LANGUAGE_MOST_DAYS
from foundation.publishing.prose import clean_prose, clean_text
from foundation.publishing.services import former

#: What the editor offers: the elements that `prose.TAGS` keeps.
PROSE_EDITOR = {
    "types": ["Blockquote", "Bold", "BulletList", "Heading", "Italic", "Link", "OrderedList"],
    "headingLevels": [2, 3],
    "history": True,
    "html": False,
    "typographic": False,
}
MOVED = _("A text of this pair has changed since you looked at it. Read both again before you say that they match.")


def prose_widget() -> forms.Widget:
    widget: forms.Widget = AdminProseEditorWidget(config=PROSE_EDITOR)
    return widget


def words_box(label: Any, language: str, *, rows: int, most: int) -> forms.CharField:
    """A box, which may stay empty, for what an editor writes to somebody or notes, in one language."""
    widget = forms.Textarea(attrs={"rows": rows, "lang": language})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class PairForm(forms.ModelForm[Any]):
    """A form over the two columns of each translated field of an object, with "these two texts match" for each pair.

    A language that is not in `writable` is shown and never taken from what is sent. A tick brings back the hashes of the
    texts it stood beneath, so that it means what the person saw.
    """

    writable: ClassVar[tuple[str, ...]] = ("cy", "en")
    #: What only those may change who write facts: it is shown to the others.
    facts: ClassVar[tuple[str, ...]] = ()
    prose: ClassVar[tuple[str, ...]] = ()
    writes_facts: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model = type(self.instance)
        self.stored = {column: getattr(self.instance, column) or "" for column in columns(self.model)}
        for column in self.shown_columns():
            self._dress(column)
        for field in self.agreeable():
            self.fields[f"agree_{field}"] = self._tick(field)
        for name in self.facts if not self.writes_facts else ():
            if name in self.fields:
                self.fields[name].disabled = True

    def shown_columns(self) -> list[str]:
        return [column for column in columns(self.model) if column in self.fields]

    def agreeable(self) -> list[str]:
        """The fields whose two texts are expected to say the same thing."""
        return [
            field
            for field, policy in policies_of(self.model).items()
            if policy in IN_STEP and f"{field}_cy" in self.fields and f"{field}_en" in self.fields
        ]

    def _tick(self, field: str) -> forms.BooleanField:
        """The tick sends back the hashes of the two texts it stood beneath."""
        shown = ":".join(fingerprint(self.stored[f"{field}_{language}"]) for language in ("cy", "en"))
        widget = forms.CheckboxInput(attrs={"value": shown})
        return forms.BooleanField(required=False, label=_("These two texts match"), widget=widget)

    def show_changes(self, agreed: Mapping[str, Agreement]) -> None:
        """Beside each tick: what has changed since the two texts last matched."""
        for field in self.agreeable() if self.instance.pk else ():
            changed = since(self.instance, field, agreed.get(field))
            if changed and f"agree_{field}" in self.fields:
                shown = render_to_string("admin/publishing/since.html", {"since": changed})
                self.fields[f"agree_{field}"].help_text = shown

    def _dress(self, column: str) -> None:
        name, language = column.rsplit("_", 1)
        label = self.model._meta.get_field(name).verbose_name
        field = self.fields[column]
        field.required = False
        field.disabled = language not in self.writable
        field.label = _("%(field)s (Welsh)") if language == Language.CY else _("%(field)s (English)")
        field.label %= {"field": label}
        field.widget.attrs |= {"lang": language, "spellcheck": "true"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for column in self.shown_columns():
            if not self.fields[column].disabled:
                cleaned[column] = self._cleaned_text(column, cleaned.get(column) or "")
        for field in self.ticked():
            self._judge_tick(field)
        return cleaned

    def _cleaned_text(self, column: str, text: str) -> str:
        if column.rsplit("_", 1)[0] in self.prose:
            return clean_prose(text)
        return clean_text(text).strip()

    def words_changed(self) -> bool:
        """Whether a text differs from the stored one, the ends of its lines apart."""
        return any(
            clean_text(self.cleaned_data.get(column) or "") != clean_text(self.stored[column])
            for column in self.shown_columns()
        )

    def ticked(self) -> list[str]:
        """The fields that are said to match. A tick beneath two empty texts says nothing."""
        return [
            field for field in self.agreeable() if self.cleaned_data.get(f"agree_{field}") and any(self.seen(field))
        ]

    def seen(self, field: str) -> Pair:
        """The hashes of the two texts of `field` as the person had them before them: typed here, or shown here."""
        shown_cy, _colon, shown_en = str(self.data.get(self.add_prefix(f"agree_{field}"), "")).partition(":")
        return Pair(self._seen(f"{field}_cy", shown_cy), self._seen(f"{field}_en", shown_en))

    def _seen(self, column: str, shown: str) -> str:
        return shown if self.fields[column].disabled else fingerprint(self.cleaned_data.get(column))

    def _judge_tick(self, field: str) -> None:
        seen = self.seen(field)
        for language in ("cy", "en"):
            column = f"{field}_{language}"
            if self.fields[column].disabled and getattr(seen, language) != fingerprint(self.stored[column]):
                self.add_error(f"agree_{field}", ValidationError(MOVED, code="moved"))
                return
        if not seen.cy or not seen.en:
            missing = ValidationError(_("Two texts match only when both are there."), code="missing")
            self.add_error(f"agree_{field}", missing)


class EditionForm(PairForm):
    """The words and facts of a working edition, or of other words with a version, if nobody has stored it since it was opened."""

    #: Whether the person writes both languages as they like; if not, what is behind.
    writes_all: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, state in ({} if self.writes_all else states_of(self.instance)).items():
            for language in Language.values:
                self.fields[f"{name}_{language}"].disabled = language not in BEHIND.get(state.state, ())
        self.stored_version = self.instance.version
        for name in self._meta.fields or ():
            if name not in columns(self.model) and name in self.fields:
                self.fields[name].disabled = not self.writes_facts

    @property
    def seen_version(self) -> str:
        """The version that this page was made on; after a clash, `TogetherAdmin` has put the stored one there."""
        if self.is_bound:
            return str(self.data.get("seen_version", ""))
        return str(self.stored_version)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if str(self.data.get("seen_version", "")) != str(self.stored_version):
            changed = _("This has changed since you opened it. What you wrote is still on the page.")
            raise ValidationError(changed, code="changed-since")
        return cleaned

    def changed_anything(self) -> bool:
        facts = [name for name in self.changed_data if name in (self._meta.fields or ()) and name not in self.stored]
        return bool(facts) or self.words_changed()


class OverrideForm(forms.Form):
    """One of the two overrides of the gate, with its reason."""

    override_reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    only_language = forms.ChoiceField(label=_("Language to publish in"), required=False, choices=Language.choices)
    only_language_days = forms.IntegerField(
        label=_("For how many days (30 at most)"), required=False, min_value=1, max_value=ONE_LANGUAGE_MOST_DAYS
    )

    def __init__(self, *args: Any, one_language: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one_language:
            self.fields["override_reason"].required = True
            self.fields["override_reason"].error_messages["required"] = _("Say why it has to be in one language.")
            self.fields["only_language"].required = True
            self.fields["only_language_days"].required = True
            self.fields["only_language_days"].error_messages["required"] = _("Say for how many days, 30 at most.")


class ContentForm(forms.ModelForm[Any]):
    """The addresses of a content. An address that another content has, or had, is refused."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for language in Language.values:
            slug = cleaned.get(f"slug_{language}")
            if self.initial.get(f"slug_{language}") and slug == "":
                lost = ValidationError(_("An address can be changed, not taken away."), code="required")
                self.add_error(f"slug_{language}", lost)
            held_by = former(type(self.instance), language=language, slug=slug) if slug else None
            if held_by is not None and held_by != self.instance.pk:
                taken = ValidationError(_("Another text had this address, and its readers are sent on."), code="taken")
                self.add_error(f"slug_{language}", taken)
        return cleaned
