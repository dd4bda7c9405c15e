"""The demonstration ministry as files: every unit's site below one folder, and the ground truth."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from demo.copies import plans_of
from demo.paper import Press, find_browser
from demo.plan import ALL_ITEMS, HERE, UnitPlan, load_plans, read_yaml, span
from demo.site import Site, write_site

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

AS_OF = "2023-04-30"
_MANIFEST = "ministry.json"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit as the registry would hold it.

    `urls` maps an item to the addresses entered for it: paths on the unit's own site, or
    absolute addresses elsewhere. `host` names the unit's server for `demo.server`, `model` the
    unit whose `truth` holds here: itself, or the one it is a copy of.
    """

    id: str
    name: str
    type: str
    main_path: str
    urls: dict[str, list[str]]
    host: str
    owner_email: str
    about: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """How one server behaves: `answers` maps a path to a status, a target, a text or a delay."""

    id: str
    state: str
    charset: str
    soft_404: bool
    answers: dict[str, dict[str, Any]]
    validators: str = "both"


@dataclass(frozen=True, slots=True)
class Ministry:
    """All demonstration units and the servers they live on."""

    folder: Path
    units: tuple[DemoUnit, ...]
    hosts: tuple[Host, ...]

    def unit(self, unit_id: str) -> DemoUnit:
        """The unit called `unit_id`; raises `KeyError` when there is none."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful assessor says of one item; no `reasons` means that any reason will do."""

    verdict: str
    reasons: tuple[str, ...] = ()
    note: str = ""

    def agrees(self, verdict: str, reasons: Iterable[str]) -> bool:
        """True for the same verdict on at least one of the accepted reasons."""
        return verdict == self.verdict and (
            not self.reasons or not set(self.reasons).isdisjoint(reasons)
        )


def write_ministry(
    folder: Path,
    pdf_cache: Path | None = None,
    browser: str | None = None,
    *,
    print_pdfs: bool = True,
    count: int | None = None,
) -> Ministry:
    """Write every site below `folder/<unit-id>/` and what `demo.server` needs.

    PDFs are printed by the Chromium at `browser` (default: the one installed) and kept in
    `pdf_cache`; without a browser, or with `print_pdfs` off, those texts become pages. Units are
    those written by hand, or `count` of `demo.copies.plans_of`. Raises `ValueError` for more than
    there can be.
    """
    plans = load_plans() if count is None else plans_of(count)
    _clear(folder)
    program = (browser or find_browser()) if print_pdfs else None
    folder.mkdir(parents=True, exist_ok=True)
    press = Press(program, pdf_cache) if program else None
    sites = [write_site(plan, folder / plan.id, press) for plan in plans]
    _write_drive(folder / "drive")
    if press:
        press.run()
    ministry = Ministry(folder, tuple(map(_unit, sites)), (*map(_host, sites), _DRIVE))
    manifest = {
        "units": [asdict(unit) for unit in ministry.units],
        "hosts": [asdict(host) for host in ministry.hosts],
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return ministry


def load_ministry(folder: Path) -> Ministry:
    """The ministry that `write_ministry` wrote; raises `FileNotFoundError` when none was."""
    data = json.loads((folder / _MANIFEST).read_text("utf-8"))
    return Ministry(
        folder,
        tuple(DemoUnit(**row) for row in data["units"]),
        tuple(Host(**row) for row in data["hosts"]),
    )


@cache
def truth(unit_id: str) -> dict[str, Expected]:
    """The hand-written verdict for each of the 43 items of `unit_id`.

    A key of the data names items ("O5" or "O1-O3, O5"), each once; an item that is not named
    has the file's `otherwise`. Raises `FileNotFoundError` for an unknown unit and `ValueError`
    for an item that does not exist or is named twice.
    """
    path = HERE / "truth" / f"{unit_id}.yaml"
    data = read_yaml(path)
    otherwise = _expected(data.pop("otherwise"))
    named: dict[str, Expected] = {}
    for key, row in data.items():
        for item in span(key):
            if item in named or item not in ALL_ITEMS:
                raise ValueError(f"{path}: {item} is named twice or does not exist")
            named[item] = _expected(row)
    return {item: named.get(item, otherwise) for item in ALL_ITEMS}


def _expected(row: Any) -> Expected:
    if isinstance(row, str):
        return Expected(row)
    return Expected(row["verdict"], tuple(row.get("reasons", ())), row.get("note", ""))


def _clear(folder: Path) -> None:
    """Remove the sites that an earlier run wrote, and nothing else."""
    if (folder / _MANIFEST).is_file():
        for host in load_ministry(folder).hosts:
            shutil.rmtree(folder / host.id, ignore_errors=True)


def _unit(site: Site) -> DemoUnit:
    plan: UnitPlan = site.plan
    return DemoUnit(
        id=plan.id,
        name=plan.name,
        type=plan.type,
        main_path=site.main_path,
        urls=site.urls,
        host=plan.id,
        owner_email=f"webmaster@{plan.handle}.go.th",
        about=plan.about,
        model=plan.model or plan.id,
    )


def _host(site: Site) -> Host:
    plan = site.plan
    return Host(plan.id, plan.host, plan.charset, plan.soft_404, site.answers, plan.validators)


_DRIVE = Host("drive", "up", "utf-8", False, {"/file/*": {"status": 200, "file": "access.html"}})


def _write_drive(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "access.html").write_text(
        '<!DOCTYPE html><html lang="th"><head><meta charset="utf-8">'
        "<title>Google ไดรฟ์ - ปฏิเสธการเข้าถึง</title></head><body>"
        "<h1>คุณต้องมีสิทธิ์เข้าถึง</h1>"
        "<p>ขอสิทธิ์เข้าถึง หรือเปลี่ยนไปใช้บัญชีที่มีสิทธิ์เข้าถึง</p>"
        "<button>ขอสิทธิ์เข้าถึง</button></body></html>\n",
        "utf-8",
    )
