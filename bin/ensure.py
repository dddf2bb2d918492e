#!/usr/bin/env python
"""The system tools that the tests need, installed where that can be done; otherwise the one command that does it."""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Missing(Exception):
    """A tool is not there and could not be installed. Says which command mends it."""


def chromium() -> str:
    """The path of a Chromium: from `CHROMIUM`, from the system, or installed now. Raises `Missing`."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return _found() or _installed("chromium")


def _found() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _installed(package: str) -> str:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", package]):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    path = _found()
    if path is None:
        raise Missing(
            "The browser tests need Chromium. Install it: sudo apt-get install chromium (or name one in CHROMIUM)"
        )
    return path


if __name__ == "__main__":
    try:
        print(chromium())
    except Missing as missing:
        sys.exit(str(missing))
