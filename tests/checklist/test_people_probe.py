"""People: each executive with name, position, photograph and a contact of their own."""

from __future__ import annotations

import pytest

from checklist.probes.people import PeopleProbe
from checklist.probes.persons import people_in
from checklist.reading import reading_of
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, page

PROBE = PeopleProbe(
    kind="people",
    positions=(("นายกเทศมนตรี", "ผู้ว่าราชการจังหวัด"), ("รองนายกเทศมนตรี", "รองผู้ว่าราชการจังหวัด")),
)


def card(name: str, position: str, contact: str = "โทร. 0 4212 3456", photo: bool = True) -> str:
    image = f'<img src="/p/{sum(map(ord, name))}.jpg" alt="{name}">' if photo else ""
    return f"<div>{image}<h4>{name}</h4><p>{position}</p><p>{contact}</p></div>"


HEAD = card("นายสมชาย ใจมั่นคง", "นายกเทศมนตรีตำบลบ้านสวนมะลิ")
DEPUTY = card("นางสาวอรทัย แสงทอง", "รองนายกเทศมนตรีตำบลบ้านสวนมะลิ", "orathai@bansuanmali.go.th")
UNREACHABLE = card("นายบุญมา ดีงาม", "รองนายกเทศมนตรี", "")
UNNAMED_PICTURE = '<section><img src="/p/group.jpg"></section>'
TITLED_PICTURE = '<section><img src="/p/b.jpg" alt="รองนายก"></section>'
SHARED = "<p>ติดต่อผู้บริหารทุกท่านได้ที่ โทร. 0 4212 3456</p>"
UNSEEN = card("นายบุญมา ดีงาม", "รองนายกเทศมนตรี", photo=False)


@pytest.mark.parametrize(
    ("body", "state", "detail"),
    [
        (HEAD + DEPUTY, ElementState.PRESENT, ""),
        (HEAD, ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง «รองนายกเทศมนตรี»"),
        (DEPUTY, ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง «นายกเทศมนตรี»"),
        (HEAD + UNREACHABLE, ElementState.ABSENT, "นายบุญมา ดีงาม ขาดช่องทางการติดต่อ"),
        (HEAD + UNSEEN, ElementState.ABSENT, "ขาดรูปถ่าย"),
        (HEAD + UNSEEN + UNNAMED_PICTURE, ElementState.UNSURE, "ขาดรูปถ่าย"),
        (HEAD + UNSEEN + TITLED_PICTURE, ElementState.PRESENT, ""),
        (HEAD + UNREACHABLE + SHARED, ElementState.UNSURE, "ช่องทางติดต่อร่วม"),
        (HEAD + "<p>รองนายกเทศมนตรี</p><p>ว่าง (อยู่ระหว่างแต่งตั้ง)</p>", ElementState.PRESENT, ""),
        ("<p>ยินดีต้อนรับ</p>", ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง"),
        ('<p>คณะผู้บริหาร</p><img src="/board.jpg">', ElementState.UNSURE, "อยู่ในภาพ"),
    ],
)  # fmt: skip
def test_each_executive_must_be_complete(body: str, state: ElementState, detail: str) -> None:
    finding = PROBE.look([page(body)], CONTEXT)
    assert finding.state is state, finding.detail
    assert detail in finding.detail


def test_a_board_shown_as_one_picture_is_quoted() -> None:
    finding = PROBE.look([page('<p>คณะผู้บริหาร</p><img src="/board.jpg" alt="ผัง">')], CONTEXT)
    assert finding.reason == "image_only"
    assert "board.jpg" in finding.quotes[0].text


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("นายกิตติพงษ์ สุขเกษมสันต์", ["นายกิตติพงษ์ สุขเกษมสันต์"]),
        ("นายกเทศมนตรี คนปัจจุบัน", []),
        ("นายอำเภอ เมืองศรีพนา", []),
        ("นางสาว อรทัย แสงทอง", ["นางสาว อรทัย แสงทอง"]),
        ("นายสมชาย ณ เชียงคำ", ["นายสมชาย ณ เชียงคำ"]),
        ("ว่าที่ ร.ต. สมศักดิ์ ใจดี", ["ว่าที่ ร.ต. สมศักดิ์ ใจดี"]),
        ("ว่าที่ร้อยตรีหญิง สมศรี ใจดี", ["ว่าที่ร้อยตรีหญิง สมศรี ใจดี"]),
        ("พันจ่าเอก สมศักดิ์ ใจดี", ["พันจ่าเอก สมศักดิ์ ใจดี"]),
        ("พ.ต.อ.สมศักดิ์ ใจดี", ["พ.ต.อ.สมศักดิ์ ใจดี"]),
        ("นาวาอากาศเอก สมชาย ใจดี", ["นาวาอากาศเอก สมชาย ใจดี"]),
        ("หม่อมหลวงสมชาย ใจดี", ["หม่อมหลวงสมชาย ใจดี"]),
        ("นพ.สมชาย ใจดี นายแพทย์สาธารณสุข จังหวัด", ["นพ.สมชาย ใจดี"]),
        ("แพทย์หญิงสุธา รุ่งโรจน์", ["แพทย์หญิงสุธา รุ่งโรจน์"]),
        ("รองศาสตราจารย์ ดร.สมชาย ใจดี", ["รองศาสตราจารย์ ดร.สมชาย ใจดี"]),
        ("ภญ.สุดา ใจดี เภสัชกรชำนาญการ พิเศษ", ["ภญ.สุดา ใจดี"]),
        ("อาจารย์ใหญ่ โรงเรียนบ้านสวน", []),
        ("นายหนึ่ง มีสุข ประธาน นางสอง มีทรัพย์ กรรมการ", ["นายหนึ่ง มีสุข", "นางสอง มีทรัพย์"]),
    ],
)
def test_who_is_a_person(line: str, names: list[str]) -> None:
    assert people_in(reading_of(page(f"<p>{line}</p>"))) == names


def test_a_deputys_title_is_not_the_heads() -> None:
    only_deputies = card("นายหนึ่ง มีสุข", "รองผู้ว่าราชการจังหวัด") + card(
        "นายสอง มีสุข", "รองผู้ว่าราชการจังหวัด"
    )
    assert "«นายกเทศมนตรี»" in PROBE.look([page(only_deputies)], CONTEXT).detail


def test_an_office_above_the_name_belongs_to_the_one_below() -> None:
    body = "<h2>คณะผู้บริหาร</h2>" + "".join(
        f'<div><p>{position}</p><p>{name}</p><p>โทร. 0 4212 3456</p><img src="/{name}" alt="{name}"></div>'
        for position, name in (("นายกเทศมนตรี", "นายหนึ่ง มีสุข"), ("รองนายกเทศมนตรี", "นายสอง มีทรัพย์"))
    )
    assert PROBE.look([page(body)], CONTEXT).state is ElementState.PRESENT


def test_dots_and_banners_are_no_portraits() -> None:
    dots = '<img src="/dot.gif">' * 5 + '<img src="/top.jpg" width="980" height="180">'
    bare = card("นายหนึ่ง มีสุข", "นายกเทศมนตรี", photo=False) + card(
        "นายสอง มีทรัพย์", "รองนายกเทศมนตรี", photo=False
    )
    finding = PROBE.look([page(dots + bare)], CONTEXT)
    assert finding.state is ElementState.ABSENT
    assert "ขาดรูปถ่าย" in finding.detail


def test_who_acts_for_the_head_covers_the_post_and_the_head_of_a_part_does_not() -> None:
    acting = card("นางสอง มีทรัพย์", "รองนายกเทศมนตรี รักษาราชการแทนนายกเทศมนตรี")
    assert PROBE.look([page(acting)], CONTEXT).state is ElementState.PRESENT
    probe = PeopleProbe(kind="people", positions=(("ผู้อำนวยการ",),))
    part = card("นายหนึ่ง มีสุข", "ผู้อำนวยการกองคลัง")
    assert probe.look([page(part)], CONTEXT).state is ElementState.ABSENT
