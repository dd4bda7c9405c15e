"""Counters, today's date and session marks are masked; every other number and date stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.content import alike_digest, exact_digest
from checklist.evidence import Document, Fetch, Passage, TextSource
from checklist.passing_marks import bangkok_day, masked, masked_url, shows_today

DAY = date(2023, 4, 10)

COUNTERS = [
    ("ผู้เข้าชม 12,345 ครั้ง", "ผู้เข้าชม 12,346 ครั้ง"),
    ("จำนวนผู้เยี่ยมชม : 000123", "จำนวนผู้เยี่ยมชม : 000124"),
    ("จำนวนผู้เข้าชมเว็บไซต์ทั้งหมด ๑,๒๓๔ คน", "จำนวนผู้เข้าชมเว็บไซต์ทั้งหมด ๑,๒๔๐ คน"),
    ("วันนี้ 35 เมื่อวาน 40 เดือนนี้ 1,200", "วันนี้ 2 เมื่อวาน 35 เดือนนี้ 1,235"),
    ("วันนี้\n35\nเมื่อวาน\n40\nทั้งหมด\n3,333", "วันนี้\n36\nเมื่อวาน\n40\nทั้งหมด\n3,334"),
    ("อ่าน 1,234 ครั้ง", "อ่าน 1,235 ครั้ง"),
    ("เปิดอ่านแล้ว 9 ครั้ง", "เปิดอ่านแล้ว 10 ครั้ง"),
    ("แผนปฏิบัติราชการ (ดาวน์โหลด 12 ครั้ง)", "แผนปฏิบัติราชการ (ดาวน์โหลด 13 ครั้ง)"),
    ("ขณะนี้มีผู้เข้าชม 3 คน", "ขณะนี้มีผู้เข้าชม 41 คน"),
    ("กำลังออนไลน์ 3 คน", "กำลังออนไลน์ 5 คน"),
    ("Hits: 123", "Hits: 124"),
    ("ผู้เข้าชม: 1,234 | วันนี้", "ผู้เข้าชม: 1,235 | วันนี้"),
    ("(Downloads: 9)", "(Downloads: 10)"),
    ("123 views", "1,124 views"),
    ("Today 5 Yesterday 9 Total 1,000", "Today 1 Yesterday 5 Total 1,006"),
]
REAL = [
    ("ผู้รับบริการ 1,234 ราย", "ผู้รับบริการ 1,235 ราย"),
    ("ข้อมูล ณ วันที่ 31 มีนาคม 2566", "ข้อมูล ณ วันที่ 31 มีนาคม 2565"),
    ("มีผู้เข้าชมนิทรรศการ 300 คน", "มีผู้เข้าชมนิทรรศการ 301 คน"),
    ("สถิติผู้เข้าชม 2566", "สถิติผู้เข้าชม 2565"),
    ("ดาวน์โหลด 2566", "ดาวน์โหลด 2565"),
    ("ดาวน์โหลด 12/2566", "ดาวน์โหลด 13/2566"),
    ("Downloads: 2566.pdf", "Downloads: 2565.pdf"),
    ("สถิติการให้บริการ เดือนนี้ 1,200 ปีนี้ 3,400", "สถิติการให้บริการ เดือนนี้ 1,300 ปีนี้ 3,400"),
    ("ร้องเรียน 3 เรื่อง", "ร้องเรียน 4 เรื่อง"),
    ("งบประมาณ 12,345 บาท", "งบประมาณ 12,346 บาท"),
    ("อบรม 5 ครั้ง", "อบรม 6 ครั้ง"),
    ("เปิดทำการ 08.30 - 16.30 น.", "เปิดทำการ 09.30 - 16.30 น."),
    ("10 เมษายน 2566", "10 เมษายน 2565"),
    ("110 เมษายน 2566", "210 เมษายน 2566"),
    ("ผู้เข้าชม: 31 มี.ค. 2566", "ผู้เข้าชม: 30 มี.ค. 2566"),
    ("การเข้าชม 31 มีนาคม 2566", "การเข้าชม 30 มีนาคม 2566"),
    ("Visitors: 31 March 2023", "Visitors: 30 March 2023"),
    ("สถิติผู้เข้าชม 66", "สถิติผู้เข้าชม 65"),
    ("Download: 66", "Download: 65"),
    ("สมาชิกออนไลน์ ๖๖", "สมาชิกออนไลน์ ๖๕"),
    ("Downloads: 12 เดือน", "Downloads: 6 เดือน"),
    ("download : 3 ไตรมาส", "download : 2 ไตรมาส"),
    ("ผู้เยี่ยมชม 10 หน่วยงาน", "ผู้เยี่ยมชม 11 หน่วยงาน"),
    ("การประชุม อ่าน 1 ครั้งที่ 2/2566", "การประชุม อ่าน 3 ครั้งที่ 2/2566"),
    ("เปิดดู 3 ครั้ง/ปี", "เปิดดู 4 ครั้ง/ปี"),
    ("วันนี้ 2 ปีที่แล้ว 2565", "วันนี้ 2 ปีที่แล้ว 2564"),
    ("เรื่องร้องเรียน วันนี้ 1 เดือนนี้ 3 ปีนี้ 12", "เรื่องร้องเรียน วันนี้ 1 เดือนนี้ 3 ปีนี้ 15"),
    ("ผู้ชม 021234567", "ผู้ชม 029999999"),
    ("โทร 0 2222 1234 hits", "โทร 0 2222 9999 hits"),
    ("02-222-1234 views", "02-222-9999 views"),
]


@pytest.mark.parametrize(("before", "after"), COUNTERS)
def test_a_counter_that_runs_is_no_change(before: str, after: str) -> None:
    assert before != after
    assert masked(before, DAY) == masked(after, DAY)


@pytest.mark.parametrize(("before", "after"), REAL)
def test_a_number_or_date_of_the_text_itself_is_a_change(before: str, after: str) -> None:
    assert masked(before, DAY) != masked(after, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "วันที่ 10 เมษายน 2566", "๑๐ เมษายน ๒๕๖๖", "10 เม.ย. 2566", "10 เม.ย. 66", "10/04/2566",
        "10-4-2023", "2023-04-10", "2023-04-10T10:20:30", "April 10, 2023", "10 Apr 2023",
        "วันที่ 10 เมษายน พ.ศ. 2566 เวลา 10:32:11 น.", "10:32 | 10/04/2566",
    ],
)  # fmt: skip
def test_the_day_of_reading_is_masked_however_it_is_written(text: str) -> None:
    assert shows_today(masked(text, DAY))
    assert masked(text, date(2023, 4, 11)) == text
    assert masked(text, None) == text


def test_office_hours_beside_the_day_stay() -> None:
    assert masked("10 เม.ย. 2566 08.30 - 16.30 น.", DAY).endswith("08.30 - 16.30 น.")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("/a?PHPSESSID=abcdef0123456789&id=4", "/a?PHPSESSID=fedcba9876543210&id=4", True),
        ("/a;jsessionid=AB12CD34EF?x=1", "/a;jsessionid=99BBCD34EF?x=1", True),
        ("/a?csrf_token=abcdefgh12", "/a?csrf_token=zzcdefgh12", True),
        ("/s.css?v=1681111111", "/s.css?v=1681222222", True),
        ("/a?PHPSESSID=abcdef0123456789&id=4", "/a?PHPSESSID=abcdef0123456789&id=5", False),
        ("/a?sid=12", "/a?sid=13", False),
        ("/watch?v=abcdefghi", "/watch?v=abcdefghj", False),
        ("/a?t=2", "/a?t=3", False),
    ],
)
def test_marks_of_a_session_in_links(before: str, after: str, *, same: bool) -> None:
    assert (masked_url(before) == masked_url(after)) is same


def page(
    *texts: str, read_on: date | None = None, source: TextSource = TextSource.HTML
) -> Document:
    fetch = Fetch("http://a/", "http://a/", fetched_at=datetime(2023, 4, 10, 3, tzinfo=UTC))
    return Document(fetch, source, passages=tuple(map(Passage, texts)), read_on=read_on)


def test_the_day_is_that_of_the_first_reading_not_of_a_later_look() -> None:
    first = page("วันที่ 9 เมษายน 2566", read_on=date(2023, 4, 9))
    assert alike_digest(first) == alike_digest(page("วันที่ 10 เมษายน 2566"))
    assert alike_digest(page("วันที่ 9 เมษายน 2566")) != alike_digest(page("วันที่ 10 เมษายน 2566"))


def test_what_stands_in_a_file_is_never_masked() -> None:
    one, other = (page(f"ผู้เข้าชม {n} ครั้ง", source=TextSource.PDF) for n in (1, 2))
    assert alike_digest(one) != alike_digest(other)
    assert exact_digest(one) != exact_digest(other)


def test_the_day_is_that_of_bangkok() -> None:
    assert bangkok_day(datetime(2023, 4, 9, 17, 30, tzinfo=UTC)) == DAY


WORDS = st.sampled_from(
    ["ผู้เข้าชม", "ครั้ง", "ราย", "อ่าน", " ", " ", ":", "1,234", "12", "2566", "๑๒", "วันนี้", "เมื่อวาน",
     "10", "เมษายน", "มีนาคม", "/04/", "views", "Hits", "-", "น.", "08.30", "แผน", "\n", "\ue0ff", "n"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map("".join)


@given(TEXTS, TEXTS)
def test_masking_equates_no_texts_that_differ_in_more_than_digits(one: str, other: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if not char.isdigit() and char not in ",\n :-./")

    if masked(one, None) == masked(other, None):
        assert letters(one) == letters(other)


@given(TEXTS)
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    plain = "".join(char for char in text if not char.isdigit() and char != "\ue0ff")
    assert masked(plain, DAY) == plain
