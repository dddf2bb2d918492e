"""Migrations: named by a person, reversible, and independent of the code they were written beside."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted(config.label for config in apps.get_app_configs() if Path(config.path).parts[: len(ROOT.parts)] == ROOT.parts
              and ".venv" not in config.path)  # fmt: skip
FILES = sorted(
    path
    for config in apps.get_app_configs()
    if config.label in OURS
    for path in (Path(config.path) / "migrations").glob("[0-9]*.py")
)


def test_there_are_migrations_to_look_at() -> None:
    assert len(OURS) >= 12
    assert len(FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_its_name_says_what_it_does(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z]+_[a-z0-9_]+", path.stem), "a verb, then what it is done to"
    assert not re.search(r"_(auto|initial|alter_\w+_options)", path.stem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_it_imports_no_application_code_that_may_change(path: Path) -> None:
    """Fields name a default or a folder by its function: those names are kept. Models and services are not imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    rooms = r"(casestudies|desk|foundation|hallmarks|pages|references)\."
    from_names = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [module for module in modules if module and re.match(rooms, module) and module.endswith("services")] == []
    assert [
        node.module for node in from_names if node.module and re.match(rooms + r"(\w+\.)?models$", node.module)
    ] == []


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_all_of_them_go_back_and_forward() -> None:
    """To an empty database and up again: every migration, on this database."""
    loader = MigrationLoader(connection)
    before = {name for name in loader.applied_migrations if name[0] in OURS}
    assert len(before) >= 12
    try:
        for label in OURS:
            if any(name[0] == label for name in MigrationLoader(connection).applied_migrations):
                call_command("migrate", label, "zero", verbosity=0, interactive=False)
        assert [name for name in MigrationLoader(connection).applied_migrations if name[0] in OURS] == []
    finally:
        call_command("migrate", verbosity=0, interactive=False)
    assert {name for name in MigrationLoader(connection).applied_migrations if name[0] in OURS} == before
