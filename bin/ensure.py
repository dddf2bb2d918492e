#!/usr/bin/env python
"""The system tools that the tests need, installed where that can be done; otherwise the one command that does it."""

import os
import shutil
import subprocess
import sys

#: Best first. The shell is the same engine without windows: opening fifteen profiles costs 4 s of processor time, not 18.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "chromium")


class Missing(Exception):
    """A tool is not there and could not be installed. Says which command mends it."""


def chromium() -> str:
    """The path of a Chromium: from `CHROMIUM`, from the system, or installed now. Raises `Missing`."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return _found() or _installed()


def _found() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _installed() -> str:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_get("update", "-q")
        any(_apt_get("install", "-qy", "--no-install-recommends", package) for package in PACKAGES)
    path = _found()
    if path is None:
        raise Missing(
            "The browser tests need Chromium. Install it: sudo apt-get install chromium (or name one in CHROMIUM)"
        )
    return path


def _apt_get(*arguments: str) -> bool:
    """Whether it did what was asked."""
    done = subprocess.run(["apt-get", *arguments], check=False, stdout=subprocess.DEVNULL)  # noqa: S603, S607
    return done.returncode == 0


if __name__ == "__main__":
    try:
        print(chromium())
    except Missing as missing:
        sys.exit(str(missing))
