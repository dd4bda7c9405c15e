"""Scans put into the demonstration ministry: some alone can decide an item, others cannot.

An item's own PDF is replaced by the scan of it: what decides then stands in the scan alone. To a
page that passes by its text a scan of another paper is attached: nothing rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bench.read.scans import WEAR, as_pdf, render, worn
from demo.copies import plan_called
from demo.ministry import truth
from demo.server import find_file

if TYPE_CHECKING:
    from pathlib import Path

    from demo.ministry import DemoUnit, Ministry

_JPEG = 70
_IDLE_A_UNIT = 5


@dataclass(frozen=True, slots=True)
class Scans:
    """Pages of scans that may decide an item, and of those that cannot."""

    deciding: int
    idle: int


def put_scans(ministry: Ministry, units: int) -> Scans:
    """Put scans into the first `units` units that hold PDFs, if PDFs were printed.

    Items that the ministry itself shows as a picture alone are counted with those that decide.
    """
    deciding, idle, done = _pictured(ministry), 0, 0
    for unit in ministry.units:
        papers = list(_own_pdfs(ministry, unit))
        if not papers or done == units:
            continue
        done += 1
        for path in papers:
            pictures = render(path.read_bytes())
            deciding += len(pictures)
            path.write_bytes(as_pdf(pictures, jpeg=_JPEG))
        first = render(papers[0].read_bytes())[:1]
        for place, page in enumerate(_passing_pages(ministry, unit)):
            # Worn in a way of its own, so that no two are one file.
            scan = as_pdf([worn(first[0], WEAR[0], seed=place)], jpeg=_JPEG)
            name = f"attached-{place}.pdf"
            (ministry.folder / unit.host / name).write_bytes(scan)
            _attach(page, name)
            idle += 1
    return Scans(deciding, idle)


def _pictured(ministry: Ministry) -> int:
    """Pictures that are all an item's page shows; the same picture is read once for all units."""
    return len(
        {
            sha256((ministry.folder / unit.host / "img/scan.png").read_bytes()).digest()
            for unit in ministry.units
            if any(shown.text == "image_only" for shown in plan_called(unit.id).items.values())
        }
    )


def _own_pdfs(ministry: Ministry, unit: DemoUnit) -> Iterator[Path]:
    """The PDFs that are themselves the address of an item."""
    for path in _addressed(ministry, unit):
        if path.suffix == ".pdf":
            yield path


def _passing_pages(ministry: Ministry, unit: DemoUnit) -> list[Path]:
    """A few pages that are the address of an item that passes."""
    passing = {item for item, said in truth(unit.model).items() if said.verdict == "pass"}
    pages = [p for p in _addressed(ministry, unit, passing) if p.suffix in (".html", ".htm")]
    return pages[:_IDLE_A_UNIT]


def _addressed(ministry: Ministry, unit: DemoUnit, items: set[str] | None = None) -> Iterator[Path]:
    """The files at the items' own addresses; an index page that many share is none."""
    shown = plan_called(unit.id).items
    for item, urls in unit.urls.items():
        alone = "#" not in urls[0] and "://" not in urls[0] and shown[item].goes_to is None
        if alone and (items is None or item in items):
            path = find_file(ministry.folder / unit.host, unquote(urlsplit(urls[0]).path))
            if path is not None:
                yield path


def _attach(page: Path, name: str) -> None:
    html = page.read_bytes()
    link = f'<p><a href="/{name}">เอกสารแนบ</a></p>'.encode()
    page.write_bytes(html.replace(b"</main>", link + b"</main>", 1))
