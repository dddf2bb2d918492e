"""The groups are what the table says: after the migration alone, on a fresh database, and after `flush`."""

import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from desk.groups import ADMINISTRATORS, EDITORS, GROUPS, TRANSLATORS

migration: Any = importlib.import_module("desk.migrations.0001_create_groups")


def in_force() -> dict[str, set[str]]:
    return {
        group.name: {f"{held.content_type.app_label}.{held.codename}" for held in group.permissions.all()}
        for group in Group.objects.prefetch_related("permissions__content_type")
    }


def test_every_permission_of_the_table_exists(db: None) -> None:
    known = {
        f"{held.content_type.app_label}.{held.codename}" for held in Permission.objects.select_related("content_type")
    }
    assert ADMINISTRATORS - known == set()
    assert len(ADMINISTRATORS) == 96


def test_a_fresh_database_has_the_groups_of_the_table(db: None) -> None:
    assert in_force() == {name: set(codes) for name, codes in GROUPS.items()}


def test_the_migration_says_what_the_table_says() -> None:
    assert {name: set(codes) for name, codes in migration.GROUPS.items()} == {n: set(c) for n, c in GROUPS.items()}


def test_the_migration_alone_makes_them_and_takes_them_back(db: None) -> None:
    Permission.objects.all().delete()
    schema_editor = SimpleNamespace(connection=connection)
    migration.remove_groups(apps, schema_editor)
    assert in_force() == {}
    migration.create_groups(apps, schema_editor)
    assert in_force() == {name: set(codes) for name, codes in GROUPS.items()}


@pytest.mark.django_db(transaction=True)
def test_after_flush_they_come_back() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert in_force() == {name: set(codes) for name, codes in GROUPS.items()}


def test_what_sets_the_groups_apart() -> None:
    assert TRANSLATORS < EDITORS < ADMINISTRATORS
    never = ("delete_user", "delete_event", "delete_snapshot", "delete_casestudy", "change_event", "change_snapshot")
    assert [code for code in ADMINISTRATORS if code.endswith(never)] == []
    assert [code for code in TRANSLATORS if "add_" in code or "delete_" in code] == ["bilingual.add_agreement"]
    assert "casestudies.moderate_casestudy" not in TRANSLATORS
