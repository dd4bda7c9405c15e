"""Contact: address, telephone, e-mail, map and fax as agencies print them."""

from __future__ import annotations

import pytest

from checklist.probes.contact import ContactProbe, Need
from checklist.verdict import ElementState
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
        ("email", "<p>info@example.com</p>", False),
        ("email", "<p>yourname@bansuanmali.go.th</p>", False),
        ("email", "<p>banhuai.school@example.ac.th</p>", True),
        ("email", "<p>อีเมล: -</p>", False),
        ("map", '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>', True),
        ("map", '<a href="https://goo.gl/maps/abc">ดูเส้นทาง</a>', True),
        ("map", '<h2>แผนที่ตั้ง</h2><img src="/m.jpg" alt="แผนที่">', True),
        ("fax", "<p>โทรสาร 0 4212 3457</p>", True),
        ("fax", "<dl><dt>โทรสาร</dt><dd>0 4212 3457</dd></dl>", True),
        ("phone", "<dl><dt>โทรสาร</dt><dd>0 4212 3457</dd></dl>", False),
        ("phone", "<p>โทรศัพท์ (042) 123-456 ต่อ 11</p>", True),
        ("phone", "<p>โทรศัพท์/โทรสาร 0-4212-3456</p>", True),
        ("phone", "<p>Tel. +66 42 123 456</p>", True),
        ("email", "<p>saraban [at] bansuanmali.go.th</p>", True),
        (
            "email",
            '<a href="/cdn-cgi/l/email-protection#422302236c212d">[email protected]</a>',
            True,
        ),
        ("map", '<a href="/files/map.pdf">แผนที่การเดินทาง</a>', True),
        ("address", "<p>88 Moo 4, Ban Suan Subdistrict, Mueang District, Si Phana 39000</p>", True),
        ("fax", "<p>โทร. 0 4212 3456</p>", False),
    ],
)
def test_what_counts(need: Need, body: str, found: bool) -> None:
    finding = ContactProbe(kind="contact", needs=(need,)).look([page(body)], CONTEXT)
    assert finding.present is found
    assert bool(finding.quotes) is found


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/m.jpg" alt="ภาพกิจกรรม">',
        '<h2>แผนที่เว็บไซต์</h2><img src="/sitemap.jpg" alt="แผนที่เว็บไซต์">',
        '<a href="/sitemap.pdf">แผนผังเว็บไซต์</a>',
    ],
)
def test_other_pictures_are_no_map(picture: str) -> None:
    finding = ContactProbe(kind="contact", needs=("map",)).look([page(ADDRESS + picture)], CONTEXT)
    assert finding.state is ElementState.ABSENT


@pytest.mark.parametrize(
    ("need", "body"),
    [
        ("address", '<h1>ติดต่อเรา</h1><img src="/poster.png" width="900">'),
        ("email", ADDRESS + '<p>E-mail : <img src="/e.gif" width="90" height="20"></p>'),
    ],
)
def test_what_may_stand_in_a_picture_is_asked(need: Need, body: str) -> None:
    finding = ContactProbe(kind="contact", needs=(need,)).look([page(body)], CONTEXT)
    assert (finding.state, finding.reason) == (ElementState.UNSURE, "image_only")


def test_what_is_missing_is_named_in_thai() -> None:
    probe = ContactProbe(kind="contact", needs=("address", "phone", "email", "map"))
    finding = probe.look([page(ADDRESS + "<p>โทร. 0 4212 3456</p>")], CONTEXT)
    assert finding.detail == "ไม่พบอีเมล (E-mail), แผนที่ตั้ง"
