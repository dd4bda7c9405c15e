"""People: each executive with name, position, photograph and a contact of their own."""

from __future__ import annotations

import pytest

from checklist.probes.people import PeopleProbe, people_in
from checklist.reading import reading_of
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, page

PROBE = PeopleProbe(
    kind="people",
    positions=(("นายกเทศมนตรี", "ผู้ว่าราชการจังหวัด"), ("รองนายกเทศมนตรี", "รองผู้ว่าราชการจังหวัด")),
)


def card(name: str, position: str, contact: str = "โทร. 0 4212 3456", photo: bool = True) -> str:
    image = f'<img src="/p/{abs(hash(name)) % 97}.jpg" alt="{name}">' if photo else ""
    return f"<div>{image}<h4>{name}</h4><p>{position}</p><p>{contact}</p></div>"


HEAD = card("นายสมชาย ใจมั่นคง", "นายกเทศมนตรีตำบลบ้านสวนมะลิ")
DEPUTY = card("นางสาวอรทัย แสงทอง", "รองนายกเทศมนตรีตำบลบ้านสวนมะลิ", "orathai@bansuanmali.go.th")
UNREACHABLE = card("นายบุญมา ดีงาม", "รองนายกเทศมนตรี", "")
UNSEEN = card("นายบุญมา ดีงาม", "รองนายกเทศมนตรี", photo=False)


@pytest.mark.parametrize(
    ("body", "state", "detail"),
    [
        (HEAD + DEPUTY, ElementState.PRESENT, ""),
        (HEAD, ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง «รองนายกเทศมนตรี»"),
        (DEPUTY, ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง «นายกเทศมนตรี»"),
        (HEAD + UNREACHABLE, ElementState.ABSENT, "นายบุญมา ดีงาม ขาดช่องทางการติดต่อ"),
        (HEAD + UNSEEN, ElementState.UNSURE, "ขาดรูปถ่าย"),
        (HEAD + "<p>รองนายกเทศมนตรี</p><p>ว่าง (อยู่ระหว่างแต่งตั้ง)</p>", ElementState.PRESENT, ""),
        ("<p>ยินดีต้อนรับ</p>", ElementState.ABSENT, "ไม่พบผู้ดำรงตำแหน่ง"),
    ],
)  # fmt: skip
def test_each_executive_must_be_complete(body: str, state: ElementState, detail: str) -> None:
    finding = PROBE.look([page(body)], CONTEXT)
    assert finding.state is state, finding.detail
    assert detail in finding.detail


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
