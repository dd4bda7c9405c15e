"""Promises of the small parsers, held for any input."""

from __future__ import annotations

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.fiscal import THAI_MONTHS
from checklist.mentions import find_mentions
from checklist.thai import match_form, normalise
from crawler.extract.biff import is_impossible
from crawler.extract.charset import canonical, decode
from crawler.extract.text import collapse, number_of
from crawler.urls import clean
from tests.crawler.extract.hand_ole import ole
from tests.fuzz.targets.years import _gist

CHARSETS = st.sampled_from(
    [
        "utf-8",
        "tis-620",
        "punycode",
        "idna",
        "undefined",
        "unicode_escape",
        "utf-7",
        "hex",
        "\0",
        "é",
    ]
)
DATES = st.lists(
    st.sampled_from(
        ["ปีงบประมาณ พ.ศ. ", "2566", "66", " - ", "/", "31 ", *THAI_MONTHS, "ไตรมาสที่ 2"]
    ),
    max_size=12,
).map("".join)


@given(st.text())
def test_a_number_is_written_in_few_ascii_digits(text: str) -> None:
    number = number_of(text)
    assert number is None or (number == int(text) and number < 10**9)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_collapsed_text_can_be_stored(text: str) -> None:
    once = collapse(text)
    assert collapse(once) == once
    assert "\0" not in once
    once.encode()


@given(st.binary(max_size=300), st.one_of(st.none(), CHARSETS, st.text(max_size=20)))
def test_any_bytes_are_decoded_whatever_is_declared(body: bytes, declared: str | None) -> None:
    text, codec = decode(body, declared)
    text.encode()
    assert codec
    known = canonical(declared)
    assert canonical(known) == known


@given(st.binary(max_size=300))
def test_a_workbook_is_possible_or_not_but_never_a_fault(stream: bytes) -> None:
    assert is_impossible(ole({"Workbook": stream})) in (True, False)


@given(DATES)
def test_thai_digits_and_unseen_signs_change_no_period(text: str) -> None:
    plain = normalise(text)
    thai = plain.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert _gist(thai) == _gist(plain)
    unseen = "".join(letter + "\u200b" if letter.isdigit() else letter for letter in plain)
    assert _gist(normalise(unseen)) == _gist(plain)
    assert all(2400 <= m.period.start.year + 543 <= 2700 for m in find_mentions(plain))


@settings(max_examples=50)
@given(st.lists(st.sampled_from([*'กรมดบ เาำิ่้. "_', "\ufffd", "เทศบาล", "ตำบล"]), max_size=30))
def test_forms_of_damaged_text_settle(pieces: list[str]) -> None:
    text = "".join(pieces)
    form = match_form(text)
    assert match_form(form) == form


@given(st.text(max_size=60))
def test_a_cleaned_address_is_clean(path: str) -> None:
    once = clean(f"http://www.a.go.th/{path}")
    assert once.isascii()
    assert clean(once) == once


def test_a_sheet_that_begins_amid_a_record_is_looked_at_there() -> None:
    within = struct.pack("<HHHHHHH", 0x0200, 10, 12_029, 1, 0, 2, 0)
    names = struct.pack("<HHIHBB", 0x0085, 8, 12 + 4, 0, 0, 0)
    workbook = names + struct.pack("<HH", 0x00E0, len(within)) + within
    assert is_impossible(ole({"Workbook": workbook}))
    assert not is_impossible(ole({"Workbook": workbook[12:]}))


def test_a_workbook_outside_the_tree_of_names_is_looked_at() -> None:
    dimensions = struct.pack("<HHHHHHH", 0x0200, 10, 12_029, 1, 0, 2, 0)
    body = bytearray(ole({"Workbook": dimensions, "1Table": b"x" * 9}))
    assert is_impossible(bytes(body))
    root = bytes(body).index("Root Entry".encode("utf-16-le"))
    body[root + 76 : root + 80] = b"\xff\xff\xff\xff"
    assert is_impossible(bytes(body))
