"""Where an item's evidence stands, in plain Thai: own address, clicks, wording, whose site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.whereabouts import Placement, Reach, Step
from results.parts import PlacementText, StepText
from results.speech import _
from results.wording import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK_CHARS = 80
_WORDING_CHARS = 100


def placement_text(placement: Placement) -> PlacementText:
    """A placement in words."""
    return PlacementText(
        url=tidy(placement.url),
        direct=placement.direct,
        reach=placement.reach,
        clicks=placement.clicks,
        path=tuple(map(_step_text, placement.path)),
        named=placement.named,
        wording=tidy(placement.wording, _WORDING_CHARS),
        own_site=placement.own_site,
        line=" · ".join(_sentences(placement)),
    )


def _step_text(step: Step) -> StepText:
    return StepText(
        page_url=tidy(step.page_url),
        page_title=tidy(step.page_title),
        text=tidy(step.text),
        context=tidy(step.context),
        heading=tidy(step.heading_path[-1]) if step.heading_path else "",
    )


def _sentences(placement: Placement) -> Iterator[str]:
    yield {
        True: _("เปิดจาก URL โดยตรงได้"),
        False: _("เปิดจาก URL โดยตรงไม่ได้"),
        None: _("ยังไม่รู้ว่าเปิดจาก URL โดยตรงได้หรือไม่"),
    }[placement.direct]
    yield _reach(placement)
    if placement.named is not None:
        yield _naming(placement)
    if placement.own_site is not None:
        own = placement.own_site
        yield _("อยู่บนเว็บไซต์ของหน่วยงาน") if own else _("อยู่บนเว็บไซต์อื่น")


def _reach(placement: Placement) -> str:
    read = " " + _("(อ่าน {count:,} หน้า)", count=placement.pages_read)
    read = read if placement.pages_read else ""
    if placement.reach is Reach.NOT_ON_MAIN_SITE:
        return _("ไม่มีลิงก์จากเว็บไซต์หลักมาถึง") + read
    if placement.reach is Reach.UNKNOWN and not placement.pages_read:
        return _("อ่านหน้าแรกของเว็บไซต์หลักไม่ได้ จึงไม่รู้เส้นทางจากหน้าแรก")
    if placement.reach is Reach.UNKNOWN:
        return _("ยังไม่พบเส้นทางจากหน้าแรกในหน้าที่อ่าน{read} แต่ยังอ่านไม่ทั่วเว็บไซต์ จึงสรุปไม่ได้", read=read)
    if not placement.path:
        return _("อยู่บนหน้าแรกของเว็บไซต์หลัก ไม่ต้องคลิก")
    way = " › ".join([_("หน้าแรก"), *(f"“{_shown(step)}”" for step in placement.path)])
    return _("จากหน้าแรกถึงใน {clicks} คลิก: {way}", clicks=len(placement.path), way=way)


def _shown(step: Step) -> str:
    return tidy(step.text, _LINK_CHARS) or _("(ลิงก์รูปภาพหรือไม่มีข้อความ)")


def _naming(placement: Placement) -> str:
    words = tidy(placement.wording, _WORDING_CHARS)
    if placement.named and placement.wording in (step.text for step in placement.path):
        return _("ชื่อลิงก์สื่อถึงเรื่องนี้")
    if placement.named:
        return _("ชื่อลิงก์หรือหัวข้อสื่อถึงเรื่องนี้ (“{words}”)", words=words)
    if words:
        return _("ชื่อลิงก์และหัวข้อไม่บอกว่าเป็นเรื่องนี้ (“{words}”) ควรตั้งชื่อตามชื่อข้อ", words=words)
    return _("ลิงก์และหัวข้อไม่มีชื่อที่บอกว่าเป็นเรื่องใด ควรตั้งชื่อตามชื่อข้อ")
