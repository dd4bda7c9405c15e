"""Importing and exporting: a preview first, all or nothing, and what goes out comes in unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from registry import drafts, reading, writing
from registry.importing import bring_in, plan, undo_import
from registry.records import How, RegistryError
from registry.workbook import APPROVALS, stands, write_registry
from tests.registry.conftest import KLANG, SITE, SUAN, SURIN, by, with_urls
from units.importing import examine
from units.registry import Unit

if TYPE_CHECKING:
    from sqlalchemy import Engine

HELD = {unit.id: unit for unit in (SURIN, SUAN, KLANG)}
NEW = Unit.model_validate({"id": "new", "name": "หน่วยงานใหม่", "type": "other"})
CHANGED = with_urls(SURIN, O1=[f"{SITE}changed"])
HOSTILE = Unit.model_validate(
    {
        "id": "O1",
        "name": '=HYPERLINK("https://evil.test","<script>alert(1)</script>")',
        "type": "local",
        "aliases": ["+1+1", "@SUM(A1)", "'=quoted", "-2"],
        "urls": {"O1": ["https://a.test/?q=%22%3E%3Cscript%3E"], "M1": ["https://a.test/m1"]},
        "explanation": "=cmd|' /C calc'!A0\n;;;;;;;;;;;;;;;;;;;;;;",
        "status": "paused",
        "contacts": [
            {"name": "=กองคลัง", "mail": "fin@a.test", "items": ["O10", "O11", "O12", "O20"]},
            {"name": "นายช่าง", "line": "U" + "0a" * 16},
        ],
        "note": "'-1\tทดสอบ",
    }
)


def book(path: Path, rows: list[list[object]]) -> Path:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(path)
    return path


class TestPreview:
    def test_added_changed_removed_and_what_stays(self) -> None:
        made = plan(HELD, [CHANGED, NEW, SUAN], whole=True)
        assert [step.unit_id for step in made.added] == ["new"]
        assert [step.unit_id for step in made.changed] == ["surin"]
        assert [step.unit_id for step in made.removed] == ["klang"]
        assert made.same == 1
        (change,) = made.changed[0].changes
        assert (change.key, change.added) == ("O1", (f"{SITE}changed",))

    def test_units_that_a_part_does_not_name_stay(self) -> None:
        made = plan(HELD, [NEW])
        assert (made.removed, made.absent) == ((), 3)

    def test_columns_that_the_file_lacks_stay_as_they_are(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [
            ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "O1"],
            ["surin", "จังหวัดสุรินทร์", "จังหวัด", None],
        ]
        read = examine(book(tmp_path / "part.xlsx", rows))
        made = plan(HELD, read.units, columns=read.columns)
        assert [(c.key, c.removed) for c in made.steps[0].changes] == [("O1", (f"{SITE}o1",))]

    def test_items_that_a_sheet_with_one_item_a_row_lacks_stay(self, tmp_path: Path) -> None:
        path = book(tmp_path / "rows.xlsx", [["ข้อ", "URL ที่ใช้ตรวจ"], ["O12", None]])
        made = load_workbook(path)
        sheet = made.create_sheet()
        sheet.append(["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท"])
        sheet.append(["surin", "จังหวัดสุรินทร์", "จังหวัด"])
        made.save(path)
        read = examine(path)
        (step,) = plan(HELD, read.units, columns=read.columns).steps
        assert [(c.key, c.after) for c in step.changes] == [("O12", ())]

    def test_an_id_in_other_case_is_refused_and_takes_nobody_out(self) -> None:
        made = plan(HELD, [SURIN.model_copy(update={"id": "Surin"}), SUAN, KLANG], whole=True)
        assert made.steps == ()
        assert "“Surin” ต่างจาก “surin”" in made.refused[0]

    def test_a_refused_row_is_told_with_line_and_reason_beside_the_good_ones(
        self, filled: Engine, tmp_path: Path
    ) -> None:
        rows: list[list[object]] = [
            ["รหัสหน่วยงาน", "ชื่อหน่วยงาน", "ประเภท", "เว็บไซต์หลัก"],
            ["new", "หน่วยงานใหม่", "อื่น ๆ", None],
            ["bad", "หน่วยงานผิด", "อปท.", "www.bad.test"],
        ]
        read = examine(book(tmp_path / "mixed.xlsx", rows))
        draft = drafts.draft_of(read, "mixed.xlsx", whole=False)
        key = drafts.put_down(filled, draft, by())
        _, made = drafts.taken_up(filled, key, by())
        assert [step.unit_id for step in made.added] == ["new"]
        assert "แถว 3 คอลัมน์ D (เว็บไซต์หลัก)" in made.refused[0]
        with pytest.raises(RegistryError, match="จึงยังไม่นำเข้าข้อมูลใด"):
            drafts.confirm(filled, key, made.mark, by())
        assert reading.units(filled).ids == ("surin", "suan", "klang")


class TestConfirming:
    def draft(self, engine: Engine, *units: Unit, whole: bool = False) -> str:
        columns = frozenset({"name", "type", "O1"})
        return drafts.put_down(engine, drafts.Draft("ใหม่.xlsx", units, (), columns, whole), by())

    def test_what_was_shown_is_done_once(self, filled: Engine) -> None:
        key = self.draft(filled, CHANGED, NEW)
        _, made = drafts.taken_up(filled, key, by())
        drafts.confirm(filled, key, made.mark, by())
        assert reading.units(filled).get("surin") == CHANGED
        assert reading.revisions(filled, "new")[0].how is How.IMPORT
        with pytest.raises(RegistryError, match="ไม่พบแฟ้มที่รอยืนยัน"):
            drafts.confirm(filled, key, made.mark, by())

    def test_a_registry_changed_meanwhile_is_looked_at_again(self, filled: Engine) -> None:
        key = self.draft(filled, CHANGED, NEW)
        _, made = drafts.taken_up(filled, key, by())
        writing.save(filled, with_urls(SURIN, O9=[f"{SITE}o9"]), 1, by("other"), How.FORM)
        with pytest.raises(RegistryError, match="ทะเบียนถูกแก้ไขหลังจากเปิดดูตัวอย่าง"):
            drafts.confirm(filled, key, made.mark, by())
        assert "new" not in reading.units(filled)

    def test_a_draft_is_its_authors_alone_and_for_a_day(self, filled: Engine) -> None:
        key = self.draft(filled, NEW)
        for someone in (by("other"), by("admin", 25)):
            with pytest.raises(RegistryError, match="ไม่พบแฟ้มที่รอยืนยัน"):
                drafts.taken_up(filled, key, someone)

    def test_an_import_is_undone_whole(self, filled: Engine) -> None:
        bring_in(filled, [CHANGED, NEW], by(), "ผิด.xlsx", whole=True)
        batch = reading.revisions(filled, "new")[0].batch
        assert undo_import(filled, batch, by("boss")) == 4
        units = reading.units(filled)
        assert {unit.id: unit for unit in units} == HELD

    def test_an_import_is_not_undone_over_later_changes(self, filled: Engine) -> None:
        bring_in(filled, [CHANGED, NEW], by(), "ผิด.xlsx")
        batch = reading.revisions(filled, "new")[0].batch
        writing.save(filled, SURIN, 2, by(), How.FORM)
        with pytest.raises(RegistryError, match="“surin” ถูกแก้ไขหลังการนำเข้า"):
            undo_import(filled, batch, by())
        assert "new" in reading.units(filled)
        with pytest.raises(RegistryError, match="ไม่พบการนำเข้าครั้งนี้"):
            undo_import(filled, "", by())


@pytest.mark.parametrize("kind", [".xlsx", ".csv", ".yaml"])
def test_what_is_exported_goes_back_in_unchanged(filled: Engine, tmp_path: Path, kind: str) -> None:
    bring_in(filled, [HOSTILE], by(), "ร้าย.yaml")
    writing.approve(filled, "O1", 1, by("boss"), "=ผู้บริหาร", "+บันทึก")
    writing.save(filled, with_urls(HOSTILE, O2=["https://a.test/o2"]), 1, by(), How.FORM)
    path = tmp_path / f"registry{kind}"
    write_registry(stands(filled), path, str)
    read = examine(path)
    assert read.problems == ()
    held = {unit.id: unit for unit in reading.units(filled)}
    made = plan(held, read.units, columns=read.columns, whole=True)
    assert (made.steps, made.same) == ((), 4)


def test_the_workbook_tells_of_approvals_without_formulas(filled: Engine, tmp_path: Path) -> None:
    writing.approve(filled, "surin", 1, by("boss"), "=HYPERLINK(1)", "เรียบร้อย")
    writing.save(filled, CHANGED, 1, by(), How.FORM)
    write_registry(stands(filled), tmp_path / "r.xlsx", lambda at: f"{at:%d}")
    sheet = load_workbook(tmp_path / "r.xlsx")[APPROVALS]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == [
        "surin", "จังหวัดสุรินทร์", "แก้ไขหลังอนุมัติ", "=HYPERLINK(1)", "05", "เรียบร้อย",
        "O1", f"{SITE}changed", f"{SITE}o1",
    ]  # fmt: skip
    assert rows[1][:3] == ["suan", "เทศบาลตำบลบ้านสวน", "ยังไม่อนุมัติ"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
