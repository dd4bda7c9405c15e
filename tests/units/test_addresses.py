"""Addresses as people type them: what is taken, what is refused and with which words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.addresses import (
    MAX_LENGTH,
    AddressError,
    check_email,
    check_url,
    same_address,
    split_urls,
)

GOOD_URLS = [
    "https://www.moi.go.th",
    "http://10.1.2.3:8080/ita/index.php?id=12&page=2#o12",
    "https://กระทรวง.ไทย/ข้อมูล/แผน๒๕๖๖.pdf",
    "https://example.go.th/แผนปฏิบัติการ,ฉบับแก้ไข.pdf",
    "HTTPS://EXAMPLE.GO.TH/",
    "http://[::1]:8000/",
    "  https://www.example.go.th/a%20b.pdf\u200b ",
]


@pytest.mark.parametrize("url", GOOD_URLS)
def test_web_addresses_are_kept_as_written(url: str) -> None:
    assert check_url(url) == url.replace("\u200b", "").strip()


@pytest.mark.parametrize(
    ("text", "thai"),
    [
        ("www.example.go.th/o1", "ให้เขียนเป็น “https://www.example.go.th/o1”"),
        ("example.go.th", "ให้เขียนเป็น “https://example.go.th”"),
        ("example.go.th:8080/o1", "ให้เขียนเป็น “https://example.go.th:8080/o1”"),
        ("htpps://www.example.go.th", "ให้เขียนเป็น “https://www.example.go.th”"),
        ("http//www.example.go.th", "ให้เขียนเป็น “https://www.example.go.th”"),
        ("https:/www.example.go.th", "ให้เขียนเป็น “https://www.example.go.th”"),
        ("หน่วยงาน.ไทย", "ให้เขียนเป็น “https://หน่วยงาน.ไทย”"),
        ("ftp://example.go.th/plan.pdf", "ใช้ได้เฉพาะ URL ที่ขึ้นต้นด้วย http:// หรือ https://"),
        ("javascript:alert(1)", "ใช้ได้เฉพาะ URL ที่ขึ้นต้นด้วย"),
        ("file:///etc/passwd", "ใช้ได้เฉพาะ URL ที่ขึ้นต้นด้วย"),
        ("แผน", "ไม่ใช่ URL หากเป็นส่วนท้ายของ URL ก่อนหน้า"),
        ("https://", "ไม่มีชื่อเว็บไซต์ที่ถูกต้อง"),
        ("https:///o1", "ไม่มีชื่อเว็บไซต์ที่ถูกต้อง"),
        ("https://exa..mple.go.th/", "ไม่มีชื่อเว็บไซต์ที่ถูกต้อง"),
        ("https://example.go.th:port/", "ไม่มีชื่อเว็บไซต์ที่ถูกต้อง"),
        ("https://example.go.th\\@evil.test/", "ไม่มีชื่อเว็บไซต์ที่ถูกต้อง"),
        ("https://admin:secret@example.go.th/", "มีชื่อผู้ใช้หรือรหัสผ่าน"),
        ("https://example.go.th/แผน ปี 2566.pdf", "มีช่องว่าง ให้แทนช่องว่างด้วย %20"),
        ("https://example.go.th/" + "a" * MAX_LENGTH, "URL ยาวเกิน 2048 ตัวอักษร"),
    ],
)
def test_other_addresses_are_refused_with_the_mend(text: str, thai: str) -> None:
    with pytest.raises(AddressError) as refused:
        check_url(text)
    assert thai in refused.value.th
    assert refused.value.en


def test_a_password_is_not_repeated_in_the_message() -> None:
    with pytest.raises(AddressError) as refused:
        check_url("https://admin:secret@example.go.th/")
    assert "secret" not in refused.value.th + refused.value.en


@pytest.mark.parametrize(
    ("cell", "urls"),
    [
        ("", []),
        ("-", []),
        (" ไม่มี ", []),
        ("https://a.go.th/1", ["https://a.go.th/1"]),
        ("https://a.go.th/1\nhttps://a.go.th/2", ["https://a.go.th/1", "https://a.go.th/2"]),
        (
            "https://a.go.th/1\r\n\r\n https://a.go.th/2 \n",
            ["https://a.go.th/1", "https://a.go.th/2"],
        ),
        ("https://a.go.th/1, https://a.go.th/2", ["https://a.go.th/1", "https://a.go.th/2"]),
        ("https://a.go.th/1,https://a.go.th/2;", ["https://a.go.th/1", "https://a.go.th/2"]),
        ("https://a.go.th/1;www.b.go.th", ["https://a.go.th/1", "www.b.go.th"]),
        ("https://a.go.th/x,y;z.pdf", ["https://a.go.th/x,y;z.pdf"]),
        ("https://a.go.th/?next=https://b.go.th", ["https://a.go.th/?next=https://b.go.th"]),
        ("https://a.go.th/1 https://a.go.th/1", ["https://a.go.th/1"]),
        ("https://a.go.th/แผน ปี 2566.pdf", ["https://a.go.th/แผน", "ปี", "2566.pdf"]),
        ("https://a.go.th/1\u00a0https://a.go.th/2", ["https://a.go.th/1", "https://a.go.th/2"]),
    ],
)
def test_a_cell_holds_any_number_of_addresses(cell: str, urls: list[str]) -> None:
    assert list(split_urls(cell)) == urls


@given(
    paths=st.lists(
        st.text(alphabet="กขคงabc012๕๖/-_.?=&%", min_size=0, max_size=20),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    separator=st.sampled_from(["\n", " ", ", ", ",", "; ", "\r\n", "\t", " , "]),
)
def test_every_separator_parts_the_same_addresses(paths: list[str], separator: str) -> None:
    urls = [f"https://www.example.go.th/{path}" for path in paths]
    assert list(split_urls(separator.join(urls))) == urls


@given(st.text(max_size=200))
def test_any_cell_gives_clean_pieces_and_any_piece_an_answer(cell: str) -> None:
    for piece in split_urls(cell):
        assert piece == piece.strip() != ""
        with suppress(AddressError):
            assert check_url(piece).lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.go.th", "https://a.go.th/", True),
        ("https://a.go.th/แผน", "https://a.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99", True),
        ("https://A.go.th/x", "https://a.go.th/x", True),
        ("https://a.go.th/2565", "https://a.go.th/2566", False),
    ],
)
def test_spreadsheets_respell_addresses(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same


@pytest.mark.parametrize("email", ["ita@example.go.th", "a.b-c_d+e@sub.example.co.th"])
def test_email_addresses(email: str) -> None:
    assert check_email(f" mailto:{email} ") == email


@pytest.mark.parametrize(
    "email",
    ["ita", "ita@", "ita@example", "ก@example.go.th", "a@b.go.th, c@d.go.th", "a b@c.go.th"],
)
def test_other_texts_are_no_email(email: str) -> None:
    with pytest.raises(AddressError, match="ไม่ใช่อีเมล"):
        check_email(email)
