"""Bombs, locks and damage, through the pool as in a sweep: the right reason each, no crash."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import md5

import openpyxl
import pytest
from PIL import Image as Picture

from checklist.evidence import Document, Fetch
from crawler.extract import ExtractPool
from tests.crawler.extract.hand_pdf import SCAN, assembled, line, pdf, stream

FETCH = Fetch("https://a.go.th/f", "https://a.go.th/f")
GOOD = "<html><body><p>แผนปี 2566</p></body></html>".encode()


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractPool]:
    with ExtractPool(workers=1, timeout_s=8.0, memory_bytes=1536 * 1024**2) as opened:
        yield opened


def read(pool: ExtractPool, body: bytes) -> Document:
    return pool.submit(body, FETCH).result(timeout=60)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), body)
    return target.getvalue()


def zip_bomb() -> bytes:
    return zipped(a_DOT_txt=b"0" * (40 * 1024**2), b_DOT_txt=b"1")


def entity_bomb() -> bytes:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE d [<!ENTITY e0 "ha">{steps}]><w:document xmlns:w="w">&e9;</w:document>'
    return zipped(word__document_DOT_xml=xml.encode())


def huge_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + rows + chunk(b"IEND", b"")


def damaged_jpeg() -> bytes:
    target = io.BytesIO()
    Picture.new("RGB", (64, 64)).save(target, "JPEG")
    return target.getvalue()[:20]


def recursive_form() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<<"
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R 2 0 R]/Count 2/Parent 2 0 R>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            page + b"/Font<</F1 3 0 R>>/XObject<</X 6 0 R>>>>>>",
            stream(line("Words that stand before the circle") + b"/X Do\n"),
            stream(b"/X Do\n", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                   b"/Resources<</XObject<</X 6 0 R>>>>"),
        ]
    )  # fmt: skip


def circular_objects() -> bytes:
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"3 0 R", b"2 0 R"])


def many_pages() -> bytes:
    return pdf([line(f"Page number {number} of the report") for number in range(5000)])


def stream_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b" " * (60 * 1024**2)))
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            stream(packed, b"/Filter[/FlateDecode/FlateDecode]"),
        ]
    )


def unmapped_font() -> bytes:
    """Codes of a font of its own, which names its glyphs g01, g02, ..."""
    names = b" ".join(b"/g%02d" % number for number in range(33, 120))
    codes = b"".join(bytes([33 + (7 * n) % 80]) for n in range(300)).replace(b"\\", b"!")
    codes = codes.replace(b"(", b"#").replace(b")", b"$")
    text = b"".join(
        b"BT /F1 12 Tf 60 %d Td (%s) Tj ET\n" % (700 - 20 * n, codes[n * 30 : n * 30 + 30])
        for n in range(10)
    )
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+Own/FirstChar 33/LastChar 119/Widths["
            + b"500 " * 87
            + b"]/Encoding<</Type/Encoding/Differences[33 "
            + names
            + b"]>>>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>",
            stream(text),
        ]
    )


def wide_sheet() -> bytes:
    """A workbook of 1,048,576 rows by 16,384 columns by its own words, with two cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "แผนการจัดซื้อจัดจ้าง", "ปลาย"
    target = io.BytesIO()
    book.save(target)
    source = zipfile.ZipFile(target)
    parts = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(
        b"</sheetData>",
        b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("make", "problem", "words"),
    [
        (zip_bomb, "too_large", "บีบอัด"),
        (huge_png, "too_large", "60,000"),
        (damaged_jpeg, "extract_failed", "รูปภาพ"),
        (circular_objects, "extract_failed", "PDF"),
        (lambda: b"%PDF-1.7\n" + b"\0" * 2000, "extract_failed", "PDF"),
        (lambda: pdf([line("Annual report")])[:60], "extract_failed", "PDF"),
        (lambda: b"", "extract_failed", "0 ไบต์"),
        (lambda: b"\x7fELF" + b"\0" * 500, "unsupported_type", "โปรแกรม"),
    ],
)
def test_what_cannot_be_read_has_its_reason(
    pool: ExtractPool, make: Callable[[], bytes], problem: str, words: str
) -> None:
    document = read(pool, make())
    assert document.fetch.problem == problem
    assert words in document.fetch.problem_detail
    assert document.passages == ()


@pytest.mark.parametrize("make", [entity_bomb, stream_bomb])
def test_a_bomb_ends_with_a_reason_or_without_text(
    pool: ExtractPool, make: Callable[[], bytes]
) -> None:
    began = time.monotonic()
    document = read(pool, make())
    assert time.monotonic() - began < 20
    assert document.fetch.problem in {None, "extract_failed", "too_large"}
    assert sum(len(p.text) for p in document.passages) < 1000


def test_a_page_that_draws_itself_is_read_once(pool: ExtractPool) -> None:
    document = read(pool, recursive_form())
    assert [p.text for p in document.passages] == ["Words that stand before the circle"]


def test_a_file_of_5000_pages_is_read_in_part_and_says_so(pool: ExtractPool) -> None:
    document = read(pool, many_pages())
    assert document.fetch.problem is None
    assert document.page_count == 5000
    assert "5000" in document.metadata["truncated"]
    assert max(p.page or 0 for p in document.passages) == 600


def test_a_page_in_codes_of_its_own_font_goes_to_recognition(pool: ExtractPool) -> None:
    document = read(pool, unmapped_font())
    assert document.blank_pages == (1,)
    assert document.passages == ()


def test_a_sheet_that_claims_a_million_rows_costs_nothing(pool: ExtractPool) -> None:
    began = time.monotonic()
    document = read(pool, wide_sheet())
    assert time.monotonic() - began < 8
    assert [p.text for p in document.passages][-1] == "แผนการจัดซื้อจัดจ้าง"


def test_one_bad_page_does_not_lose_the_others(pool: ExtractPool) -> None:
    pages = [line(f"Page number {number} of the annual report") for number in range(1, 4)]
    body = pdf(pages)
    broken = body.replace(b"/Contents 8 0 R", b"/Contents 99 0 R").replace(
        b"(Page number 2", b"\xff(((Page number 2"
    )
    found = {p.page for p in read(pool, broken).passages}
    assert {1, 3} <= found


def test_a_scan_between_text_pages_is_the_only_blank_one(pool: ExtractPool) -> None:
    words = line("Annual report of the municipality for the year")
    document = read(pool, pdf([words, SCAN, words], pictures=True))
    assert document.blank_pages == (2,)


def locked(user: str, owner: str) -> bytes:
    """A PDF locked with the oldest of the standard's ciphers (RC4, 40 bits)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

    def rc4(key: bytes, data: bytes) -> bytes:
        box = list(range(256))
        j = 0
        for i in range(256):
            j = (j + box[i] + key[i % len(key)]) % 256
            box[i], box[j] = box[j], box[i]
        i = j = 0
        out = bytearray()
        for byte in data:
            i = (i + 1) % 256
            j = (j + box[i]) % 256
            box[i], box[j] = box[j], box[i]
            out.append(byte ^ box[(box[i] + box[j]) % 256])
        return bytes(out)

    def padded(word: str) -> bytes:
        return (word.encode() + pad)[:32]

    o = rc4(md5(padded(owner)).digest()[:5], padded(user))
    identity = b"0123456789abcdef"
    key = md5(padded(user) + o + struct.pack("<i", -4) + identity).digest()[:5]
    u = rc4(key, pad)
    content_key = md5(key + struct.pack("<I", 6)[:3] + b"\0\0").digest()[:10]
    content = rc4(content_key, line("Words behind an owner lock only"))
    trailer = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        identity.hex().encode(),
        identity.hex().encode(),
        o.hex().encode(),
        u.hex().encode(),
    )
    return pdf([b"x" * len(content)], trailer=trailer).replace(b"x" * len(content), content)


def test_an_owner_password_alone_does_not_lock_readers_out(pool: ExtractPool) -> None:
    document = read(pool, locked("", "owner"))
    assert [p.text for p in document.passages] == ["Words behind an owner lock only"]


def test_a_user_password_does(pool: ExtractPool) -> None:
    document = read(pool, locked("secret", "owner"))
    assert document.fetch.problem == "extract_failed"
    assert "รหัสผ่าน" in document.fetch.problem_detail


def test_the_pool_still_reads_after_all_of_it(pool: ExtractPool) -> None:
    assert [p.text for p in read(pool, GOOD).passages] == ["แผนปี 2566"]


def test_processor_time_is_limited_by_the_kernel() -> None:
    code = (
        "from crawler.confinement import begin_job\nbegin_job(0.1, wall_s=60)\nwhile True: pass\n"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert done.returncode < 0
    assert time.monotonic() - began < 30
