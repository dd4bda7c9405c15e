"""Which charset a Thai page is in, whatever it declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.evidence import Fetch
from crawler.extract import extract
from crawler.extract.charset import decode

THAI = "รายงานผลการใช้จ่ายงบประมาณ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ รอบ 6 เดือน ครั้งที่ ๑"
FRENCH = "Établissement situé à côté de l'église, dès l'été"


def html(meta: str, text: str = THAI) -> str:
    return f"<html><head>{meta}<title>ITA</title></head><body><p>{text}</p></body></html>"


def meta(*names: str) -> str:
    return "".join(
        f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' for name in names
    )


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (html("").encode(), None),
        (html(meta("utf-8")).encode(), "utf-8"),
        (html(meta("tis-620")).encode(), None),
        (html(meta("windows-1252")).encode(), "iso-8859-1"),
        (html("").encode("utf-8-sig"), "tis-620"),
        (html("").encode("utf-16"), None),
        (html("").encode("utf-16-le"), None),
        (html("").encode("cp874"), None),
        (html(meta("tis-620")).encode("cp874"), None),
        (html(meta("windows-874")).encode("cp874"), "utf-8"),
        (html(meta("utf-8")).encode("cp874"), None),
        (html(meta("utf-8")).encode("cp874"), "utf-8"),
        (html(meta("iso-8859-1")).encode("cp874"), None),
        (html(meta("windows-1252", "utf-8")).encode("cp874"), "iso-8859-11"),
        (html(meta("gb2312")).encode("cp874"), None),
        (html(meta("no-such-charset")).encode("cp874"), "also-unknown"),
        (html(meta("windows-1252"), "".join(f"&#{ord(c)};" for c in THAI)).encode(), None),
        (html(meta("utf-8")).encode() + b"<!-- \xe0\xb8 \xff -->", None),
    ],
)
def test_thai_is_read_whatever_is_declared(body: bytes, header: str | None) -> None:
    document = extract(body, Fetch("https://a.go.th/", "https://a.go.th/"), charset=header)
    assert THAI in [passage.text for passage in document.passages]


@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_a_page_that_is_not_thai_is_not_made_thai(codec: str) -> None:
    assert FRENCH in decode(html(meta(codec), FRENCH).encode(codec))[0]


def test_bytes_without_a_meaning_in_tis_620_do_not_stop_the_reading() -> None:
    text, codec = decode(THAI.encode("cp874") + b"\xdb\xfc\x90" + THAI.encode("cp874"))
    assert codec == "cp874"
    assert text.count(THAI) == 2


@given(st.text(alphabet="กขคงจชดตนบปมรลวสหอะาิีึืุู่้๊์เแโใไ ำ2566", min_size=20))
def test_utf_8_is_never_mistaken(text: str) -> None:
    assert decode(text.encode())[0] == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "tis-620", "x", "base64", "hex"]))
def test_any_bytes_decode(body: bytes, header: str | None) -> None:
    text, codec = decode(body, header)
    assert isinstance(text, str)
    assert codec
