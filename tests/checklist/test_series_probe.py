"""The series probe: every month has a report of its own, and links alone are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from checklist.evidence import (
    Document,
    Fetch,
    Image,
    Link,
    Passage,
    Region,
    Table,
    TextSource,
    Trail,
)
from checklist.fiscal import FiscalYear
from checklist.probes.base import Context, Finding
from checklist.probes.series import SeriesProbe
from checklist.verdict import ElementState

CONTEXT = Context(FiscalYear(2566), date(2023, 4, 30))
HALF = (
    "ตุลาคม 2565", "พฤศจิกายน 2565", "ธันวาคม 2565",
    "มกราคม 2566", "กุมภาพันธ์ 2566", "มีนาคม 2566",
)  # fmt: skip
ROWS = (
    "1\tซื้อหมึกพิมพ์\t12,500\t12,500\tเฉพาะเจาะจง\tร้านก้าวหน้า",
    "2\tจ้างซ่อมรถยนต์\t8,400\t8,400\tเฉพาะเจาะจง\tอู่ช่างดี",
)


def look(*documents: Document, covers: str = "h1_fy", as_of: date | None = None) -> Finding:
    probe = SeriesProbe.model_validate({"kind": "series", "covers": covers})
    context = CONTEXT if as_of is None else Context(FiscalYear(2566), as_of)
    return probe.look(documents, context)


def monthly(
    name: str, rows: Sequence[str] = ROWS, *, link: str = "", file: str = "", title: str = ""
) -> Document:
    """One month's report as a text PDF."""
    address = f"https://unit.example/{file or name.replace(' ', '-')}.pdf"
    passages = [Passage(name, Region.HEADING, page=1)] if name else []
    passages += [Passage(row, Region.MAIN, page=1) for row in rows]
    return Document(
        Fetch(address, address),
        TextSource.PDF,
        title=title or name,
        passages=tuple(passages),
        page_count=1,
        file_name=file,
        trail=Trail(link_text=link),
    )


def section_page(months: Sequence[str], rows: Sequence[str] = ROWS) -> Document:
    """One page with a heading and a table for each month."""
    passages = [Passage("สรุปผลการจัดซื้อจัดจ้างรายเดือน", Region.HEADING)]
    for index, month in enumerate(months):
        heading = f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน {month}"
        passages.append(Passage(heading, Region.HEADING))
        passages += [Passage(row, Region.TABLE, (heading,), table=index) for row in rows]
    address = "https://unit.example/monthly"
    return Document(Fetch(address, address), passages=tuple(passages))


def index_page(months: Sequence[str]) -> Document:
    """A page that only links to the months."""
    texts = [f"สขร.1 เดือน{month}" for month in months]
    address = "https://unit.example/index"
    return Document(
        Fetch(address, address),
        passages=(
            Passage("สรุปผลการจัดซื้อจัดจ้าง", Region.HEADING),
            *(Passage(text, Region.MAIN) for text in texts),
        ),
        links=tuple(Link(f"https://unit.example/{i}.pdf", t) for i, t in enumerate(texts)),
    )


WAYS_TO_NAME = [
    ("เดือนตุลาคม 2565", "เดือนพฤศจิกายน 2565", "เดือนธันวาคม 2565",
     "เดือนมกราคม 2566", "เดือนกุมภาพันธ์ 2566", "เดือนมีนาคม 2566"),
    ("ต.ค.65", "พ.ย.65", "ธ.ค.65", "ม.ค.66", "ก.พ.66", "มี.ค.66"),
    ("ประจำเดือน ตุลาคม พ.ศ. ๒๕๖๕", "ประจำเดือน พฤศจิกายน พ.ศ. ๒๕๖๕",
     "ประจำเดือน ธันวาคม พ.ศ. ๒๕๖๕", "ประจำเดือน มกราคม พ.ศ. ๒๕๖๖",
     "ประจำเดือน กุมภาพันธ์ พ.ศ. ๒๕๖๖", "ประจำเดือน มีนาคม พ.ศ. ๒๕๖๖"),
    ("สขร.1 เดือน ต.ค. 65", "สขร.1 เดือน พ.ย. 65", "สขร.1 เดือน ธ.ค. 65",
     "สขร.1 เดือน ม.ค. 66", "สขร.1 เดือน ก.พ. 66", "สขร.1 เดือน มี.ค. 66"),
    ("October 2022", "November 2022", "December 2022",
     "January 2023", "February 2023", "March 2023"),
    ("1 - 31 ต.ค. 65", "1 - 30 พ.ย. 65", "1 - 31 ธ.ค. 65",
     "1 - 31 ม.ค. 66", "1 - 28 ก.พ. 66", "1 - 31 มี.ค. 66"),
    tuple(f"เดือน{month.split()[0]} ปีงบประมาณ 2566" for month in HALF),
]  # fmt: skip


@pytest.mark.parametrize("names", WAYS_TO_NAME)
def test_a_document_for_every_month(names: Sequence[str]) -> None:
    finding = look(*(monthly(name) for name in names))
    assert finding.state is ElementState.PRESENT, finding
    assert len(finding.quotes) == 6


@pytest.mark.parametrize("names", WAYS_TO_NAME)
def test_the_month_may_be_named_by_the_link_that_led_there(names: Sequence[str]) -> None:
    documents = [monthly("สรุปผลการจัดซื้อจัดจ้าง", link=name) for name in names]
    assert look(*documents).state is ElementState.PRESENT


@pytest.mark.parametrize("lost", range(6))
def test_each_lost_month_is_named(lost: int) -> None:
    names = [month for index, month in enumerate(HALF) if index != lost]
    finding = look(*(monthly(f"สขร.1 เดือน{name}") for name in names))
    assert (finding.state, finding.reason) == (ElementState.ABSENT, "month_missing")
    assert finding.detail == f"ขาดเดือน {FiscalYear(2566).months[lost]}"
    assert len(finding.quotes) == 5


def test_sections_of_one_page_count() -> None:
    assert look(section_page(HALF)).state is ElementState.PRESENT


def test_a_heading_without_rows_is_no_report() -> None:
    finding = look(section_page(HALF, rows=()))
    assert finding.reason == "month_missing"


def test_a_list_of_links_is_no_report() -> None:
    finding = look(index_page(HALF))
    assert (finding.state, finding.reason) == (ElementState.ABSENT, "month_missing")


def test_a_month_may_say_that_there_was_none() -> None:
    names = [f"สขร.1 เดือน{month}" for month in HALF]
    documents = [monthly(name) for name in names[:5]]
    none = monthly(names[5], rows=["ไม่มีการจัดซื้อจัดจ้างในเดือนนี้"])
    assert look(*documents, none).state is ElementState.PRESENT
    assert look(*documents, monthly(names[5], rows=[])).state is not ElementState.PRESENT


def test_last_years_months_are_outdated() -> None:
    names = ("ต.ค.64", "พ.ย.64", "ธ.ค.64", "ม.ค.65", "ก.พ.65", "มี.ค.65")
    finding = look(*(monthly(f"สขร.1 เดือน {name}") for name in names))
    assert (finding.state, finding.reason) == (ElementState.OUTDATED, "outdated")
    assert "2565" in finding.detail


def test_six_months_in_one_lump_are_not_monthly() -> None:
    lump = monthly("สรุปผลการจัดซื้อจัดจ้าง ตุลาคม 2565 - มีนาคม 2566")
    finding = look(lump)
    assert finding.reason == "month_missing"
    assert "ไม่ได้แยกเป็นรายเดือน" in finding.detail


def test_a_dated_contract_does_not_make_a_month() -> None:
    row = "1\tซื้อวัสดุ\t5,000\tสัญญาเลขที่ 4/2566 ลงวันที่ 12 มีนาคม 2566\t5,000"
    documents = [monthly(f"สขร.1 เดือน{month}") for month in HALF[:5]]
    documents.append(monthly("สขร.1 เดือนกุมภาพันธ์ 2566", rows=[row, row]))
    assert look(*documents).detail == "ขาดเดือน มี.ค. 66"


def test_a_month_without_its_year_takes_the_year_above_it() -> None:
    passages = [Passage("สรุปผลการจัดซื้อจัดจ้าง ปีงบประมาณ 2566", Region.HEADING)]
    for month in ("ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม"):
        passages.append(Passage(f"เดือน{month}", Region.HEADING))
        passages += [Passage(row, Region.TABLE, (f"เดือน{month}",)) for row in ROWS]
    address = "https://unit.example/year"
    document = Document(Fetch(address, address), passages=tuple(passages))
    assert look(document).state is ElementState.PRESENT


def test_a_scan_named_by_its_link_needs_a_look() -> None:
    documents = [monthly(f"สขร.1 เดือน{month}") for month in HALF[:5]]
    scan = monthly("", rows=(), link="สขร.1 เดือนมีนาคม 2566")
    finding = look(*documents, scan)
    assert (finding.state, finding.reason) == (ElementState.UNSURE, "image_only")


def test_captioned_tables_count() -> None:
    cells = (tuple(ROWS[0].split("\t")), tuple(ROWS[1].split("\t")))
    tables = tuple(Table(cells, caption=f"สขร.1 ประจำเดือน{month}") for month in HALF)
    address = "https://unit.example/tables"
    assert look(Document(Fetch(address, address), tables=tables)).state is ElementState.PRESENT


def test_a_month_that_is_not_over_is_said_to_be_so() -> None:
    documents = [monthly(f"สขร.1 เดือน{month}") for month in HALF[:5]]
    finding = look(*documents, as_of=date(2023, 3, 15))
    assert finding.detail == "ขาดเดือน มี.ค. 66 (ยังไม่สิ้นเดือน: มี.ค. 66)"


def test_the_whole_year_before() -> None:
    months = [str(month) for month in FiscalYear(2565).months]
    documents = [monthly(f"สขร.1 เดือน {month}") for month in months]
    assert look(*documents, covers="fy_prev").state is ElementState.PRESENT
    assert look(*documents[:-1], covers="fy_prev").detail == "ขาดเดือน ก.ย. 65"


def test_a_month_shown_only_as_a_picture_below_its_heading_asks_a_person() -> None:
    pictured = section_page(HALF[:5])
    heading = f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน {HALF[5]}"
    image = Image("https://unit.example/f/march.jpg", heading_path=(heading,), width=900)
    pictured = replace(
        pictured,
        passages=(*pictured.passages, Passage(heading, Region.HEADING)),
        images=(image,),
    )
    assert look(pictured).reason == "image_only"
    assert look(replace(pictured, images=())).reason == "month_missing"


@pytest.mark.parametrize("said", ["- ไม่มี -", "ไม่มีจัดซื้อจัดจ้าง", "ไม่มีการจัดซื้อจัดจ้าง"])
def test_a_month_that_says_it_had_none_counts(said: str) -> None:
    base = section_page(HALF[:5])
    heading = f"สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน {HALF[5]}"
    more = (Passage(heading, Region.HEADING), Passage(said, Region.MAIN, (heading,)))
    assert look(replace(base, passages=(*base.passages, *more))).present
