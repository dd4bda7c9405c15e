"""Archives of documents."""

from __future__ import annotations

import random

from checklist.evidence import Document, Fetch
from crawler.extract import extract_all
from crawler.extract.members import members_of
from tests.fuzz.frame import URL, Target, read, require, sound
from tests.fuzz.mutators import bytes_changed, packed, unpacked

_PAGE = "<html><head><title>แผน</title></head><body><h1>แผน</h1><table><tr><td>ก</td><td>1</td></tr></table>".encode()
_MEMBERS = {
    "แผน/ปี 2566.html": _PAGE, "b.txt": "รายงานผล\nปี 2566\n".encode(), "c.csv": b"a,b,c\n1,2,3\n4,5,6\n",
    "d.png": b"\x89PNG\r\n\x1a\n", "e.rtf": b"{\\rtf1 words here\\par}", "f.zip": packed({"a": b"b"}),
}  # fmt: skip
_NAMES = (
    "../../etc/passwd", "/a/b.txt", "C:\\a.txt", "a/../../b", "", ".", "..", "__MACOSX/x", "Thumbs.db",
    "a" * 300, "\u202etxt.exe", "a\nb.txt", "ก/ข/ค.txt", "b.txt", "B.TXT", "a/", "<script>.html", "\t",
)  # fmt: skip


def _check(data: bytes) -> list[Document]:
    document = read(data)
    for member in members_of(document):
        sound_parts = [p for p in member.passages if p.text]
        require(len(sound_parts) == len(member.passages), "a member's passage without text")
    found = [sound(x) for x in extract_all(data, Fetch(URL, URL))]
    for member in found:
        require(".." not in member.file_name.split("/"), "a step upwards in a name")
        require("/" not in member.file_name, "a path for a name")
    return [document, *found]


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    chance = random.Random(seed)
    parts = unpacked(data)
    if not parts or chance.random() < 0.35:
        return bytes_changed(data, most)
    name = chance.choice(list(parts))
    what = chance.randrange(5)
    if what == 0:
        parts[chance.choice(_NAMES)] = parts.pop(name)
    elif what == 1:
        parts[f"{len(parts)}{name}"[:200]] = parts[name]
    elif what == 2:
        del parts[name]
    elif what == 3:
        parts[name] = bytes_changed(parts[name], 4000)
    else:
        parts[name] = chance.choice((b"", packed(parts), _PAGE, b"\0" * 70_000))
    return packed(parts)[:most]


TARGET = Target(
    check=_check,
    seeds=lambda: [packed(_MEMBERS), packed({"a.txt": b"one only"}), packed({f"{n}.txt": b"words" for n in range(70)})],
    tokens=[b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"../"],
    mutate=_mutate,
    max_len=40_000,
)  # fmt: skip
