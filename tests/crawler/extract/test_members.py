"""A ZIP of several papers: each stands for itself."""

from __future__ import annotations

import io
import zipfile

from checklist.evidence import Fetch
from crawler.extract import extract
from crawler.extract.members import members_of

PLAN = "แผนปฏิบัติการป้องกันการทุจริต ปีงบประมาณ พ.ศ. 2566\n\nโครงการอบรม งบประมาณ 30,000 บาท\n"
REPORT = "รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2565\n\nดำเนินการแล้วเสร็จ 12 โครงการ\n"


def zipped(members: dict[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return body.getvalue()


def test_words_of_one_member_stay_in_it() -> None:
    body = zipped({"plan.txt": PLAN.encode(), "old/report.txt": REPORT.encode()})
    parts = members_of(extract(body, Fetch("https://a.go.th/a.zip", "https://a.go.th/a.zip")))
    assert [part.file_name for part in parts] == ["plan.txt", "report.txt"]
    texts = ["\n".join(p.text for p in part.passages) for part in parts]
    assert "30,000" in texts[0]
    assert "12 โครงการ" not in texts[0]
    assert "2565" in texts[1]


def test_an_unreadable_member_is_kept_for_a_persons_eyes() -> None:
    members = {
        "plan.txt": PLAN.encode(),
        "report.txt": REPORT.encode(),
        "x.rar": b"Rar!\x1a\x07\x00",
    }
    parts = members_of(extract(zipped(members), Fetch("a.zip", "a.zip")))
    assert parts[-1].blank_pages
    assert not parts[-1].passages


def test_any_other_document_is_its_own_only_member() -> None:
    document = extract(PLAN.encode(), Fetch("a.txt", "a.txt"))
    assert members_of(document) == (document,)
