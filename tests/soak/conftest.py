"""The soak tests say as much about a failed assertion in their helpers as in themselves."""

import pytest

for name in ("browser", "site", "story", "truth"):
    pytest.register_assert_rewrite(f"tests.soak.{name}")
