"""Archived files as people see them: pages drawn with the quote framed, versions side by side."""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.crawler.loopback_site import minimal_pdf
from web.evidence.differing import Change, difference
from web.evidence.drawing import joined, marked_page
from web.evidence.locating import Match
from web.evidence.quoting import Spot
from web.evidence.tasks import Body, CompareTask, PageTask, PictureTask
from web.evidence.viewing import LOST, ViewError, Viewing
from web.evidence.worker import answered

PAGE = "<html><body><h1>แผน 2566</h1><p>อบรมเจ้าหน้าที่ 3 ครั้ง</p></body></html>".encode()
LATER = "<html><body><h1>แผน 2566</h1><p>อบรมเจ้าหน้าที่ 5 ครั้ง</p></body></html>".encode()


def about(body: bytes, **values: object) -> Body:
    sha256 = hashlib.sha256(body).hexdigest()
    return Body(sha256=sha256, address="https://suan.example.go.th/o36", **values)


@pytest.fixture(scope="module")
def viewing(tmp_path_factory: pytest.TempPathFactory) -> Viewing:
    return Viewing(tmp_path_factory.mktemp("views"))


def yellow(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The bounds of what is marked."""
    red, _, blue = picture.convert("RGB").split()
    return (
        Image.composite(red, Image.new("L", red.size), blue.point(lambda b: 255 * (b < 160)))
        .point(lambda r: 255 * (r > 180))
        .getbbox()
    )


def test_the_quotes_place_is_framed_on_the_page_of_a_pdf() -> None:
    body = minimal_pdf("Annual plan FY2566 of the office")
    drawn = marked_page(body, 1, "plan FY 2566", 900)
    assert drawn.match is Match.WHOLE
    assert 10 < drawn.down < 20
    box = yellow(drawn.picture)
    plain = marked_page(body, 1, "", 900).picture
    assert box is not None
    assert yellow(plain) is None
    # The frame covers the words asked for and not the whole line.
    ink = plain.convert("L").point(lambda p: 255 * (p < 128)).getbbox()
    assert ink is not None
    assert ink[0] + 10 < box[0] < box[2] < ink[2] - 10


def test_a_quote_that_is_not_on_the_page_marks_nothing() -> None:
    drawn = marked_page(minimal_pdf("Annual plan"), 1, "ประกาศรับสมัครงานตำแหน่งช่าง", 400)
    assert drawn.match is Match.NONE
    assert yellow(drawn.picture) is None


def test_a_view_is_made_once(viewing: Viewing) -> None:
    asked: list[bytes] = []

    def body() -> bytes:
        asked.append(PAGE)
        return PAGE

    task = PageTask(body=about(PAGE, content_type="text/html"), text="อบรมเจ้าหน้าที่ 3 ครั้ง")
    first, second = viewing.view(task, body), viewing.view(task, body)
    assert first == second
    assert first.answer.spot is Spot.TEXT
    assert "<mark" in first.content.decode()
    assert len(asked) == 1


def test_a_lost_copy_is_said_to_be_lost(viewing: Viewing) -> None:
    with pytest.raises(ViewError) as refused:
        viewing.view(PageTask(body=about(b"gone")), lambda: None)
    assert refused.value.thai == LOST


def test_what_cannot_be_drawn_is_refused_in_thai(viewing: Viewing) -> None:
    body = b"%PDF-1.7 cut off"
    with pytest.raises(ViewError) as refused:
        viewing.view(PictureTask(body=about(body)), lambda: body)
    assert "ดาวน์โหลด" in refused.value.thai


def test_a_pdf_page_is_drawn() -> None:
    body = minimal_pdf("FY2566 plan")
    answer, content = answered(PictureTask(body=about(body), text="FY2566"), [body])
    assert answer.media == "image/png"
    assert Image.open(io.BytesIO(content)).width > 400


def test_a_file_without_markup_is_shown_as_its_text() -> None:
    body = "แผนปฏิบัติการ\n<script>alert(1)</script>\nปี 2566".encode()
    task = PageTask(body=about(body, content_type="text/plain"), text="ปี 2566")
    shown = answered(task, [body])[1].decode()
    assert "<script" not in shown
    assert '<mark id="quote">ปี 2566</mark>' in shown


def test_a_damaged_file_says_why_it_has_no_text() -> None:
    body = b"PK\x03\x04 no archive"
    answer, page = answered(PageTask(body=about(body)), [body])
    assert answer.fault in page.decode()


def test_two_versions_of_a_page_are_compared() -> None:
    task = CompareTask(before=about(PAGE), after=about(LATER))
    assert '"changed":1' in answered(task, [PAGE, LATER])[1].decode()


def test_the_words_that_differ_are_marked_as_words() -> None:
    found = difference(["แผนการอบรมเจ้าหน้าที่ประจำปี 2565"], ["แผนการตรวจสอบเจ้าหน้าที่ประจำปี 2566"])
    row = found.rows[0]
    assert row.change is Change.CHANGED
    assert [run.text for run in row.before if run.marked] == ["อบรม", "2565"]
    assert [run.text for run in row.after if run.marked] == ["ตรวจสอบ", "2566"]
    assert "".join(run.text for run in row.after) == "แผนการตรวจสอบเจ้าหน้าที่ประจำปี 2566"


def test_new_and_gone_lines_are_told_and_same_ones_folded() -> None:
    same = [f"บรรทัดที่ {number}" for number in range(50)]
    found = difference([*same, "บรรทัดเก่า ก"], ["ประกาศใหม่ทั้งหมด", *same])
    assert (found.new, found.gone, found.changed) == (1, 1, 0)
    assert [row.count for row in found.rows if row.change is Change.GAP] == [46]
    assert difference(same, same).same


def test_long_texts_are_compared_within_bounds() -> None:
    began = time.process_time()
    before = [f"{number} ก ข ค ง" * 8 for number in range(2_600)]
    after = [f"{number} ก ฃ ค ง" * 8 for number in range(2_600)]
    found = difference(before, after)
    assert found.cut
    assert time.process_time() - began < 20


def test_the_shelf_stays_within_its_bound(tmp_path: Path) -> None:
    from web.evidence.shelf import Shelf

    shelf = Shelf(tmp_path, most_bytes=2_500)
    for number in range(65):
        shelf.put(str(number), bytes(1_000))
    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 65_000
    Shelf(tmp_path, most_bytes=2_500).put("last", bytes(1_000))
    assert sum(path.stat().st_size for path in tmp_path.glob("??/*")) <= 2_500


def test_the_worker_is_ended_when_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.evidence import viewing

    monkeypatch.setattr(viewing, "WITHIN_S", 0.01)
    with pytest.raises(ViewError, match="longer"):
        Viewing(tmp_path).view(PageTask(body=about(PAGE)), lambda: PAGE)


def test_the_pieces_of_a_quote_in_one_line_are_framed_as_one_and_lines_stay_apart() -> None:
    first, beside, below = (75, 153, 200, 180), (198, 150, 700, 179), (74, 187, 335, 213)
    assert joined([below, beside, first]) == [below, (75, 150, 700, 180)]
    far = (600, 153, 700, 180)
    assert joined([first, far]) == [first, far]
