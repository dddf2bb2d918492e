"""The documents say what is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_of_the_environment_is_in_the_table() -> None:
    asked = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", read("config/settings.py")))
    written = set(re.findall(r"`([A-Z_]+)`", "\n".join(re.findall(r"^\| (.*?) \|", read("docs/running.md"), re.M))))

    assert written == asked | {"PORT", "WEB_WORKERS"}
    assert len(asked) > 15


def test_every_registry_is_in_the_table() -> None:
    registries = {
        name
        for room in ("foundation", "references", "hallmarks", "pages")
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r"^def (register\w*)\(", path.read_text(encoding="utf-8"), re.M)
    }
    written = set(re.findall(r"\b(register\w*)`", read("docs/structure.md")))
    assert written == registries


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/structure.md", "docs/running.md"]
)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", read(name))
    missing = [link for link in links if not link.endswith(".png") and not (ROOT / name).parent.joinpath(link).exists()]
    assert missing == []


def test_every_command_of_the_makefile_that_is_named_exists() -> None:
    made = set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.M))
    named = {
        target
        for name in ("README.md", "CONTRIBUTING.md", "docs/running.md", "docs/structure.md")
        for target in re.findall(r"\bmake ([a-z]+)(?=[`\s])", "\n".join(_code(read(name))))
    }
    assert {"run", "test", "messages", "soak", "lint"} <= named <= made


def _code(text: str) -> list[str]:
    return re.findall(r"`[^`]+`", text) + re.findall(r"^    .*$", text, re.M)
