"""What an overview's address asks for: scan, filters, order and part, checked in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Query

from checklist.loader import available
from checklist.profile import UnitType
from checklist.reasons import REASONS
from results.board.choice import Choice, Sort
from results.board.matrix import FAILED, GROUPS
from results.board.scans import brief_scan, scans_with_results
from results.group import Group
from results.record import ScanStatus
from results.wording import GROUPS as GROUP_WORDS
from web.faults import BadInput, NotFound, Refused
from web.viewer import OnSite, SignedIn

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.record import ScanInfo
    from web.site import Site

GAPS = "fail"
"""The filter for everything that fails, missing or outdated."""
VERDICTS: dict[str, frozenset[Group]] = {
    GAPS: frozenset(GROUPS[at] for at in FAILED),
    **{group.value: frozenset({group}) for group in Group},
}
VERDICT_WORDS = {GAPS: "ไม่ผ่านทุกแบบ", **GROUP_WORDS}
SORT_WORDS = {
    Sort.POINTS: "คะแนนที่เสียมากที่สุดก่อน",
    Sort.NAME: "ชื่อหน่วยงาน",
    Sort.WORST: "ข้อที่เสียหนักที่สุดก่อน",
}
MOST_SCANS = 100
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True)
class Asked:
    """One overview: its checklist and scan (`None`: nothing was scanned yet), filters and part.

    `seen` are the ids of the units that the viewer may see, `None` for all.
    """

    checklist: Checklist
    scan: ScanInfo | None
    scans: tuple[ScanInfo, ...]
    choice: Choice
    verdict: str
    page: int
    seen: frozenset[str] | None

    @property
    def newest(self) -> ScanInfo | None:
        """The scan that speaks for today, which an address without a number shows."""
        return _newest(self.scans)


def asked(
    site: OnSite,
    viewer: SignedIn,
    checklist: Annotated[str, Query(max_length=40, description="รหัสรายการตรวจ เช่น oit-2566")] = "",
    scan: Annotated[str, Query(max_length=12, description="หมายเลขการตรวจ ว่าง = ครั้งล่าสุด")] = "",
    q: Annotated[str, Query(max_length=200, description="คำในชื่อหรือรหัสหน่วยงาน")] = "",
    type: Annotated[str, Query(max_length=20, description="ประเภทหน่วยงาน")] = "",
    owner: Annotated[str, Query(max_length=200, description="ผู้รับผิดชอบข้อ")] = "",
    verdict: Annotated[str, Query(max_length=20, description="ผลของข้อ fail = ไม่ผ่านทุกแบบ")] = "",
    reason: Annotated[str, Query(max_length=60, description="รหัสเหตุผล")] = "",
    item: Annotated[str, Query(max_length=10, description="รหัสข้อ เช่น O12")] = "",
    sort: Annotated[str, Query(max_length=10, description="points, name หรือ worst")] = "",
    page: Annotated[str, Query(max_length=9, description="หน้าที่ นับจาก 1")] = "",
) -> Asked:
    """What is asked for; raises `BadInput` for what there is not, `Refused`, `NotFound`."""
    if not viewer.reads:
        raise Refused
    wanted = _checklist(site, checklist)
    scans = scans_with_results(site.store, wanted.key, MOST_SCANS)
    return Asked(
        checklist=wanted,
        scan=_scan(site, wanted, scan, scans),
        scans=scans,
        choice=Choice(
            text=q.strip(),
            type=_one_of(UnitType, type, "ประเภทหน่วยงาน"),
            owner=owner,
            groups=_groups(verdict),
            reason=_reason(reason),
            item=_item(wanted, item),
            sort=_one_of(Sort, sort, "การเรียงลำดับ") or Sort.POINTS,
        ),
        verdict=verdict,
        page=_number(page, "หน้า") or 1,
        seen=None if viewer.sees_all else viewer.units,
    )


OnBoard = Annotated[Asked, Depends(asked)]
"""A handler's parameter of this type is what its address asks for."""


def _checklist(site: Site, key: str) -> Checklist:
    if key and key not in available():
        raise BadInput(f"ไม่มีรายการตรวจ «{key}» ที่มีคือ {', '.join(available())}")
    return site.checklist(key or None)


def _scan(
    site: Site, checklist: Checklist, text: str, scans: tuple[ScanInfo, ...]
) -> ScanInfo | None:
    number = _number(text, "หมายเลขการตรวจ")
    if number is None:
        return _newest(scans)
    found = brief_scan(site.store, number, checklist.key)
    if found is None:
        raise NotFound(f"ไม่พบการตรวจครั้งที่ {number} ของรายการตรวจ {checklist.key} อาจถูกลบไปแล้ว")
    return found


def _newest(scans: tuple[ScanInfo, ...]) -> ScanInfo | None:
    finished = (one for one in scans if one.status is ScanStatus.FINISHED)
    return next(finished, scans[0] if scans else None)


def _number(text: str, what: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise BadInput(f"{what}ต้องเป็นจำนวนเต็มตั้งแต่ 1 ขึ้นไป ไม่ใช่ «{text}»")
    return int(text)


def _one_of(kinds: type[_Kind], text: str, what: str) -> _Kind | None:
    known = [kind.value for kind in kinds]
    if text and text not in known:
        raise BadInput(f"ไม่มี{what} «{text}» ที่เลือกได้คือ {', '.join(known)}")
    return kinds(text) if text else None


def _groups(verdict: str) -> frozenset[Group]:
    if verdict and verdict not in VERDICTS:
        raise BadInput(f"ไม่มีผล «{verdict}» ที่เลือกได้คือ {', '.join(VERDICTS)}")
    return VERDICTS[verdict] if verdict else frozenset()


def _reason(code: str) -> str:
    if code and code not in REASONS:
        raise BadInput(f"ไม่มีรหัสเหตุผล «{code}» เลือกจากรายการในหน้าภาพรวม")
    return code


def _item(checklist: Checklist, item: str) -> str:
    if item and item not in {one.id for one in checklist.items}:
        last = checklist.items[-1].id
        raise BadInput(f"รายการตรวจนี้ไม่มีข้อ «{item}» มีตั้งแต่ {checklist.items[0].id} ถึง {last}")
    return item
