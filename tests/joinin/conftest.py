"""Fixtures of the tests of Join In."""

import pytest

from tests.joinin.school import School


@pytest.fixture
def sent(school: School) -> School:
    school.fill()
    school.send()
    return school
