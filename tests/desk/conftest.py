"""Fixtures of the tests of the desk."""

import pytest

from references.models import Work
from tests.factories import WorkFactory


@pytest.fixture
def ellis(db: None) -> Work:
    return WorkFactory.create(key="ellis-2019", family="Ellis", title="On lanterns", year=2019)
