"""The programs that our crawl is measured beside, and the commands that run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROGRAMS = Path(__file__).parent / "programs"
_THREADS = "8"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program, what it does on a page, and the command before the addresses it begins at.

    `missing` says in Thai why it cannot be run; empty where it can. A command is run at an
    absolute path.
    """

    name: str
    does: str
    command: tuple[str, ...]
    version: str = ""
    missing: str = ""

    def crawling(self, starts: Sequence[str]) -> list[str]:
        """The command that crawls from `starts` and stays on their hosts."""
        return [*self.command, *starts]


def peers(folder: Path) -> list[Peer]:
    """All peers, as installed below `folder` by `bench/crawling/install.sh`."""
    links = ["-f", str(_PROGRAMS / "linkcheckerrc"), "--threads", _THREADS, "--no-status"]
    links += ["--no-warnings", "-r", "-1", "-o", "none"]
    return [
        _python(folder, "Scrapy", "scrapy", "LinkExtractor หาลิงก์ ไม่อ่านข้อความ", "scrapy_links.py"),
        _python(folder, "LinkChecker", "linkchecker", "หาลิงก์และบอกว่าลิงก์เสียหรือไม่", *links),
        _python(
            folder,
            "crawlee-python",
            "crawlee",
            "ParselCrawler หาลิงก์ ไม่อ่านข้อความ",
            "crawlee_links.py",
        ),
        _linkinator(folder),
    ]


def _python(folder: Path, name: str, environment: str, does: str, *call: str) -> Peer:
    home = folder / environment / "bin"
    found = _version(home / "python", environment)
    if not found:
        return Peer(name, does, (), missing="ยังไม่ได้ติดตั้ง (bench/crawling/install.sh)")
    if call[0].endswith(".py"):
        command = (str(home / "python"), str(_PROGRAMS / call[0]), *call[1:])
    else:
        command = (str(home / "python"), str(home / environment), *call)
    return Peer(name, does, command, found)


def _version(python: Path, package: str) -> str:
    """The version installed in the environment of `python`; "" where there is none."""
    if not python.is_file():
        return ""
    code = f"from importlib.metadata import version; print(version('{package}'))"
    told = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else ""


def _linkinator(folder: Path) -> Peer:
    name, does = "linkinator", "หาลิงก์และบอกว่าลิงก์เสียหรือไม่"
    node, package = shutil.which("node"), folder / "linkinator/node_modules/linkinator"
    if node is None:
        return Peer(name, does, (), missing="เครื่องนี้ไม่มี node")
    if not (package / "package.json").is_file():
        return Peer(name, does, (), missing="ยังไม่ได้ติดตั้ง (bench/crawling/install.sh)")
    about = json.loads((package / "package.json").read_text("utf-8"))
    program = str(package / about["bin"]["linkinator"])
    # Other hosts are not asked: the sites name some of the real world.
    elsewhere = "^(?!http://127[.])"
    options = ("--recurse", "--concurrency", _THREADS, "--skip", elsewhere, "--verbosity", "none")
    return Peer(name, does, (node, program, *options), about["version"])


def is_page(path: str) -> bool:
    """True for a page or a document; pictures, styles, scripts, data and robots.txt are not."""
    return not re.search(
        r"(?i)(\.(png|jpe?g|gif|ico|css|js|json)|/robots\.txt|^/api/.*)($|\?)", path
    )
