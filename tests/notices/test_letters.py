"""A digest as people see it: escaped, short enough for LINE, from the office's own templates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.digest import Digest, digest_of
from notices.letters import LINE_LIMIT, LetterError, Letters, utf16_units
from notices.news import News
from notices.people import Person
from notices.routing import Parcel
from notices.told import Event, Key

LETTERS = Letters()
WEB = Person(id="web", name="ผู้ดูแลเว็บ", mail="web@surin.go.th")
EVIL = '<script>alert(1)</script>"><img src=x> [คลิก](http://bad)'


def news(item: str = "O2", **more: object) -> News:
    one = News(
        key=Key(Event.WORSE, "3", "oit-2566", "surin", item),
        unit_name="จังหวัดสุรินทร์",
        listed_as="OIT 2566",
        title="ข้อมูลผู้บริหาร",
        points=0.4,
        said="เดิม “ครบถ้วน” ขณะนี้ “ขาดข้อมูล”",
        step="เพิ่มส่วนที่ขาด",
        report="https://oit.example.go.th/gap-surin.html",
    )
    return replace(one, **more)  # type: ignore[arg-type]


def digest(*told: News) -> Digest:
    made = digest_of(Parcel(WEB, told or (news(),)), (), "ศปท.มท.", date(2023, 4, 5))
    assert made is not None
    return made


def test_the_subject_says_what_happened_and_what_it_costs() -> None:
    subject = LETTERS.letter(digest(news(), news("O3"))).subject
    assert subject == "OIT: แย่ลง 2 ข้อ (0.80 คะแนน) จังหวัดสุรินทร์"


def test_what_websites_said_is_escaped_in_html() -> None:
    letter = LETTERS.letter(digest(news(said=EVIL, title=EVIL, step=EVIL, unit_name=EVIL)))
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_only_web_addresses_become_links() -> None:
    letter = LETTERS.letter(digest(news(url="javascript:alert(1)", report="reports/gap.html")))
    assert "href=" not in letter.html
    assert "รายงานฉบับเต็ม: reports/gap.html" in letter.html


def test_a_path_of_the_offices_machine_is_said_to_lie_there_and_is_kept_out_of_line_groups() -> (
    None
):
    page = "https://www.surin.go.th/plan.pdf"
    letter = LETTERS.letter(digest(news(url=page, report="reports/gap.html")))
    for mail in (letter.html, letter.text):
        assert "รายงานฉบับเต็ม: reports/gap.html (แฟ้มอยู่ที่" in mail
    assert "reports/gap.html" not in letter.line
    assert f"หน้าที่ตรวจ: {page}" in letter.line
    assert "แฟ้มอยู่ที่" not in LETTERS.letter(digest(news())).text


def test_a_subject_never_breaks_its_line() -> None:
    letter = LETTERS.letter(digest(news(unit_name="ก\r\nBcc: x@example.com\u202e\u200bข")))
    assert letter.subject.endswith("ก Bcc: x@example.comข")


@settings(max_examples=20)
@given(st.lists(st.text(st.characters(exclude_characters="■"), max_size=400), min_size=1))
def test_a_line_text_always_fits_and_counts_what_is_left_out(said: list[str]) -> None:
    told = tuple(
        news(f"O{n + 1}", said=text, step=text * 3, unit_name=text) for n, text in enumerate(said)
    )
    line = LETTERS.letter(digest(*told)).line
    assert utf16_units(line) <= LINE_LIMIT
    shown = line.count("■")
    assert shown == len(told) or f"และอีก {len(told) - shown} เรื่อง" in line


def test_letters_beyond_the_basic_plane_count_twice_for_line() -> None:
    assert utf16_units("ก😀") == 3
    told = tuple(news(f"O{n}", said="😀" * 400, step="😀" * 400) for n in range(1, 13))
    line = LETTERS.letter(digest(*told)).line
    assert 4000 < utf16_units(line) <= LINE_LIMIT
    assert "และอีก" in line


def test_the_dearest_comes_first() -> None:
    made = digest(news("O2", points=0.1), news("O3", points=0.9))
    assert [one.key.item for one in made.news] == ["O3", "O2"]


def test_what_was_told_is_left_out() -> None:
    first, second = news("O2"), news("O3")
    made = digest_of(Parcel(WEB, (first, second)), [first.key], "ศปท.", date(2023, 4, 5))
    assert made is not None
    assert made.keys == (second.key,)
    parcel = Parcel(WEB, (first,))
    assert digest_of(parcel, [first.key], "ศปท.", date(2023, 4, 5)) is None


def test_the_json_for_programs_holds_what_the_mail_says() -> None:
    data = json.loads(LETTERS.letter(digest()).data)
    assert data["schema_version"] == "oit-notice/1"
    assert (data["person"], data["day"], data["points"]) == ("web", "2023-04-05", 0.4)
    [one] = data["news"]
    assert one["key"] == "worse/oit-2566/surin/O2/3"
    assert (one["event"], one["unit"], one["item"]) == ("worse", "surin", "O2")
    assert one["nobody_else"] is False


def test_an_office_may_replace_one_template(tmp_path: Path) -> None:
    (tmp_path / "subject.txt.j2").write_text("ด่วน {{ digest.in_brief }}", encoding="utf-8")
    letter = Letters(tmp_path).letter(digest())
    assert letter.subject == "ด่วน แย่ลง 1 ข้อ"
    assert "เรียน ผู้ดูแลเว็บ" in letter.text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ก\n{% for %}", r"subject.txt.j2 บรรทัด 2"),
        ("{{ digest.nosuch }}", "subject.txt.j2"),
        ("{{ digest.__class__.__mro__ }}", "subject.txt.j2"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "subject.txt.j2"),
        ("{{ 1 / 0 }}", "subject.txt.j2"),
    ],
)
def test_a_template_that_is_wrong_or_reaches_out_is_refused(
    tmp_path: Path, source: str, said: str
) -> None:
    (tmp_path / "subject.txt.j2").write_text(source, encoding="utf-8")
    with pytest.raises(LetterError, match=said):
        Letters(tmp_path).letter(digest())


def test_a_line_template_that_never_fits_is_refused(tmp_path: Path) -> None:
    (tmp_path / "line.txt.j2").write_text("ก" * 6000, encoding="utf-8")
    with pytest.raises(LetterError, match="5,000"):
        Letters(tmp_path).letter(digest())


def test_a_folder_of_templates_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="ไม่พบโฟลเดอร์แม่แบบ"):
        Letters(tmp_path / "none")
