"""Fixtures: a school with a story that names a pupil."""

import pytest

from tests.joinin.school import School, answers

NAMED = "Roedd Tomos, disgybl ym Mlwyddyn 6, yn falch iawn."
RING = "Ring us on 01970 555 123."


@pytest.fixture
def named(school: School) -> School:
    """What it typed names a pupil in Welsh and gives a telephone number in English."""
    given = answers()
    given["activity"] = {"activity_cy": f"Darllen bob dydd. {NAMED}", "activity_en": f"We read each day. {RING}"}
    school.fill(given)
    return school
