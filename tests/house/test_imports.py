"""What import-linter cannot see: an upper room named in a string or a template, private names, rooms without a subject."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: From the top: each may use those after it.
ROOMS = ("desk", "casestudies", "hallmarks", "references", "pages", "foundation")
FOUNDATION = {  # inside foundation: a room may use those of a lower floor
    "problems": 6,
    "signin": 6,
    "correspondence": 5,
    "search": 5,
    "publishing": 4,
    "record": 3,
    "people": 2,
    "files": 2,
    "clock": 2,
    "bilingual": 1,
}
BY_NAME = {"get_model", "import_string", "import_module", "get_app_config", "is_installed"}


def sources(ending: str) -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob(f"*{ending}")]
    assert found
    return sorted(path for path in found if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def above(path: Path) -> tuple[str, ...]:
    """The labels of the rooms that the file at `path` may not know."""
    parts = path.relative_to(ROOT).parts
    rooms = ROOMS[: ROOMS.index(parts[0])]
    if parts[0] != "foundation" or len(parts) < 3:
        return rooms
    floor = FOUNDATION[parts[1]]
    return rooms + tuple(name for name, other in FOUNDATION.items() if other >= floor and name != parts[1])


def calls_by_name(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The strings given to functions that find code by its name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in BY_NAME:
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def test_no_upper_room_is_named_in_a_string() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {named}"
        for path in sources(".py")
        for line, named in calls_by_name(ast.parse(path.read_text(encoding="utf-8")))
        if {*named.split(".")[:2]} & {*above(path)}
    ]
    assert found == []


def test_no_foreign_key_names_an_upper_room() -> None:
    relation = re.compile(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](\w+)\.\w+[\"']")
    found = [
        f"{path.relative_to(ROOT)}: {label}"
        for path in sources(".py")
        for label in relation.findall(path.read_text(encoding="utf-8"))
        if label in above(path)
    ]
    assert found == []


def tag_libraries() -> dict[str, Path]:
    """Name of a tag library → its file."""
    return {
        path.stem: path
        for room in ROOMS
        for path in (ROOT / room).rglob("templatetags/*.py")
        if path.stem != "__init__"
    }


def test_no_template_loads_the_tags_of_an_upper_room() -> None:
    """Templates of a room stand in `templates/<room>/`; what every page uses, in `components` and `correspondence`."""
    libraries = tag_libraries()
    found, looked_at = [], 0
    for path in (ROOT / "templates").rglob("*.*"):
        rooms = {"components": "foundation", "correspondence": "foundation", "joinin": "casestudies"}
        folder = path.relative_to(ROOT / "templates").parts[0]
        owner = ROOT / rooms.get(folder, folder)
        if owner.name not in ROOMS:  # `admin` is the desk's, which knows all; `base.html` is the whole site's
            continue
        looked_at += 1
        for loaded in re.findall(r"{%\s*load\s+([^%]+)%}", path.read_text(encoding="utf-8")):
            names = [name for name in loaded.split(" from ")[-1].split() if name in libraries]
            upper = [name for name in names if room_of(libraries[name]) in above(owner)]
            found += [f"{path.relative_to(ROOT)}: {name}" for name in upper]
    assert found == []
    assert looked_at > 10


def package_of(dotted: str) -> str:
    """The app that a module belongs to: `foundation.files`, `casestudies`."""
    parts = dotted.split(".")
    return ".".join(parts[:2]) if parts[0] == "foundation" else parts[0]


def test_no_private_name_is_used_across_apps() -> None:
    found, looked_at = [], 0
    for path in sources(".py"):
        here = package_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.module is None or node.level:
                continue
            looked_at += 1
            if node.module.split(".")[0] not in ROOMS or package_of(node.module) == here:
                continue
            names = [*node.module.split("."), *(alias.name for alias in node.names)]
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if re.match(r"_[a-z]", name)]
    assert found == []
    assert looked_at > 100


@pytest.mark.parametrize("name", ["common", "utils", "core", "helpers", "misc"])
def test_no_room_is_a_place_for_everything(name: str) -> None:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.stem == name]
    assert found == []


def test_every_room_of_foundation_has_its_floor() -> None:
    rooms = {path.parent.name for path in (ROOT / "foundation").glob("*/__init__.py")}
    assert rooms <= set(FOUNDATION)
    assert len(rooms) >= 7
