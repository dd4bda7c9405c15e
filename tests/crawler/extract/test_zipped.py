"""Archives of documents: what is read, under which name, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from checklist.evidence import Document, Fetch, Region, TextSource
from crawler.extract import extract, extract_all
from crawler.extract.zipped import MAX_MEMBERS
from tests.crawler.extract.hand_pdf import SCAN, line, pdf

FETCH = Fetch("https://a.go.th/months.zip", "https://a.go.th/months.zip")
PAGE = "<html><body><h1>แบบ สขร.1 เดือน{}</h1><p>จัดซื้อวัสดุสำนักงาน</p></body></html>"


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, body in members.items():
            target.writestr(name, body)
    return stream.getvalue()


def read(body: bytes) -> Document:
    return extract(body, FETCH)


def test_each_member_stands_under_its_name() -> None:
    document = read(
        packed(
            {
                "ปี 2566/ม.ค. 66.html": PAGE.format("มกราคม").encode(),
                "ปี 2566/ก.พ. 66.csv": "ลำดับ,รายการ,วงเงิน\n1,ก,2\n2,ข,3\n".encode(),
                "__MACOSX/._x": b"\0\1",
            }
        )
    )
    assert document.source is TextSource.TEXT
    found = [(p.heading_path[0], p.text, p.source) for p in document.passages if p.heading_path]
    assert ("ม.ค. 66.html", "จัดซื้อวัสดุสำนักงาน", TextSource.HTML) in found
    assert ("ก.พ. 66.csv", "1\tก\t2", TextSource.TEXT) in found
    assert document.tables[0].heading_path == ("ก.พ. 66.csv",)
    assert document.metadata["members"] == "ปี 2566/ม.ค. 66.html, ปี 2566/ก.พ. 66.csv"
    assert "unread" not in document.metadata


def test_each_member_can_be_had_as_a_document_of_its_own() -> None:
    body = packed(
        {"a.html": PAGE.format("มกราคม").encode(), "b.exe": b"MZ\x90\0\x03\0" + b"\0" * 99}
    )
    first, second = extract_all(body, FETCH)
    assert (first.file_name, first.title) == ("a.html", "")
    assert first.passages[0].text == "แบบ สขร.1 เดือนมกราคม"
    assert first.fetch.url == FETCH.url
    assert second.fetch.problem == "unsupported_type"
    assert "b.exe" in second.fetch.problem_detail
    assert [d.file_name for d in extract_all(b"<html><p>x</p>", FETCH)] == ["months.zip"]


def test_an_archive_of_one_file_is_that_file() -> None:
    document = read(packed({"แผน 2566.txt": "แผนปฏิบัติการ ปี 2566".encode()}))
    assert document.file_name == "แผน 2566.txt"
    assert document.title == "แผนปฏิบัติการ ปี 2566"


def test_what_was_not_read_is_named_and_counts_as_a_page_without_text() -> None:
    scan = pdf([line("Cover of the annual report of the office"), SCAN], pictures=True)
    document = read(
        packed({"1.pdf": scan, "2.exe": b"MZ\x90\0" + b"\0" * 99, "3.txt": b"end of it"})
    )
    assert document.page_count == 4
    assert document.blank_pages == (2, 3)
    assert document.metadata["unread"] == "2.exe"
    assert [p.page for p in document.passages if p.text == "end of it"] == [4]


def test_an_archive_in_an_archive_is_not_opened() -> None:
    document = read(packed({"in.zip": packed({"a.txt": b"words"})}))
    assert document.fetch.problem == "unsupported_type"
    assert "in.zip" in document.fetch.problem_detail


def test_names_lead_nowhere() -> None:
    members = {"../../etc/passwd.txt": b"root of all", "/abs/b.txt": b"second"}
    names = read(packed(members)).metadata["members"]
    assert names == "etc/passwd.txt, abs/b.txt"


def test_old_programs_write_thai_names_in_tis_620() -> None:
    name = "แผน ปี 66.txt".encode("cp874")
    body = packed({"x" * len(name): "แผนงาน".encode()}).replace(b"x" * len(name), name)
    assert read(body).file_name == "แผน ปี 66.txt"


def test_only_so_many_members_are_read() -> None:
    document = read(packed({f"{n}.txt": f"word {n}".encode() for n in range(MAX_MEMBERS + 3)}))
    assert len(document.metadata["members"].split(", ")) == MAX_MEMBERS
    assert len(document.metadata["unread"].split(", ")) == 3


@pytest.mark.parametrize(
    ("body", "problem", "words"),
    [
        (packed({"a.txt": b"0" * (30 * 1024**2), "b.txt": b"1"}), "too_large", "บีบอัด"),
        (packed({}), "unreadable", "ไม่มีไฟล์"),
        (packed({"a.exe": b"MZ\x90\0" * 9, "b.rar": b"Rar!\x1a\7\0\0"}), "unreadable", "a.exe"),
    ],
    ids=["bomb", "empty", "nothing-to-read"],
)
def test_what_is_refused_says_why(body: bytes, problem: str, words: str) -> None:
    document = read(body)
    assert document.fetch.problem == problem
    assert words in document.fetch.problem_detail


def test_a_member_that_lies_about_its_size_is_found_out() -> None:
    honest = packed({"a.txt": b"0" * 100_000, "b.txt": b"1"})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    document = read(lying)
    assert document.fetch.problem in {None, "extract_failed"}
    assert sum(len(p.text) for p in document.passages) < 1000


def test_a_locked_archive_says_so() -> None:
    body = bytearray(packed({"a.txt": b"words"}, zipfile.ZIP_STORED))
    for place in (6, body.index(b"PK\x01\x02") + 8):
        body[place] |= 1
    document = read(bytes(body))
    assert document.fetch.problem == "extract_failed"
    assert "รหัสผ่าน" in document.fetch.problem_detail


def test_passages_of_members_keep_their_region() -> None:
    body = packed({"a.html": PAGE.format("มกราคม").encode(), "b.txt": b"x" * 10})
    headings = [p.text for p in read(body).passages if p.region is Region.HEADING]
    assert headings == ["แบบ สขร.1 เดือนมกราคม", "xxxxxxxxxx"]
