"""A moment for the tests that count days: they begin then, whenever they are run."""

from datetime import UTC, datetime

import pytest

#: A Wednesday noon: the day is the same in UTC and here, whatever the clocks do, and a day before and after it works.
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
at_noon = pytest.mark.time_machine(NOON)
