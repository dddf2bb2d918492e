"""Fixtures of the tests of Join In."""

import pytest

from tests.factories import HallmarkFactory
from tests.joinin.school import School


@pytest.fixture
def school(db: None) -> School:
    for number in (1, 2, 3):
        HallmarkFactory.create(number=number)
    return School()


@pytest.fixture
def sent(school: School) -> School:
    school.fill()
    school.send()
    return school
