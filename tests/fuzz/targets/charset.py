"""Decoding: whatever charset the header, the page and the bytes claim."""

from __future__ import annotations

from crawler.extract.charset import canonical, declared_in, decode
from crawler.extract.quality import measure
from crawler.extract.text import collapse, file_name_of
from tests.fuzz.frame import Target, require

_HEADERS = (
    None, "", "utf-8", "tis-620", "windows-874", "utf-16", "utf-7", "utf-32", "base64", "rot13",
    "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "zlib", "hex", "mbcs",
    "big5", "gb18030", "iso-2022-jp", "cp037", "koi8-r", "\0", "x" * 300, "utf-8-sig", "x-user-defined",
)  # fmt: skip
_TEXT = "<html><head><meta charset='tis-620'></head><p>แผนปฏิบัติการ ประจำปี ๒๕๖๖</p>"


def _check(data: bytes) -> tuple[str, ...]:
    header = _HEADERS[data[0] % len(_HEADERS)] if data else None
    body = data[1:]
    text, codec = decode(body, header)
    require(isinstance(text, str) and bool(codec), "no text")
    require(not any("\ud800" <= c <= "\udfff" for c in text), "lone surrogate in the text")
    require(len(text) <= len(body) + 1, "more characters than bytes")
    for name in declared_in(body):
        require(canonical(name) == name, "a charset's name is not its own")
    measure(text)
    once = collapse(text)
    require(collapse(once) == once, "collapsing twice is not collapsing once")
    return text, codec, file_name_of("https://a.go.th/x/" + body.decode("latin-1"))


TARGET = Target(
    check=_check,
    seeds=lambda: [
        b"\3" + _TEXT.encode("cp874"), b"\2" + _TEXT.encode(), b"\0\xff\xfe" + _TEXT.encode("utf-16-le"),
        b"\0" + _TEXT.encode("utf-16-be"), b"\0%E0%B9%81%E0%B8%9C%E0%B8%99.pdf", b"\0\xef\xbb\xbfabc",
        b"\5<?xml version='1.0' encoding='utf-32'?>" + "ปี".encode("cp874"),
        b"\0" + _TEXT.encode().decode("cp1252", "ignore").encode(), b"\0caf\xe9 na\xefve",
    ],
    tokens=[
        b"charset=", b"<meta ", b"encoding='", b"utf-7", b"utf-16", b"tis-620", b"iso-8859-1", b"\xef\xbb\xbf",
        b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xe0\xb8\x81", b"\xa1\xd2\xc3", b"\0", b"%E0", b"\xed\xa0\x80",
        b"+ADw-", b"punycode", b"idna", b"unicode_escape",
    ],
    max_len=8192,
)  # fmt: skip
