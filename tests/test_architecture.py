"""The house rules that import-linter cannot see: single modules, and the checklist's purity."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT: dict[str, set[str]] = {
    "checklist": set(),
    "units": {"checklist"},
    "database": set(),
    "objects": {"database"},
    "accounts": {"database"},
    "registry": {"database", "units", "checklist"},
    "crawler": {"objects", "database", "units", "checklist"},
    "evidence": {"objects", "database", "units", "checklist"},
    "results": {"database", "units", "checklist"},
    "demo": {"units", "checklist"},
    "notices": {"results", "registry", "database", "units", "checklist"},
    "sweep": {"crawler", "evidence", "results", "objects", "database", "units", "checklist"},
    "scheduling": {"database", "checklist"},
    "distributed": {
        "sweep",
        "crawler",
        "evidence",
        "results",
        "objects",
        "database",
        "units",
        "checklist",
    },
    "web": {
        "distributed",
        "sweep",
        "notices",
        "scheduling",
        "crawler",
        "evidence",
        "results",
        "accounts",
        "registry",
        "objects",
        "database",
        "units",
        "checklist",
    },
}
MAY_IMPORT["commands"] = set(MAY_IMPORT)
MAY_IMPORT["cli"] = set(MAY_IMPORT)
IMPURE = {
    "aiohttp", "alembic", "asyncio", "http", "httpx", "multiprocessing", "playwright", "requests",
    "scrapy", "socket", "sqlalchemy", "sqlite3", "ssl", "subprocess", "twisted", "urllib.request",
    "urllib3",
}  # fmt: skip


def files_of(room: str) -> list[Path]:
    module = ROOT / f"{room}.py"
    return [module] if module.is_file() else sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_one_way(room: str) -> None:
    assert files_of(room), f"{room} is gone: change MAY_IMPORT"
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files_of(room)
        for line, name in imported(path)
        if name.split(".")[0] in {*forbidden, "tests"} or name.startswith(".")
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["checklist", "units"])
def test_checklist_and_units_touch_neither_network_nor_database(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files_of(room)
        for line, name in imported(path)
        if name in IMPURE or name.split(".")[0] in IMPURE
    ]
    assert wrong == []


def test_loading_the_judge_loads_no_network_library() -> None:
    script = (
        "import sys, checklist.judge, checklist.loader\n"
        "print(*sorted({'scrapy','sqlalchemy','playwright','requests','aiohttp','twisted'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_every_room_is_installed_with_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    setuptools = project["tool"]["setuptools"]
    packages = {name.rstrip("*") for name in setuptools["packages"]["find"]["include"]}
    assert packages | set(setuptools["py-modules"]) == set(MAY_IMPORT)


def test_the_lock_holds_hashes_and_no_place_to_download_from() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert all("==" in line and line.endswith("\\") for line in names)
    assert not [line for line in lines if line.lstrip().startswith(("-", "http:", "https:", "file:"))
                and not line.lstrip().startswith("--hash=sha256:")]  # fmt: skip
