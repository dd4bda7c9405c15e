"""The desk, the units and the kept answers of one application, made when first asked for."""

from __future__ import annotations

import atexit
import threading
from typing import TYPE_CHECKING, Any

from database.engine import StoreError
from results.speech import BANGKOK
from sweep.self_check.request import settings_of
from units.problems import UnitsError
from web.checking.asking import Around
from web.checking.desk import Desk
from web.checking.kept import KeptChecks
from web.checking.settings import settings_here
from web.checking.units_known import known_units
from web.faults import Unavailable
from web.registered import registry_stamp

if TYPE_CHECKING:
    from datetime import date

    from checklist.profile import UnitProfile
    from web.site import Site
    from web.viewer import Viewer

FOLDER = "self-checks"
_opening = threading.Lock()
_NO_ROOM = "ตรวจด้วยตนเองยังใช้ไม่ได้ เพราะเขียนลงโฟลเดอร์ข้อมูลของระบบไม่ได้ ให้แจ้งผู้ดูแลระบบ"


def desk_of(state: Any, site: Site) -> Desk:
    """The desk of the application with this state. Raises `Unavailable`."""
    with _opening:
        desk: Desk | None = getattr(state, "self_checks", None)
        if desk is None:
            root = site.home / FOLDER / "running"
            try:
                desk = Desk(root, settings_here(), site.clock)
            except OSError:
                raise Unavailable(_NO_ROOM) from None
            state.self_checks = desk
            atexit.register(desk.close)
        return desk


def kept_of(site: Site) -> KeptChecks:
    """Where this installation keeps answers."""
    return KeptChecks(site.home / FOLDER / "kept", settings_here().keep_each)


def today_at(site: Site) -> date:
    """Today in Thailand."""
    return site.clock().astimezone(BANGKOK).date()


def around_of(state: Any, site: Site, viewer: Viewer) -> Around:
    """What this viewer's asking is read against: a webmaster names none but their own units."""
    return Around(units_for(state, site, viewer), today_at(site), settings_of(site.crawl))


def units_for(state: Any, site: Site, viewer: Viewer) -> dict[str, UnitProfile]:
    """The units that the viewer may name, by id. Raises `Unavailable`."""
    known = _known(state, site)
    return known if viewer.sees_all else {u: known[u] for u in sorted(viewer.units) if u in known}


def _known(state: Any, site: Site) -> dict[str, UnitProfile]:
    """All units, read again when the registry or the newest scan is another."""
    try:
        scan = site.newest_scan(site.checklist())
        stamp = registry_stamp(site), scan.id if scan else None
        kept: tuple[Any, dict[str, UnitProfile]] | None = getattr(state, "known_units", None)
        if kept is None or kept[0] != stamp:
            kept = stamp, known_units(site, scan.id if scan else None)
            state.known_units = kept
    except (UnitsError, StoreError, OSError):
        raise Unavailable("อ่านทะเบียนหน่วยงานไม่ได้ ให้แจ้งผู้ดูแลระบบ") from None
    return kept[1]
