"""Columns, document, image, none statement, reachable, signature, social, and joined probes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checklist.probes.columns import ColumnsProbe
from checklist.probes.combined import AllProbe, EitherProbe, UnlessProbe
from checklist.probes.document import DocumentProbe
from checklist.probes.image import ImageProbe
from checklist.probes.none_statement import NoneStatementProbe
from checklist.probes.reachable import ReachableProbe
from checklist.probes.signature import SignatureProbe
from checklist.probes.social import SocialProbe, network_of
from checklist.probes.terms import TermsProbe
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, UNIT, page, text

COLUMNS = ColumnsProbe(kind="columns", columns=(("งานที่จัดซื้อ",), ("วงเงิน",), ("ราคากลาง",)))
HEADER = "<tr><th>งานที่จัดซื้อจัดจ้าง</th><th>วงเงินที่จัดซื้อ</th><th>ราคากลาง (บาท)</th></tr>"


@pytest.mark.parametrize(
    ("body", "state", "detail"),
    [
        (f"<table>{HEADER}<tr><td>ซื้อกระดาษ</td><td>9,500</td><td>9,500</td></tr></table>", "present", ""),
        (f"<table>{HEADER}</table>", "absent", "ไม่มีรายการข้อมูล"),
        ("<table><tr><th>งานที่จัดซื้อ</th><th>วงเงิน</th></tr><tr><td>ก</td><td>1</td></tr></table>", "absent", "ตารางขาดคอลัมน์ «ราคากลาง»"),
        ("<p>งานที่จัดซื้อ วงเงิน ราคากลาง</p>", "absent", "ไม่พบตาราง"),
        (f"<table>{HEADER}<tr><td>.........</td><td>........ บาท</td><td>....../2566</td></tr></table>", "absent", "ไม่มีรายการข้อมูล"),
        (f"<table>{HEADER}<tr><td>(1)</td><td>(2)</td><td>(3)</td></tr></table>", "absent", "ไม่มีรายการข้อมูล"),
        (f"<table>{HEADER}<tr><td>ซื้อกระดาษ...</td><td>2566</td><td>-</td></tr></table>", "present", ""),
    ],
)  # fmt: skip
def test_columns_want_header_and_rows(body: str, state: str, detail: str) -> None:
    finding = COLUMNS.look([page(body)], CONTEXT)
    assert finding.state is ElementState(state)
    assert detail in finding.detail


def test_columns_in_text_stand_close_together_above_amounts() -> None:
    good = "สรุปผลการจัดซื้อจัดจ้าง\n\nงานที่จัดซื้อ\nวงเงิน\nราคากลาง\n1 ซื้อกระดาษ 9,500.00 9,500.00\n"
    assert COLUMNS.look([text(good)], CONTEXT).present


def test_columns_stand_below_the_title_lines_of_a_sheet() -> None:
    body = "<tr><td>สรุปผล</td></tr><tr><td>เดือน</td></tr><tr><td>อำเภอ</td></tr>"
    head = HEADER.replace("th>", "td>")
    row = "<tr><td>ซื้อกระดาษ</td><td>9,500</td><td>9,500</td></tr>"
    assert COLUMNS.look([page(f"<table>{body}{head}{row}</table>")], CONTEXT).present
    assert not COLUMNS.look([page(f"<table>{body}{head}</table>")], CONTEXT).present


@pytest.mark.parametrize(
    ("head", "found"),
    [("ผล", True), ("ผล (ร้อยละ)", True), ("ผลที่คาดว่าจะได้รับ", False), ("เหตุผล", False)],
)
def test_a_term_marked_so_is_the_whole_cell(head: str, found: bool) -> None:
    probe = ColumnsProbe(kind="columns", columns=(("โครงการ",), ("=ผล",)))
    table = f"<tr><th>โครงการ</th><th>{head}</th></tr><tr><td>อบรม</td><td>ครบ 2 รุ่น</td></tr>"
    assert probe.look([page(f"<table>{table}</table>")], CONTEXT).present is found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("ไม่มีเรื่องร้องเรียนการทุจริตในรอบ 6 เดือนแรก", True),
        ("เรื่องร้องเรียนการทุจริตทั้งหมด จำนวน 0 เรื่อง", True),
        ("ในช่วงดังกล่าวไม่ปรากฏว่ามีเรื่องร้องเรียนการทุจริต", True),
        ("สำนักงานมิได้รับเรื่องร้องเรียนการทุจริต", True),
        ("ที่ผ่านมาไม่เคยมีเรื่องร้องเรียนการทุจริต", True),
        ("หากไม่มีเรื่องร้องเรียนการทุจริตให้รายงานด้วย", False),
        ("กรณีไม่มีเรื่องร้องเรียนการทุจริต", False),
        ("เรื่องร้องเรียนการทุจริต จำนวน 3 เรื่อง", False),
        ("ไม่มีผู้เข้าร่วมประชุม", False),
    ],
)
def test_none_statement(sentence: str, found: bool) -> None:
    probe = NoneStatementProbe(kind="none_statement", of=("เรื่องร้องเรียน",))
    assert probe.look([page(f"<p>{sentence}</p>")], CONTEXT).present is found


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ("<p>ประกาศ ณ วันที่ 10 มกราคม พ.ศ. 2566</p><p>(นายสมชาย ใจมั่นคง)</p><p>นายกเทศมนตรีตำบลบ้านสวน</p>", "present"),
        ("<p>ประกาศ ณ วันที่ ๑๐ มกราคม พ.ศ. ๒๕๖๖</p><p>ลงชื่อ นายสมชาย ใจมั่นคง</p><p>นายกเทศมนตรี</p>", "present"),
        ("<p>(นายสมชาย ใจมั่นคง)</p><p>นายกเทศมนตรีตำบลบ้านสวน</p>", "unsure"),
        ("<p>ประกาศ ณ วันที่ 10 มกราคม พ.ศ. 2566</p><p>ลงชื่อ ........................</p>", "absent"),
        ("<p>นายกเทศมนตรีเป็นประธานการประชุม</p>", "absent"),
    ],
)  # fmt: skip
def test_signature(body: str, state: str) -> None:
    probe = SignatureProbe(kind="signature", by=("นายกเทศมนตรี",))
    assert probe.look([page(body)], CONTEXT).state is ElementState(state)


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://www.facebook.com/bansuanmali", "facebook"),
        ("https://m.facebook.com/profile.php?id=1000", "facebook"),
        ("https://www.youtube.com/@bansuanmali", "youtube"),
        ("https://line.me/R/ti/p/@bansuan", "line"),
        ("https://lin.ee/abc", "line"),
        ("https://x.com/bansuan", "x"),
        ("https://www.facebook.com/", None),
        ("https://www.facebook.com/sharer/sharer.php?u=a", None),
        ("https://twitter.com/intent/tweet?text=a", None),
        ("https://social-plugins.line.me/lineit/share?url=a", None),
        ("https://www.facebook.com/wordpress", None),
        ("https://notfacebook.com/bansuan", None),
    ],
)
def test_which_addresses_are_accounts(url: str, network: str | None) -> None:
    assert network_of(url) == network
    finding = SocialProbe(kind="social").look([page(f'<a href="{url}">ติดตาม</a>')], CONTEXT)
    assert (finding.state is ElementState.ABSENT) is (network is None)


FACEBOOK = "https://www.facebook.com/"


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (f'<a href="{FACEBOOK}bansuanmali"><img src="/fb.png"></a>', "present"),
        (f'<a href="{FACEBOOK}prbansuan.moi">Facebook</a>', "present"),
        (f'<a href="{FACEBOOK}profile.php?id=100055512345678">เทศบาลบ้านสวนมะลิ</a>', "present"),
        (f'<a href="{FACEBOOK}people/Ban-Suan/100055512345678">Facebook</a>', "present"),
        (f'<iframe src="{FACEBOOK}plugins/page.php?href={FACEBOOK}bansuanmali"></iframe>', "present"),
        (f'<a href="{FACEBOOK}profile.php?id=100055512345678">Facebook</a>', "unsure"),
        (f'<a href="{FACEBOOK}100055512345678">Facebook</a>', "unsure"),
        (f'<a href="{FACEBOOK}bansuanmali/posts/123">อ่านต่อ</a>', "unsure"),
        (f'<a href="{FACEBOOK}pg/bansuanmali/photos/?tab=album">กีฬาสี</a>', "unsure"),
        (f'<a href="{FACEBOOK}photo.php?fbid=12">ภาพกิจกรรม</a>', "unsure"),
        ('<a href="https://youtu.be/a1b2c3">คลิป</a>', "unsure"),
        ('<p><img src="/fbqr.jpg" width="260"></p>', "unsure"),
        (f'<a href="{FACEBOOK}interiorministry.th">Facebook กระทรวงมหาดไทย</a>', "absent"),
        (f'<a href="{FACEBOOK}easyweb">บริษัท อีซี่เว็บ จำกัด</a>', "absent"),
        (f'<a href="{FACEBOOK}thepattaya">เทศบาลเมืองอื่น</a>', "absent"),
        (f'<footer><p>Designed by <a href="{FACEBOOK}tooplate">Tooplate</a></p></footer>', "absent"),
        (f'<p>พัฒนาเว็บไซต์โดย <a href="{FACEBOOK}somsakdev">Somsak</a></p>', "absent"),
    ],
)  # fmt: skip
def test_whose_account_it_is(body: str, state: str) -> None:
    document = page(body, title="เทศบาลตำบลบ้านสวนมะลิ")
    finding = SocialProbe(kind="social").look([document], CONTEXT)
    assert finding.state is ElementState(state), finding.detail


@pytest.mark.parametrize(
    ("body", "state"),
    [
        ('<h2>แผนผังโครงสร้าง</h2><img src="/chart.jpg">', "present"),
        ('<img src="/chart.jpg" alt="แผนผังโครงสร้างเทศบาล">', "present"),
        ('<img src="/1.jpg" alt="">', "unsure"),
        ('<img src="/logo.png" alt="แผนผังโครงสร้าง">', "absent"),
        ("<p>แผนผังโครงสร้าง</p>", "absent"),
    ],
)
def test_image(body: str, state: str) -> None:
    probe = ImageProbe(kind="image", about=("แผนผังโครงสร้าง",))
    assert probe.look([page(body)], CONTEXT).state is ElementState(state)


def test_document_needs_text_of_its_own() -> None:
    probe = DocumentProbe(kind="document", count=2, min_chars=50)
    full, thin = page(f"<p>{'คู่มือการปฏิบัติงาน ' * 10}</p>"), page("<p>คู่มือ</p>")
    assert probe.look([full, full], CONTEXT).present
    assert not probe.look([full, thin], CONTEXT).present


@pytest.mark.parametrize(("known", "found"), [(True, True), (None, True), (False, False)])
def test_reachable_is_absent_only_when_the_main_site_was_read(
    known: bool | None, found: bool
) -> None:
    finding = ReachableProbe(kind="reachable").look([page("<p>ก</p>", on_main_site=known)], CONTEXT)
    assert finding.present is found
    assert (finding.reason == "not_on_main_site") is not found


def test_reachable_is_unsure_when_the_units_main_site_was_not_read() -> None:
    probe = ReachableProbe(kind="reachable")
    finding = probe.look([page("<p>ก</p>")], replace(CONTEXT, unit=UNIT))
    assert (finding.state, finding.reason) == (ElementState.UNSURE, "main_site_unclear")


def test_joined_probes() -> None:
    one = TermsProbe(kind="terms", all=(("หนึ่ง",),))
    two = TermsProbe(kind="terms", all=(("สอง",),))
    document = [page("<p>หนึ่ง</p>")]
    assert EitherProbe(kind="any", probes=(two, one)).look(document, CONTEXT).present
    assert not AllProbe(kind="all", probes=(two, one)).look(document, CONTEXT).present
    assert UnlessProbe(kind="unless", probe=one, forbidden=two).look(document, CONTEXT).present
    refused = UnlessProbe(kind="unless", probe=one, forbidden=one, reason="whole_law")
    assert refused.look(document, CONTEXT).reason == "whole_law"


def test_news_of_a_document_is_not_the_document() -> None:
    probe = DocumentProbe(kind="document", min_chars=50)
    story = "เมื่อวันที่ 18 มกราคม 2566 ผู้อำนวยการเป็นประธานการประชุมจัดทำคู่มือการให้บริการของโรงเรียน"
    news = page(f"<h1>ประชุมจัดทำคู่มือ</h1><p>{story}</p>")
    assert not probe.look([news], CONTEXT).present
    assert DocumentProbe(kind="document", min_chars=50, news=True).look([news], CONTEXT).present
    book = "คู่มือการให้บริการของโรงเรียน ขั้นตอนการขอหนังสือรับรอง ยื่นคำขอที่ห้องธุรการ"
    assert probe.look([page(f"<h1>คู่มือ</h1><p>{book}</p>")], CONTEXT).present


def test_a_short_document_is_for_a_person_when_the_checklist_says_so() -> None:
    short = [page("<p>คู่มือการปฏิบัติงานสั้นมากเพียงบรรทัดเดียว</p>")]
    probe = DocumentProbe(kind="document", min_chars=400, doubt_from=20)
    assert probe.look(short, CONTEXT).state is ElementState.UNSURE
    assert not DocumentProbe(kind="document", min_chars=400).look(short, CONTEXT).quotes
