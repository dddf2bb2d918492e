"""No bilingual field is forgotten: what is registered for translation has a policy, and everything sweeps the same record."""

from django.apps import apps
from django.db import models
from modeltranslation.translator import translator

from foundation.bilingual.policies import Policy, columns, policies_of, translated_models

#: Model → its translated fields. Who adds one adds it here, having thought of its policy.
EXPECTED = {
    "casestudies.casestudyedition": {
        "title", "setting_name", "summary", "about", "context", "activity", "impact", "evidence", "sharing",
    },
    "casestudies.casestudyreference": {"printed"},
    "casestudies.editionhallmark": {"how"},
    "casestudies.documentcopy": {"title"},
    "casestudies.editionpicture": {"alt"},
    "casestudies.readyreason": {"title", "text"},
    "correspondence.wording": {"subject", "body"},
    "hallmarks.connection": {"printed"},
    "hallmarks.framework": {"name", "url"},
    "hallmarks.hallmarkedition": {"title", "lead_in", "short_name", "summary", "body"},
    "hallmarks.hallmarkreference": {"printed"},
    "hallmarks.strand": {"name", "url"},
    "pages.pageedition": {"title", "body"},
    "references.work": {"cover_alt"},
}  # fmt: skip


def test_every_translated_field_has_a_policy() -> None:
    registered = {
        model._meta.label_lower: set(translator.get_options_for_model(model).get_field_names())
        for model in translator.get_registered_models(abstract=False)
    }
    assert registered == EXPECTED
    assert {model._meta.label_lower: set(policies_of(model)) for model in translated_models()} == EXPECTED
    assert {policy for model in translated_models() for policy in policies_of(model).values()} <= set(Policy)


def test_every_translated_model_is_swept() -> None:
    assert len(translated_models()) == len(EXPECTED) == 14
    assert sum(len(columns(model)) for model in translated_models()) == 2 * sum(map(len, EXPECTED.values()))


def test_no_column_is_bilingual_by_hand_without_being_known() -> None:
    """A pair of `_cy` and `_en` columns that django-modeltranslation does not know has no agreement and no gate."""
    by_hand = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields() if isinstance(field, models.Field)}
        known = set(columns(model))
        by_hand |= {
            f"{model._meta.label_lower}.{name[:-3]}"
            for name in names
            if name.endswith("_cy") and f"{name[:-3]}_en" in names and name not in known
        }
    assert by_hand == {
        # addresses, sort keys and rendered entries, which follow from texts or items; what editors say to a contributor in a move or
        # ask about a passage, which is translated in the queue of messages; editors' own tags, always there in both
        "bilingual.agreement.hash",
        "bilingual.agreement.text",
        "casestudies.casestudy.slug",
        "casestudies.comment.text",
        "casestudies.tag.name",
        "correspondence.message.note",
        "hallmarks.hallmark.slug",
        "pages.page.slug",
        "record.note.text",
        "references.work.entry",
        "references.work.letter",
        "references.work.sort",
    }
