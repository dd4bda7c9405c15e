"""The pages that are measured, as data: their addresses, and the bare queries of the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.web.generator import History


@dataclass(frozen=True, slots=True)
class Bare:
    """Queries whose rows a page shows; `:scan`, `:unit` and `:item` stand for its own."""

    name: str
    queries: tuple[str, ...]

    def values_of(self, history: History, turn: int) -> Mapping[str, object]:
        """The values for the page that is asked for at this turn."""
        return {"scan": history.newest, **_own(history, turn)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its Thai name; `{unit}`, `{item}` and `{scan}` in its path change each time."""

    name: str
    path: str
    bare: Bare

    def path_of(self, history: History, turn: int) -> str:
        """The address at this turn."""
        return self.path.format(scan=history.newest, **_own(history, turn))


def _own(history: History, turn: int) -> dict[str, str]:
    return {
        "unit": history.sample[turn % len(history.sample)],
        "item": history.items[(7 * turn) % len(history.items)],
    }


_LINES = Bare(
    "บรรทัดของทุกหน่วยงานในการตรวจ",
    (
        "SELECT unit_id, name, type, letters, reasons FROM board_lines"
        " WHERE scan_id = :scan ORDER BY unit_id",
    ),
)
_VERDICTS = Bare(
    "ผลทุกข้อของทุกหน่วยงานในการตรวจ",
    (
        "SELECT u.unit_id, u.name, i.item, i.verdict FROM scan_units u"
        " JOIN item_verdicts i ON i.scan_unit_id = u.id WHERE u.scan_id = :scan",
    ),
)
_UNIT = Bare(
    "ผลทุกข้อของหน่วยงานในทุกการตรวจ และองค์ประกอบกับหลักฐานครั้งล่าสุด",
    (
        "SELECT u.scan_id, i.item, i.verdict, i.reasons FROM scan_units u"
        " JOIN item_verdicts i ON i.scan_unit_id = u.id WHERE u.unit_id = :unit",
        "SELECT e.* FROM scan_units u JOIN item_verdicts i ON i.scan_unit_id = u.id"
        " JOIN element_verdicts e ON e.item_verdict_id = i.id"
        " WHERE u.scan_id = :scan AND u.unit_id = :unit",
        "SELECT q.* FROM scan_units u JOIN item_verdicts i ON i.scan_unit_id = u.id"
        " JOIN element_verdicts e ON e.item_verdict_id = i.id"
        " JOIN evidence q ON q.element_verdict_id = e.id"
        " WHERE u.scan_id = :scan AND u.unit_id = :unit",
    ),
)
_ITEM = Bare(
    "ผลของข้อในทุกการตรวจ และองค์ประกอบกับหลักฐานครั้งล่าสุด",
    (
        "SELECT u.scan_id, i.item, i.verdict, i.reasons FROM scan_units u"
        " JOIN item_verdicts i ON i.scan_unit_id = u.id AND +i.item = :item"
        " WHERE u.unit_id = :unit",
        "SELECT e.*, q.* FROM scan_units u"
        " JOIN item_verdicts i ON i.scan_unit_id = u.id AND +i.item = :item"
        " JOIN element_verdicts e ON e.item_verdict_id = i.id"
        " LEFT JOIN evidence q ON q.element_verdict_id = e.id"
        " WHERE u.scan_id = :scan AND u.unit_id = :unit",
    ),
)

PAGES: tuple[Page, ...] = (
    Page("ภาพรวม", "/overview", _LINES),
    Page("ภาพรวม เทียบผลทีละข้อ", "/overview", _VERDICTS),
    Page("ภาพรวม หน้า 100", "/overview?page=100", _LINES),
    Page("ภาพรวม กรองประเภท", "/overview?type=local", _LINES),
    Page("ภาพรวม กรองผล", "/overview?verdict=fail", _LINES),
    Page("ภาพรวม กรองผู้รับผิดชอบ", "/overview?owner=กองการเจ้าหน้าที่", _LINES),
    Page("ภาพรวม กรองเหตุผล", "/overview?reason=outdated", _LINES),
    Page("ภาพรวม กรองข้อ เรียงตามข้อที่หนักสุด", "/overview?item={item}&sort=worst", _LINES),
    Page("ภาพรวม ค้นชื่อ เรียงตามชื่อ", "/overview?q=ทดสอบ 12&sort=name", _LINES),
    Page("API ภาพรวม", "/api/v1/overview", _LINES),
    Page("API หน่วยงานในตาราง", "/api/v1/units?verdict=fail", _LINES),
    Page("หน่วยงาน", "/units/{unit}", _UNIT),
    Page("หลักฐานของข้อ", "/units/{unit}/items/{item}?scan={scan}", _ITEM),
)
