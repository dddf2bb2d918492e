"""docs/personal-data.md against the models: no column in which somebody could be named is forgotten."""

import re
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import CharField, Field, FileField, JSONField, Model, TextField

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^\| `(\w+\.\w+)`: ([\w, ]+) \|", re.MULTILINE)
#: Columns of text that hold nobody: keys, hashes, codes, addresses of pages, and words that editors publish about hallmarks.
NOBODY = {
    "bilingual.Agreement": {"field", "hash_cy", "hash_en"},
    "casestudies.AccessLink": {"token_hash"},
    "casestudies.CaseStudy": {"hidden", "held_because", "proof_hash", "reference", "slug_cy", "slug_en"},
    "casestudies.CaseStudyEdition": {"agreed_hash"},
    "casestudies.Comment": {"field"},
    "casestudies.Document": {"sha256", "token"},
    "casestudies.DocumentCopy": {"token"},
    "casestudies.Finding": {"field", "language"},
    "casestudies.Permission": {"text_version"},
    "casestudies.ReadyReason": {"key", "move", "text", "title"},
    "casestudies.Tag": {"name_cy", "name_en"},
    "clock.Figure": {"name", "value"},
    "clock.Job": {"error", "name"},
    "correspondence.Message": {"kind"},
    "correspondence.Wording": {"body", "kind", "subject"},
    "files.Picture": {"media_type", "sha256", "token"},
    "hallmarks.Connection": {"printed"},
    "hallmarks.Framework": {"candidate_cy", "candidate_source", "key", "name", "url", "variants"},
    "hallmarks.Hallmark": {"slug_cy", "slug_en"},
    "hallmarks.HallmarkEdition": {"body", "lead_in", "override_reason", "short_name", "summary", "title"},
    "hallmarks.HallmarkReference": {"printed"},
    "hallmarks.Strand": {"candidate_cy", "candidate_source", "name", "url", "variants"},
    "pages.Page": {"key", "slug_cy", "slug_en"},
    "pages.PageEdition": {"body", "override_reason", "title"},
    "people.OpenPage": {"item"},
    "people.RateLimit": {"key"},
    "problems.Problem": {"asked_as", "page", "reference", "subject_kind"},
    "publishing.FormerSlug": {"slug"},
    "publishing.Provenance": {"kind"},
    "publishing.WrittenFromFile": {"file_hash", "key", "kind", "source", "written_hash"},
    "record.Redaction": {"actor", "marks", "places"},
    "record.Event": {"actor", "code", "from_state", "kind", "to_state"},
    "references.CitationLink": {"field"},
    "signin.InvitationLink": {"token_hash"},
    "references.Excuse": {"field", "work_key"},
    "references.FormerKey": {"key"},
    "references.Link": {"address", "etag", "last_modified", "leads_to"},
    "references.Work": {"letter_cy", "letter_en", "sort_cy", "sort_en", "cover_alt", "doi", "entry_cy", "entry_en", "isbn", "key", "title", "title_language", "type", "url", "welsh_title", "welsh_url"},
    "references.WorkName": {"key"},
}  # fmt: skip


def is_ours(model: type[Model]) -> bool:
    path = Path(str(sys.modules[model.__module__].__file__))
    return ROOT in path.parents and ".venv" not in path.parts


def holds_text(field: "Field[object, object]") -> bool:
    return isinstance(field, CharField | TextField | JSONField | FileField) and not field.choices


def columns_of(model: type[Model]) -> set[str]:
    """The columns that hold text, a translated one by its own name."""
    names = {field.name for field in model._meta.concrete_fields if holds_text(field)}
    return {name for name in names if not (name.endswith(("_cy", "_en")) and name[:-3] in names)}


def listed() -> dict[str, set[str]]:
    text = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
    return {model: set(names.split(", ")) for model, names in LINE.findall(text)}


def test_every_column_is_in_the_document_or_holds_nobody() -> None:
    models = {model._meta.label: columns_of(model) for model in apps.get_models() if is_ours(model)}
    there, document = {label: names for label, names in models.items() if names}, listed()
    said = {label: document.get(label, set()) | NOBODY.get(label, set()) for label in there}
    assert said == there
    assert [label for label in document if document[label] & NOBODY.get(label, set())] == []
    assert sum(len(names) for names in there.values()) > 120


def test_the_document_names_nothing_that_is_not_there() -> None:
    for label, names in listed().items():
        fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert names <= fields, label
    assert len(listed()) >= 30
