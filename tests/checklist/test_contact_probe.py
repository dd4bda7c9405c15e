"""Contact: address, telephone, e-mail, map and fax as agencies print them."""

from __future__ import annotations

import pytest

from checklist.probes.contact import ContactProbe, Need
from tests.checklist.pages import CONTEXT, page

ADDRESS = "<p>เลขที่ 99 หมู่ที่ 4 ตำบลบ้านสวน อำเภอเมือง จังหวัดศรีพนา 39000</p>"


@pytest.mark.parametrize(
    ("need", "body", "found"),
    [
        ("address", ADDRESS, True),
        ("address", "<p>๙๙ หมู่ที่ ๔ ต.บ้านสวน อ.เมือง จ.ศรีพนา ๓๙๐๐๐</p>", True),
        (
            "address",
            "<footer>ศาลากลางจังหวัดศรีพนา ถนนราชดำเนิน ตำบลในเมือง อำเภอเมือง 39000</footer>",
            True,
        ),
        ("address", "<p>สำนักงานตั้งอยู่ในจังหวัดศรีพนา</p>", False),
        ("phone", "<p>โทร. 0 4212 3456</p>", True),
        ("phone", "<p>โทรศัพท์ ๐๔๒-๑๒๓๔๕๖</p>", True),
        ("phone", "<p>มือถือ 081-234-5678</p>", True),
        ("phone", "<p>โทรสาร 0 4212 3457</p>", False),
        ("phone", "<p>เลขประจำตัวผู้เสียภาษี 0994000123456</p>", False),
        ("phone", "<p>หนังสือเลขที่ 0023/2566</p>", False),
        ("email", "<p>อีเมล saraban@bansuanmali.go.th</p>", True),
        ("email", "<p>saraban(at)bansuanmali.go.th</p>", True),
        ("email", '<p><a href="mailto:x@bansuanmali.go.th">ส่งอีเมล</a></p>', True),
        ("email", "<p>info@mysite.com</p>", False),
        ("email", "<p>อีเมล: -</p>", False),
        ("map", '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>', True),
        ("map", '<a href="https://goo.gl/maps/abc">ดูเส้นทาง</a>', True),
        ("map", '<h2>แผนที่ตั้ง</h2><img src="/m.jpg" alt="แผนที่">', True),
        ("map", '<img src="/m.jpg" alt="ภาพกิจกรรม">', False),
        ("fax", "<p>โทรสาร 0 4212 3457</p>", True),
        ("fax", "<p>โทร. 0 4212 3456</p>", False),
    ],
)
def test_what_counts(need: Need, body: str, found: bool) -> None:
    finding = ContactProbe(kind="contact", needs=(need,)).look([page(body)], CONTEXT)
    assert finding.present is found
    assert bool(finding.quotes) is found


def test_what_is_missing_is_named_in_thai() -> None:
    probe = ContactProbe(kind="contact", needs=("address", "phone", "email", "map"))
    finding = probe.look([page(ADDRESS + "<p>โทร. 0 4212 3456</p>")], CONTEXT)
    assert finding.detail == "ไม่พบอีเมล (E-mail), แผนที่ตั้ง"
