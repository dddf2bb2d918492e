"""What is asked of each translated field, and the list of all of them.

`translate` registers a model with django-modeltranslation and records the policy of every field. Everything that goes over
translated fields (agreement, the gate, reports, versions) reads the record, so a field cannot be forgotten.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import TranslationOptions, translator


class Policy(models.TextChoices):
    """How the two columns of one translated field relate."""

    REQUIRED = "required", _("required in both languages")
    OPTIONAL = "optional", _("optional, but in both languages or in neither")
    SHARED = "shared", _("the same text may stand in both languages")
    NOT_OURS = "not-ours", _("written by others: shown in the language it exists in")


#: The policies under which two texts are expected to say the same thing.
IN_STEP = (Policy.REQUIRED, Policy.OPTIONAL)

_policies: dict[type[models.Model], dict[str, Policy]] = {}


def translate(model: type[models.Model], **policies: Policy) -> None:
    """Make `policies`' fields of `model` bilingual. Called from the app's `translation.py`."""
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": tuple(policies)})
    translator.register(model, options)
    _policies[model] = dict(policies)


def policies_of(model: type[models.Model]) -> Mapping[str, Policy]:
    """Field name → policy, in the order they were declared; empty for a model without translated fields."""
    return _policies.get(model, {})


def translated_models() -> list[type[models.Model]]:
    """Every model with translated fields."""
    return list(_policies)


def columns(model: type[models.Model]) -> list[str]:
    """The concrete columns of all translated fields: `title_cy`, `title_en`, …"""
    return [f"{field}_{language}" for field in policies_of(model) for language in ("cy", "en")]
