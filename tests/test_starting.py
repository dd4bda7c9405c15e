"""What a start of the program loads: nothing of what the command at hand does not use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.archive import Archive
from tests.databases import database_at
from tests.evidence.archive_samples import three

ROOT = Path(__file__).parents[1]
WEB = ("fastapi", "starlette", "uvicorn", "jinja2", "authlib", "httpx")
BROWSER = ("playwright", "scrapy_playwright")
CRAWL = ("scrapy", "twisted", "parsel")
OCR = ("tesserocr", "numpy", "PIL")
DATABASE = ("sqlalchemy", "alembic")
OBJECT_STORE = ("obstore",)
OFFICE = ("openpyxl", "xlsxwriter", "docx", "pptx", "matplotlib")
# What was loaded is told when Python ends, however the command ends.
PROGRAM = """
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted(sys.modules), file=sys.stderr))
sys.argv[1:] = {arguments!r}
import cli
cli.main()
"""


def loaded(tmp_path: Path, *arguments: str) -> frozenset[str]:
    """The packages in memory when the command has ended."""
    program = PROGRAM.format(arguments=list(arguments))
    env = {**os.environ, "OIT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=env, cwd=tmp_path,
        check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr
    [line] = [line for line in ran.stderr.splitlines() if line.startswith("LOADED ")]
    return frozenset(name.partition(".")[0] for name in line.split()[1:])


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The packages that a check of one local page loads."""
    folder = tmp_path_factory.mktemp("check")
    page = folder / "contact.html"
    page.write_text("<title>ติดต่อ</title><h1>ติดต่อ</h1><p>โทรศัพท์ 0 2222 1234</p>", "utf-8")
    return loaded(folder, "check", str(page), "--item", "O5")


@pytest.mark.parametrize(
    "unused", [WEB, BROWSER, CRAWL, OCR, DATABASE, OBJECT_STORE, OFFICE], ids=lambda u: u[0]
)
def test_check_of_a_local_file_loads_only_what_it_uses(
    checked: frozenset[str], unused: tuple[str, ...]
) -> None:
    assert "lxml" in checked, "the page was read"
    assert checked.isdisjoint(unused)


def test_listing_the_checklist_loads_no_reader(tmp_path: Path) -> None:
    found = loaded(tmp_path, "checklist", "list")
    assert found.isdisjoint({*WEB, *BROWSER, *CRAWL, *OCR, *DATABASE, *OBJECT_STORE, *OFFICE})


def test_an_archive_in_a_folder_loads_no_object_store(tmp_path: Path) -> None:
    made = database_at(tmp_path / "oit.db")
    with Archive.open(tmp_path / "oit-evidence", made) as archive:
        three(archive)
    found = loaded(tmp_path, "evidence", "verify", "--database", made)
    assert "warcio" in found, "the archive was read"
    assert found.isdisjoint(OBJECT_STORE)
