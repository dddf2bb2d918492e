"""Nothing in the repository belongs to one machine: no secret, no address of a package host, no absolute path."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "the host of a package registry": re.compile(
        r"(pypi|files\.pythonhosted|test\.pypi|pythonhosted)\.org|registry\.npmjs|index-url|trusted-host"
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users/\w+)/"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a key of a service": re.compile(r"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|xox[abp]-\w{10,}|sk_live_\w{10,})\b"),
    "a secret key": re.compile(r"SECRET_KEY *= *[\"'][^\"'\n(]{20,}[\"']"),
}
#: The lists above and the flags that keep addresses out of the lock file.
SPEAKS_OF_THEM = {"tests/house/test_no_secrets.py", "Makefile"}


def repository_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


def test_no_file_holds_what_belongs_to_one_machine() -> None:
    found, looked_at = [], 0
    for path in repository_files():
        name = path.relative_to(ROOT).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        looked_at += 1
        if name not in SPEAKS_OF_THEM:
            found += [f"{name}: {what}: {hit[0]}" for what, sign in FORBIDDEN.items() if (hit := sign.search(text))]
    assert found == []
    assert looked_at > 100


def test_what_is_made_here_is_ignored() -> None:
    made = [".env", "var/site.sqlite3", "locale/cy/LC_MESSAGES/django.mo", ".coverage.sqlite", ".venv/bin/python"]
    ignored = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, check=False, capture_output=True, text=True)
    assert ignored.stdout.split() == made
