"""Choosing between readings of PDF pages, and mending what every PDF of a program does wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.extract import pdf_reading
from crawler.extract.pdf_links import may_hold_links
from crawler.extract.pdf_reading import choose_pages
from crawler.extract.poppler import PopplerError
from crawler.extract.problems import UnreadableError
from tests.crawler.extract.hand_pdf import line, pdf, stream

PLAIN = "เทศบาลตำบลบ้านสวนได้จัดทำแผนการจัดซื้อจัดจ้างและรายงานผลการใช้จ่ายงบประมาณให้ประชาชนทราบ "


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("แผนป้ องกันการทุจริต", "แผนป้องกันการทุจริต"),
        ("ค่าเป้ าหมายของแผน", "ค่าเป้าหมายของแผน"),
        ("สูงกว่าค่าเป\n้ าหมายที่ตั้งไว้", "สูงกว่าค่าเป้าหมายที่ตั้งไว้"),
        ("การฝึ กอบรมและฟื้ นฟู", "การฝึกอบรมและฟื้นฟู"),
        ("ทุกปี งบประมาณ", "ทุกปี งบประมาณ"),
        ("รวมทั้งปี\nงบประมาณ", "รวมทั้งปี\nงบประมาณ"),
    ],
)
def test_marks_of_tall_letters_are_put_back(read: str, kept: str) -> None:
    (page,) = choose_pages([f"{PLAIN}{read}"], None, None)
    assert page.text == f"{PLAIN}{kept}"


@pytest.mark.parametrize(
    ("text", "kept", "blank"),
    [
        (PLAIN, PLAIN, False),
        ("", "", False),
        ("1>@01>1/0@ N1APo >B?/0=@ @P/>o?@1" * 5, "", True),
    ],
)
def test_what_does_not_read_is_left_to_recognition(text: str, kept: str, blank: bool) -> None:
    (page,) = choose_pages([text], None, None)
    assert (page.text, page.blank) == (kept, blank)


def broken(pages: list[str], message: str) -> Iterator[str]:
    yield from pages
    raise PopplerError(message)


def test_pages_read_before_a_reader_broke_are_kept() -> None:
    pages = choose_pages(broken([PLAIN, PLAIN], "crashed"), None, None)
    assert [page.number for page in pages] == [1, 2]


@pytest.mark.parametrize(
    ("message", "words"), [("Incorrect password", "รหัสผ่าน"), ("Couldn't read xref", "ชำรุด")]
)
def test_a_file_that_no_reader_opens_says_why(message: str, words: str) -> None:
    with pytest.raises(UnreadableError, match=words) as caught:
        choose_pages(broken([], message), None, None)
    assert caught.value.code == "extract_failed"


def test_pages_of_one_file_are_judged_alike_once_enough_are_weighed() -> None:
    faulty = "สํานักงานเทศบาลตําบล " + PLAIN
    garbage = "1>@01>1/0@ N1APo >B?/0=@ @P/>o?@1" * 5
    pages = choose_pages([*[faulty] * 20, garbage, faulty], None, None)
    assert [page.number for page in pages if page.blank] == [21]
    assert pages[-1].text == faulty


@pytest.mark.parametrize(
    ("body", "possible"),
    [
        (pdf([line("No link here")]), False),
        (pdf([line("text")]) + b"<</S/URI/URI(https://a.go.th)>>", True),
        (pdf([line("text")], trailer=b"/Encrypt 9 0 R"), True),
        (b"%PDF-1.7 /Type/ObjStm " + stream(b"not packed"), True),
    ],
)
def test_pages_are_opened_for_links_only_where_one_can_be(body: bytes, possible: bool) -> None:
    assert may_hold_links(body) is possible


def test_a_page_cut_before_its_marks_is_read_the_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = "รายงานการกำกับติดตามการใช้จ่ายเงินงบประมาณ ตั้งแต่เดือนตุลาคม ถึงเดือนมีนาคม"
    cut = "รายงานการก\nำก\nับต\nิดตามการใช\n้จ\n่ายเง\nินงบประมาณ ต\nั้งแต\n่เด\nือนตุลาคม"
    monkeypatch.setattr(pdf_reading, "page_text", lambda _document, _index: whole)
    assert pdf_reading._Chooser(object()).page(0, cut).text == whole
    assert pdf_reading._Chooser(None).page(0, cut).text != whole
