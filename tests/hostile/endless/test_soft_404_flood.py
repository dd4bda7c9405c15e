"""An answer of 15,000 lines for a page that cannot exist

Tried: the page and the answer for an impossible address differ a little in each of thousands of lines, or in one line of megabytes.
Must: comparing them takes a bounded effort; when it cannot be told, the page is not called missing.
"""

from __future__ import annotations

import time

from checklist.evidence import Document, Fetch, Passage, Region, TextSource
from crawler.soft404 import compare


def document(url: str, *lines: str) -> Document:
    passages = tuple(Passage(line, Region.MAIN) for line in lines)
    fetch = Fetch(url=url, final_url=url, status=200)
    return Document(fetch, TextSource.HTML, title="หน้า", passages=passages)


def test_thousands_of_lines_are_not_all_compared() -> None:
    lines = [f"รายงานผลการดำเนินงาน ลำดับที่ {number} ประจำปี" for number in range(15_000)]
    begun = time.process_time()
    page = document("http://a.test/o1", *(f"{line}." for line in lines))
    assert compare(page, document("http://a.test/none", *lines)) is None
    assert time.process_time() - begun < 5


def test_nor_is_a_line_of_megabytes() -> None:
    begun = time.process_time()
    page = document("http://a.test/o1", "กข" * 1_000_000)
    compare(page, document("http://a.test/none", "กค" * 1_000_000))
    assert time.process_time() - begun < 5


def test_an_echoed_address_still_makes_no_page() -> None:
    answer = document("http://a.test/none", "ไม่มีข้อมูลตามที่ท่านเรียกดูในระบบของเรา ขออภัยเป็นอย่างยิ่ง /none")
    page = document("http://a.test/o1", answer.passages[0].text.replace("/none", "/o1"))
    problem = compare(page, answer)
    assert problem is not None
    assert problem.code == "soft_404"
