"""Papers printed by programs: Chromium for all fonts, LibreOffice where it is installed."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench.read.office import word_file
from bench.read.sample import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bench.read.sample import Paper

FONT_FOLDER = Path("/usr/share/fonts/truetype/tlwg")
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_OFFICE_S = 150
_DATE = re.compile(rb"(?<=Date \(D:)\d{14}|(?<=Date\(D:)\d{14}")
_TAGS = {Part.TITLE: "h1", Part.HEADING: "h2", Part.PROSE: "p", Part.ENTRY: "p"}
_STYLE = """
@page {{ size: A4; margin: 18mm 16mm }}
body {{ font-family: '{font}'; font-weight: {weight}; font-size: {points}pt; line-height: 1.5 }}
h1 {{ font-size: 1.3em; text-align: center; margin: 0 }} h2 {{ font-size: 1.1em; margin: .5em 0 0 }}
p {{ margin: .2em 0 }} table {{ border-collapse: collapse; width: 100%; font-size: .85em }}
td {{ border: 1px solid #444; padding: 1px 4px }}
"""


class MissingProgramError(Exception):
    """A program that prints is not installed, or did not print; the message says which."""


def families() -> tuple[str, ...]:
    """The families of fonts-thai-tlwg by the names that programs know.

    Raises:
        MissingProgramError: the package is not installed.
    """
    stems = {path.stem.partition("-")[0] for path in FONT_FOLDER.glob("*.ttf")}
    if not stems:
        raise MissingProgramError(f"no fonts in {FONT_FOLDER}: apt-get install fonts-thai-tlwg")
    return tuple(sorted(re.sub("(?<=Tlwg)(?=[A-Z])", " ", stem) for stem in stems))


def as_html(paper: Paper, font: str, *, weight: int = 400, points: float = 12) -> str:
    """The paper as a page to print."""
    parts = []
    row_open = False
    for block in paper.blocks:
        if (block.part is Part.ROW) != row_open:
            row_open = not row_open
            parts.append("<table>" if row_open else "</table>")
        if row_open:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in block.cells)
            parts.append(f"<tr>{cells}</tr>")
        else:
            tag = _TAGS[block.part]
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
    style = _STYLE.format(font=font, weight=weight, points=points)
    body = "".join(parts) + ("</table>" if row_open else "")
    head = f"<meta charset='utf-8'><style>{style}</style>"
    return f"<!doctype html><html lang='th'><head>{head}</head><body>{body}</body></html>"


def by_chromium(pages: Sequence[str]) -> list[bytes]:
    """Each page of HTML as a PDF.

    Raises:
        MissingProgramError: no Chromium is installed.
    """
    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        raise MissingProgramError("no Chromium: apt-get install chromium-headless-shell")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=list(_FLAGS))
        page = browser.new_page()
        printed = []
        for markup in pages:
            page.set_content(markup)
            printed.append(_undated(page.pdf(prefer_css_page_size=True)))
        browser.close()
    return printed


def by_libreoffice(papers: Mapping[str, Paper], *, narrow: bool = False) -> dict[str, bytes]:
    """PDFs by font family, printed from Word files set in that font; `narrow` as in `word_file`.

    Raises:
        MissingProgramError: LibreOffice is not installed, or printed less than it was given.
    """
    program = shutil.which("soffice")
    if program is None:
        raise MissingProgramError("no LibreOffice: apt-get install libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory(prefix="bench-office-") as name:
        folder = Path(name)
        for font, paper in papers.items():
            (folder / f"{font}.docx").write_bytes(word_file(paper, font, narrow=narrow))
        arguments = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        arguments += ["--convert-to", "pdf", "--outdir", str(folder / "out")]
        arguments += [str(folder / f"{font}.docx") for font in papers]
        try:
            subprocess.run(arguments, capture_output=True, timeout=_OFFICE_S, check=True)
            return {
                font: _undated((folder / "out" / f"{font}.pdf").read_bytes()) for font in papers
            }
        except (subprocess.SubprocessError, OSError) as error:
            raise MissingProgramError(f"LibreOffice did not print: {error}") from error


def _undated(pdf: bytes) -> bytes:
    """The PDF with its dates set to one day; their length stays, so offsets hold."""
    return _DATE.sub(b"20230403090000", pdf)
