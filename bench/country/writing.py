"""A drawn unit's website, written when the first visitor comes and kept in memory alone."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.country.papers import HandPress
from demo.plan import load_catalogue
from demo.server import content_type
from demo.site import layout_of, write_site

if TYPE_CHECKING:
    from bench.country.drawing import Drawn

_INDEXES = ("index.html", "index.htm", "index.php")
_BODY_END = re.compile(rb"</body>|</html>", re.I)
_NEWS = (
    '<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>ข่าวที่ {n}</title></head>'
    "<body><main><h1>ข่าวประชาสัมพันธ์ที่ {n}</h1><p>{name} ขอเชิญประชาชนร่วมกิจกรรมครั้งที่ {n} "
    "ของหน่วยงาน ณ ศาลาประชาคม สอบถามได้ในวันและเวลาราชการ</p></main></body></html>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says: status, headers worth saying, body."""

    status: int
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""


_LOST = Answer(404, body="<!DOCTYPE html><h1>ไม่พบหน้าที่ต้องการ</h1>".encode())


@dataclass
class Website:
    """The files of one site by path, and the answers that are no file."""

    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, path: str) -> Answer:
        """The answer for an unquoted path."""
        if said := self.answers.get(path):
            body = str(said.get("text", "")).encode()
            return Answer(int(said["status"]), body=body, location=said.get("location", ""))
        inside = path.strip("/")
        names = (inside, *(f"{inside}/{name}".lstrip("/") for name in _INDEXES), f"{inside}.json")
        found = next((name for name in names if name in self.files), None)
        if found is None:
            return _LOST
        return Answer(200, content_type(Path(found), "utf-8"), self.files[found])


def website(unit: Drawn) -> Website:
    """Write the site of a unit; takes some milliseconds a page."""
    orders = [item for item, one in unit.plan.items.items() if one.form == "pdf"]
    press = HandPress([item in unit.scanned for item in orders])
    with tempfile.TemporaryDirectory(prefix="country-") as folder:
        root = Path(folder) / "site"
        site = write_site(unit.plan, root, press)
        files = {
            str(path.relative_to(root)): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }
    _add_news(files, unit)
    return Website(files, site.answers)


def urls_of(unit: Drawn) -> dict[str, str]:
    """The paths that the registry holds for the unit's items, without writing the site."""
    if not unit.given:
        return {}
    layout = layout_of(unit.plan.layout)
    return {item: _filled(layout, item, unit) for item in unit.plan.items}


def _filled(layout: Any, item: str, unit: Drawn) -> str:
    showing = unit.plan.items[item]
    sub = load_catalogue().sub_of(item)
    place = load_catalogue().sub_indicators.index(sub) + 1
    number = int(item[1:])
    words = {"n": number, "nn": f"0{number:02d}", "sub": sub.id.replace(".", "-"), "k": place}
    if layout.answer == "index" and showing.goes_to is None:
        return f"{_href(layout.index.format(**words))}#O{number}"
    if showing.form == "html" or showing.parts or showing.goes_to:
        return _href(layout.page.format(**words))
    return _href(f"{layout.file.format(**words)}.{showing.form}")


def _href(path: str) -> str:
    return "/" + re.sub(r"index\.(html|htm|php)$", "", path)


def _add_news(files: dict[str, bytes], unit: Drawn) -> None:
    """Further pages that no item asks for, linked from the front page."""
    if not unit.further:
        return
    links = []
    for n in range(1, unit.further + 1):
        files[f"news/{n}.html"] = _NEWS.format(n=n, name=unit.plan.name).encode()
        links.append(f'<li><a href="/news/{n}.html">ข่าวประชาสัมพันธ์ที่ {n}</a></li>')
    front = next(name for name in _INDEXES if name in files)
    given = f"<ul>{''.join(links)}</ul>".encode()
    files[front] = _BODY_END.sub(lambda end: given + end[0], files[front], count=1)
