"""The tables of the monthly progress report: by office, item and unit, and what was not checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.formats.page import signed
from results.papers.blocks import Block, Grid, Heading, Words
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from results.papers.monthly import ItemProgress, MonthlyReport, OwnerProgress, UnitProgress

_LATE_SHOWN = 12
_NAMES_SHOWN = 20
_PAGE_CM = 16.5


def by_owner(report: MonthlyReport) -> list[Block]:
    """Every office with open work: standings, steps since the month before, and what is late."""
    told = [owner for owner in report.owners if owner.open or owner.totals.error or _any(owner)]
    clear = len(report.owners) - len(told)
    with_steps = bool(report.compared)
    head = [_("ส่วนงาน"), _("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้")]
    head += [_("แก้เสร็จ"), _("เกิดใหม่"), _("ค้าง")] if with_steps else []
    head.append(_("คะแนน\nที่เสีย"))
    rows = [tuple(_owner_row(owner, with_steps)) for owner in told]
    numbers = len(head) - 1
    caption = _("จำนวนข้อรวมทุกหน่วยงาน คะแนนที่เสียรวมทุกหน่วยงาน (จากหน่วยงานละ 100 คะแนน)")
    blocks: list[Block] = [
        Heading(_("ความก้าวหน้าตามส่วนงาน")),
        Grid(caption, tuple(head), tuple(rows), _widths(5.8, numbers), _numbers(numbers)),
    ]
    if with_steps:
        blocks.append(
            Words(
                _(
                    "“ค้าง” คือข้อที่ต้องแก้ไขหรือรอเปิดดูทั้งสองเดือนโดยไม่มีความก้าวหน้า "
                    "ข้อที่ตรวจไม่ได้ในเดือนใดเดือนหนึ่งไม่นับว่าเสร็จ เกิดใหม่ หรือค้าง"
                )
            )
        )
    if clear:
        blocks.append(Words(_("ส่วนงานอื่นอีก {count} ส่วนงานไม่มีข้อค้าง", count=clear)))
    return blocks


def _any(owner: OwnerProgress) -> bool:
    return bool(owner.steps.closed or owner.steps.opened or owner.steps.late)


def _owner_row(owner: OwnerProgress, with_steps: bool) -> list[str]:
    told, steps = owner.totals, owner.steps
    name = tidy(owner.owner)
    if owner.late_items:
        shown = ", ".join(
            f"{item}\u00a0({count})" for item, count in owner.late_items[:_LATE_SHOWN]
        )
        rest = len(owner.late_items) - _LATE_SHOWN
        shown += " " + _("และอีก {count} ข้อ", count=rest) if rest > 0 else ""
        name += "\n" + _("ค้าง: {items}", items=shown)
    row = [name, str(told.missing + told.outdated), str(told.review), str(told.error)]
    row += [str(steps.closed), str(steps.opened), str(steps.late)] if with_steps else []
    return [*row, f"{owner.lost:.2f}"]


def by_item(report: MonthlyReport) -> list[Block]:
    """Every item: units passing then and now, and standings."""
    with_steps = bool(report.compared)
    head = [_("ข้อ"), _("เรื่อง")]
    head += [_("ผ่าน\nเดือนก่อน"), _("ผ่าน\nเดือนนี้")] if with_steps else [_("ผ่าน")]
    head += [_("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้")]
    head += [_("ค้าง")] if with_steps else []
    numbers = len(head) - 2
    rows = tuple(tuple(_item_row(item, with_steps)) for item in report.items)
    first, *others = _widths(5.4, numbers, left=1.2)
    caption = (
        _(
            "จำนวนหน่วยงาน ช่อง “ผ่าน” นับเฉพาะ {count} หน่วยงานที่มีผลทั้งสองเดือน ช่องอื่นนับทุกหน่วยงาน",
            count=report.compared,
        )
        if with_steps
        else _("จำนวนหน่วยงาน")
    )
    centred = frozenset({0, *range(2, len(head))})
    return [
        Heading(_("ความก้าวหน้ารายข้อ")),
        Grid(caption, tuple(head), rows, (1.2, first, *others), centred),
    ]


def _item_row(item: ItemProgress, with_steps: bool) -> list[str]:
    told = item.totals
    row = [item.item, tidy(item.title)]
    row += [str(item.passed_before), str(item.passed_now)] if with_steps else [str(told.passed)]
    row += [str(told.missing + told.outdated), str(told.review), str(told.error)]
    return [*row, str(item.steps.late)] if with_steps else row


def by_unit(report: MonthlyReport) -> list[Block]:
    """The units most behind, lowest score first."""
    heading = Heading(_("หน่วยงานที่ต้องเร่งดำเนินการ"))
    if not report.behind:
        return [heading, Words(_("ไม่มีหน่วยงานที่ต้องแก้ไขหรือรอเปิดดู"))]
    head = [_("หน่วยงาน"), _("คะแนน\nคาดการณ์"), _("เทียบ\nเดือนก่อน")]
    head += [_("ต้องแก้ไข"), _("รอเปิดดู"), _("ตรวจ\nไม่ได้"), _("ค้าง")]
    rows = tuple(tuple(_unit_row(unit)) for unit in report.behind)
    caption = _("คะแนนคาดการณ์น้อยที่สุดก่อน ไม่เกิน {count} หน่วยงาน", count=len(report.behind))
    return [heading, Grid(caption, tuple(head), rows, _widths(5.1, 6), _numbers(6))]


def _unit_row(unit: UnitProgress) -> list[str]:
    told = unit.totals
    score = f"{unit.certain:.2f}"
    if round(unit.possible - unit.certain, 2):
        score = _("{low} ถึง {high}", low=score, high=f"{unit.possible:.2f}")
    change = "–" if unit.change is None else signed(unit.change)
    counts = [told.missing + told.outdated, told.review, told.error, unit.late]
    return [tidy(unit.name), score, change, *map(str, counts)]


def unchecked(report: MonthlyReport) -> list[Block]:
    """What could not be checked, by unit and cause; nothing when all could be."""
    if not report.troubles:
        return []
    rows = tuple((tidy(t.unit), str(t.count), tidy(t.cause)) for t in report.troubles)
    blocks: list[Block] = [
        Heading(_("ข้อที่ตรวจไม่ได้ (ไม่นับว่าขาด)")),
        Grid(
            _("ต้องให้ผู้ดูแลเว็บไซต์หรือผู้ให้บริการแก้ไข แล้วตรวจใหม่"),
            (_("หน่วยงาน"), _("จำนวนข้อ"), _("สาเหตุ")),
            rows,
            (6.0, 1.8, 8.7),
            frozenset({1}),
        ),
    ]
    if report.unjudged:
        names = names_text(report.unjudged)
        blocks.insert(1, Words(_("ตรวจไม่ได้ทั้งหน่วยงาน ไม่รวมในคะแนนเฉลี่ย: {names}", names=names)))
    return blocks


def _widths(first: float, numbers: int, left: float = 0.0) -> tuple[float, ...]:
    """A first column of `first` cm, the rest of the page (less `left`) shared by the numbers."""
    return (first, *[round((_PAGE_CM - left - first) / numbers, 2)] * numbers)


def _numbers(count: int) -> frozenset[int]:
    return frozenset(range(1, count + 1))


def names_text(names: Sequence[str]) -> str:
    """The names in one line, the first 20 of many."""
    said = ", ".join(names[:_NAMES_SHOWN])
    rest = len(names) - _NAMES_SHOWN
    return said + (" " + _("และอีก {count} หน่วยงาน", count=rest) if rest > 0 else "")
