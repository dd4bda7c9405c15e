"""What link texts and table rows of OIT pages tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.wording import item_numbers, naming, times


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("O12 รายงานผล", {12}),
        ("o12", {12}),
        ("O 12", {12}),
        ("O12.รายงาน", {12}),
        ("O๑๒ รายงาน", {12}),
        ("OIT 12", {12}),
        ("OIT-12", {12}),
        ("ข้อ 12 รายงาน", {12}),
        ("ข้อ O12", {12}),
        ("ข้อที่ ๑๒", {12}),
        ("012 รายงาน", {12}),
        ("01", {1}),
        ("O01 โครงสร้าง", {1}),
        ("4O4", {4}),
        ("คู่มือ (019-022)", {19, 20, 21, 22}),
        ("O19 - O22", {19, 20, 21, 22}),
        ("O1โครงสร้าง", {1}),
        ("MOIT 12", set()),
        ("MOIT12 รายงาน", set()),
        ("EB 12", set()),
        ("EB12", set()),
        ("02-256-6123", set()),
        ("0 2256 6123", set()),
        ("โทร 02 256", set()),
        ("ISO 9001", set()),
        ("วันที่ 01/04/2566", set()),
        ("O2566", set()),
        ("", set()),
    ],
)
def test_item_numbers(text: str, numbers: set[int]) -> None:
    assert item_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("แผนดำเนินงาน ปี 2566", {2566}),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", {2566}),
        ("report_6M_2023.pdf", {2566}),
        ("แผนพัฒนา (2566-2570)", {2566, 2567, 2568, 2569, 2570}),
        ("ita66", {2566}),
        ("ปี 66", {2566}),
        ("เดือนตุลาคม 2565", {2566}),
        ("ต.ค. 65", {2566}),
        ("มี.ค.66", {2566}),
        ("กันยายน 2565", {2565}),
        ("โทร 0 2566 1234", set()),
        ("รายงานประจำปี", set()),
    ],
)
def test_fiscal_years_of_a_wording(text: str, years: set[int]) -> None:
    assert times(text).years == years


def test_months_keep_their_calendar_year() -> None:
    assert times("สขร.1 เดือนพฤศจิกายน 2565").months == {(2565, 11)}
    assert times("ประจำเดือน มกราคม").months == {(None, 1)}


def test_a_title_is_named_in_full_in_part_and_not_by_its_neighbour() -> None:
    item = ("รายงานผลการสำรวจความพึงพอใจการให้บริการ", "ผลสำรวจความพึงพอใจ")
    full = naming("O18 รายงานผลการสำรวจความพึงพอใจการให้บริการ", item)
    close = naming("รายงานการสำรวจความพึงพอใจการให้บริการ", item)
    other = naming("สถิติการให้บริการ", item)
    assert full.score > 0.95
    assert 0.8 < close.score < full.score
    assert other.score < 0.6


@given(st.text(alphabet="OITเดือนปีข้อ0123456789๐๑๒๓ .-:()พศคมี", max_size=60) | st.text(max_size=60))
def test_any_wording_can_be_read(text: str) -> None:
    assert all(1 <= number <= 60 for number in item_numbers(text))
    said = times(text)
    assert all(1 <= month <= 12 for _, month in said.months)
    assert all(2400 < year < 2700 for year in said.years)
