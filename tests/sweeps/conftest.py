"""Sweeps ask for much that is refused: the log of refusals stays quiet, that of failures does not."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _quiet_refusals(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    caplog.set_level(logging.CRITICAL, logger="django.security")
