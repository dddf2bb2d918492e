"""Every rule that the database holds is broken once, by a plain UPDATE past all our code, and refused."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Field, Model, QuerySet, UniqueConstraint
from django.db.models.fields import PositiveIntegerRelDbTypeMixin
from django.utils import timezone

from tests.constraints import rows
from tests.constraints.rows import MAKE, Pair
from tests.factories import HallmarkFactory, LinkFactory, UserFactory
from tests.publishing.test_editions import FORBIDDEN as TRIED_WITH_EDITIONS

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
ROOT = Path(__file__).resolve().parents[2]
Columns = dict[str, Any]
Case = tuple[
    Callable[[], Pair] | None, Columns
]  # other rows than the model's own pair, and what the second is made to say


def is_ours(model: type[Model]) -> bool:
    path = Path(str(sys.modules[model.__module__].__file__))
    return ROOT in path.parents and ".venv" not in path.parts


MODELS = [model for model in apps.get_models() if is_ours(model)]
RULES = {rule.name: (model, rule) for model in MODELS for rule in model._meta.constraints}
FIELDS: dict[str, tuple[type[Model], Field[Any, Any]]] = {
    f"{model._meta.label}.{field.name}": (model, field) for model in MODELS for field in model._meta.local_fields
}
UNIQUE = {name: found for name, found in FIELDS.items() if found[1].unique and not found[1].primary_key}
POSITIVE = {name: found for name, found in FIELDS.items() if isinstance(found[1], PositiveIntegerRelDbTypeMixin)}

ONE = {"override": "one-language", "override_at": timezone.now(), "override_reason": "urgent"}
working = partial(rows.case_study_editions, "submitted")


def _first_without_strand() -> Pair:
    first, second = rows.connections()
    first.strand = None
    first.save()
    return first, second


def _first_featured() -> Pair:
    first, second = rows.case_studies()
    type(first).objects.filter(pk=first.pk).update(featured=1)
    return first, second


def edition_rules(name: str, required: tuple[str, ...], work_in_progress: Callable[[], Pair]) -> dict[str, list[Case]]:
    """The rules that all editions share. Those of standing pages are tried in `tests/publishing/test_editions.py`."""
    return {
        f"{name}_one_live": [(None, {"content_id": ...})],
        f"{name}_one_working": [(work_in_progress, {"content_id": ...})],
        f"{name}_stage_known": [(None, {"stage": "lost"})],
        f"{name}_live_since": [(None, {"live_since": None})],
        f"{name}_planned_when_working": [(None, {"publish_at": timezone.now()})],
        f"{name}_override_recorded": [(None, {"override": "unchecked", "override_at": None})],
        f"{name}_one_language_bounded": [
            (None, ONE | {"only_language": "cy", "only_language_days": 31}),
            (None, ONE | {"only_language": "cy", "only_language_days": 0}),
            (None, ONE | {"only_language_days": 3}),
            (None, ONE | {"only_language": "cy", "only_language_days": 3, "override_reason": ""}),
            (None, {"only_language": "cy", "only_language_days": 3}),
        ],
        f"{name}_filled_when_live": [
            (None, {f"{field}_{language}": nothing})
            for field in required
            for language in ("cy", "en")
            for nothing in ("", None)
        ],
    }


#: Name of the rule → what breaks it. `...` stands for what the first row of the pair says in that column.
CASES: dict[str, list[Case]] = {
    "agreement_one_per_field": [(None, {"field": ...})],
    "agreement_how_known": [(None, {"how": "guessed"})],
    "agreement_of_two_texts": [(None, {"hash_cy": ""}), (None, {"hash_en": ""})],
    "user_email_once_whatever_its_case": [
        (lambda: (UserFactory.create(email="MARI@example.org"), UserFactory.create()), {"email": "mari@EXAMPLE.org"})
    ],
    "user_has_email": [(None, {"email": ""})],
    "user_language_known": [(None, {"language": "fr"})],
    "ratelimit_one_per_stretch": [(None, {"key": ...})],
    "picture_media_type_known": [(None, {"media_type": "image/gif"})],
    "picture_has_size": [(None, {"width": 0}), (None, {"height": 0})],
    "event_role_known": [(None, {"role": "robot"})],
    "note_says_something": [(None, {"text_cy": "", "text_en": ""})],
    "message_once_per_event": [(None, {"recipient": ...})],
    "message_state_known": [(None, {"state": "lost"})],
    "message_language_known": [(None, {"language": "fr"})],
    "message_sent_has_time": [(None, {"state": "sent"}), (None, {"sent_at": timezone.now()})],
    "attempt_outcome_known": [(None, {"outcome": "lost"})],
    "wording_filled": [
        (None, {f"{field}_{language}": nothing})
        for field in ("subject", "body")
        for language in ("cy", "en")
        for nothing in ("", None)
    ],
    "excuse_once": [
        (None, dict.fromkeys(("subject", "kind", "language", "field", "as_printed", "work_key", "occurrence"), ...))
    ],
    "excuse_says_why": [(None, {"reason": ""})],
    "excuse_kind_known": [(None, {"kind": "untidy"})],
    "excuse_language_known": [(None, {"language": "fr"})],
    "findingcount_once": [
        (None, dict.fromkeys(("content_type", "object_id", "language", "kind", "state"), ...))
    ],
    "findingcount_counts_something": [(None, {"count": 0})],
    "findingcount_kind_known": [(None, {"kind": "untidy"})],
    "findingcount_state_known": [(None, {"state": "lost"})],
    "findingcount_language_known": [(None, {"language": "fr"})],
    "workname_once": [(None, {"work": ..., "key": ...})],
    "workname_form_known": [(None, {"form": "nickname"})],
    "citationlink_once": [
        (None, dict.fromkeys(("content_type", "object_id", "field", "language", "as_printed", "occurrence"), ...))
    ],
    "citationlink_language_known": [(None, {"language": "fr"})],
    "citationlink_occurrence_counted": [(None, {"occurrence": 0})],
    "work_identity_known": [(None, {"identity": "guessed"})],
    "link_verdict_known": [(None, {"verdict": "perhaps"})],
    "link_problem_known": [(None, {"problem": "gremlins"})],
    "link_fails_since": [(None, {"failures": 1}), (None, {"failing_since": timezone.now()})],
    "link_accepted_by_somebody": [
        (None, {"accepted_at": timezone.now()}),
        (lambda: (LinkFactory.create(), LinkFactory.create(failures=1, accepted=True)), {"accepted_at": None}),
    ],
    "linkcheck_verdict_known": [(None, {"verdict": "perhaps"})],
    "linkcheck_problem_known": [(None, {"problem": "gremlins"})],
    "work_has_title": [(None, {"title": ""})],
    "hallmark_slug_cy_once": [(None, {"slug_cy": ...})],
    "hallmark_slug_en_once": [(None, {"slug_en": ...})],
    "hallmark_one_of_eight": [(None, {"number": 0}), (None, {"number": 9})],
    **edition_rules(
        "hallmarkedition",
        ("title", "lead_in", "short_name", "body"),
        lambda: (
            HallmarkFactory.create(number=1, edition__stage="working").editions.get(),
            HallmarkFactory.create(number=2, edition__stage="working").editions.get(),
        ),
    ),
    "hallmarkreference_once_in_a_list": [(None, {"work_id": ...})],
    "framework_has_a_name": [(None, {"name_cy": "", "name_en": None}), (None, {"name_cy": None, "name_en": ""})],
    "strand_number_once": [(None, {"number": ...})],
    "strand_has_a_name": [(None, {"name_cy": "", "name_en": None}), (None, {"name_cy": None, "name_en": ""})],
    "connection_strand_once": [(None, {"strand_id": ...})],
    "connection_framework_once": [
        (_first_without_strand, {"strand_id": None})
    ],
    "casestudy_slug_cy_once": [(None, {"slug_cy": ...})],
    "casestudy_slug_en_once": [(None, {"slug_en": ...})],
    "casestudy_status_known": [(partial(rows.case_studies, "submitted"), {"status": "lost"}), (partial(rows.case_studies, "submitted"), {"status": "removed"})],
    "casestudy_origin_known": [(None, {"origin": "nobody"})],
    "casestudy_review_has_editor": [(partial(rows.case_studies, "in_review"), {"claimed_by_id": None})],
    "casestudy_claimed_while_moderated": [(partial(rows.case_studies, "in_review"), {"status": "submitted"})],
    "casestudy_scheduled_when_approved": [(partial(rows.case_studies, "editing"), {"publish_at": timezone.now()})],
    "casestudy_featured_place_once": [(_first_featured, {"featured": 1})],
    "casestudy_featured_when_published": [
        (None, {"featured": 0}), (None, {"featured": 5}), (partial(rows.case_studies, "approved"), {"featured": 1}),
    ],
    "casestudy_published_has_address": [
        (None, {"first_published_at": None}),
        (None, {"slug_cy": ""}),
        (None, {"slug_en": ""}),
    ],
    "casestudy_sent_has_time": [(partial(rows.case_studies, "submitted"), {"submitted_at": None})],
    **edition_rules(
        "casestudyedition", ("title", "setting_name", "about", "context", "activity", "impact"), working
    ),
    "casestudyedition_correction_known": [(working, {"correction": "lost"}), (working, {"correction": "agreed"})],
    "successor_once": [(None, {"object_id": ...})],
    "successor_is_another": [(None, {"to_id": 2})],
    "casestudyedition_facts_when_live": [
        (None, {fact: ""}) for fact in ("kind", "phase", "medium", "authority")
    ],
    "casestudyedition_facts_known": [
        (working, {fact: "unheard-of"}) for fact in ("kind", "phase", "medium", "authority")
    ],
    "editionhallmark_once": [(None, {"hallmark_id": ...})],
    "casestudyreference_once_in_a_list": [(None, {"work_id": ...})],
    "typedreference_says_something": [(None, {"text": ""})],
    "document_kind_known": [(None, {"kind": "exe"})],
    "documentcopy_language_known": [(None, {"written_in": "fr"})],
    "documentcopy_published_is_named": [
        (None, {"title_cy": ""}), (None, {"title_en": None}), (None, {"written_in": ""}),
    ],
    "documentcheck_what_known": [(None, {"what": "spelling"})],
    "documentcheck_once": [(None, {"what": ...})],
    "creditedperson_once": [(None, {"email": ...})],
    "editionpicture_once": [(None, {"picture_id": ...})],
    "contributor_language_known": [(None, {"language": "fr"})],
    "contributor_confirmed_an_address": [(None, {"email": ""})],
    "snapshot_number_once": [(None, {"number": ...})],
    "permission_kind_known": [(None, {"kind": "hearsay"})],
    "permission_picture_named": [
        (None, {"kind": "pictures"}),
        (rows.picture_permissions, {"kind": "licence"}),
    ],
    "permission_stands_once": [(None, {"kind": ...})],
    "permission_for_a_picture_stands_once": [(rows.picture_permissions, {"picture_id": ...})],
    "comment_field_known": [(None, {"field": "password"})],
    "comment_language_known": [(None, {"language": "fr"})],
    "comment_says_something": [(None, {"text_cy": "", "text_en": ""})],
    "comment_internal_stays_here": [(None, {"is_internal": True, "sent_at": timezone.now()})],
    "comment_answered_once_asked": [
        (None, {"answer": "Ie", "answered_at": timezone.now(), "answer_language": "cy"}),
        (None, {"answered_at": timezone.now(), "sent_at": timezone.now()}),
        (None, {"answer": "Ie", "sent_at": timezone.now(), "answer_language": "cy"}),
    ],
    "user_digest_known": [(None, {"digest": "hourly"})],
    "openpage_once": [(None, {"item": ..., "user_id": ...})],
    "readyreason_move_known": [(None, {"move": "claim"})],
    "readyreason_key_once": [(None, {"key": ...})],
    "readyreason_filled": [
        (None, {f"{field}_{language}": nothing})
        for field in ("title", "text")
        for language in ("cy", "en")
        for nothing in ("", None)
    ],
    "invitation_once_per_address": [(None, {"email": ...})],
    "invitation_has_email": [(None, {"email": ""})],
    "invitation_language_known": [(None, {"language": "fr"})],
    "invitation_ends_once": [(None, {"accepted_at": timezone.now(), "revoked_at": timezone.now()})],
    "tag_filled": [(None, {"name_cy": ""}), (None, {"name_en": ""})],
    "finding_kind_known": [(None, {"kind": "hunch", "field": "activity"})],
    "finding_noted_says_what": [(None, {"what": ""})],
    "finding_found_has_place": [(None, {"kind": "pupil"})],
    "finding_once": [(rows.findings_in_a_text, {"quote": ...})],
    "finding_verdict_known": [(None, {"verdict": "unsure", "decided_by_id": 1})],
    "finding_justified_says_why": [(None, {"verdict": "justified", "decided_by_id": 1})],
    "finding_settled_by_somebody": [(None, {"verdict": "cleared"})],
    "problem_kind_known": [(None, {"kind": "praise"})],
    "problem_state_known": [(None, {"state": "lost"})],
    "problem_language_known": [(None, {"language": "fr"})],
    "problem_closed_has_time": [(None, {"state": "closed"}), (None, {"closed_at": timezone.now()})],
    "problem_answered_has_time": [(None, {"state": "answered"})],
    "problemnote_says_something": [(None, {"text": ""})],
    "erasure_what_known": [(None, {"what": "half"})],
    "accesslink_purpose_known": [(None, {"purpose": "look"})],
    "accesslink_credit_names_a_person": [(None, {"purpose": "credit"})],
    "headteacher_language_known": [(None, {"language": "fr"})],
    "headteacher_one_answer": [(None, {"agreed_at": timezone.now(), "refused_at": timezone.now()})],
}  # fmt: skip


def refusal_of(pair: Pair, columns: Columns) -> str:
    """What the database says when the second of the pair is made to say this."""
    first, second = pair
    said = {name: getattr(first, name) if value is ... else value for name, value in columns.items()}
    model = type(second)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        QuerySet(model).filter(pk=second.pk).update(**said)
    return str(refused.value)


def names_columns(refusal: str, model: type[Model], columns: list[str]) -> bool:
    """SQLite says which columns of a unique rule were broken, PostgreSQL which values they have."""
    if connection.vendor == "sqlite":
        return refusal.endswith(", ".join(f"{model._meta.db_table}.{column}" for column in columns))
    return f"Key ({', '.join(columns)})=" in refusal


def is_named(refusal: str, model: type[Model], rule: Any) -> bool:
    if connection.vendor != "sqlite" or isinstance(rule, CheckConstraint) or rule.expressions:
        return rule.name in refusal
    fields: list[Any] = [model._meta.get_field(name) for name in rule.fields]
    return names_columns(refusal, model, [field.column for field in fields])


EACH = [(name, number) for name, cases in CASES.items() for number in range(len(cases))]


@pytest.mark.parametrize(("name", "number"), EACH, ids=[f"{name}-{number}" for name, number in EACH])
def test_the_database_refuses(name: str, number: int) -> None:
    model, rule = RULES[name]
    make, columns = CASES[name][number]
    assert is_named(refusal_of((make or MAKE[model])(), columns), model, rule)


@pytest.mark.parametrize("name", UNIQUE)
def test_what_is_unique_is_there_once(name: str) -> None:
    model, field = UNIQUE[name]
    assert names_columns(refusal_of(MAKE[model](), {field.attname: ...}), model, [str(field.column)])


@pytest.mark.parametrize("name", POSITIVE)
def test_what_cannot_be_negative_is_not(name: str) -> None:
    model, field = POSITIVE[name]
    # Where our own rule bounds the column too, either may be the one that is named.
    assert "check constraint" in refusal_of(MAKE[model](), {field.attname: -1}).lower()


def test_every_rule_is_tried() -> None:
    """A rule that is added needs a case here; one that is gone takes its case along."""
    tried_elsewhere = {name.split(" ")[0] for name in TRIED_WITH_EDITIONS}
    assert set(CASES) | tried_elsewhere == set(RULES)
    assert set(CASES) & tried_elsewhere == set()
    assert all(isinstance(rule, CheckConstraint | UniqueConstraint) for _model, rule in RULES.values())
    assert set(MAKE) == set(MODELS)
    assert [model for model in MODELS if model._meta.unique_together] == []
    assert (len(RULES) >= 75, len(UNIQUE) >= 15, len(POSITIVE) >= 20) == (True, True, True)
