"""Changes that leave the container whole, so that the fuzzer gets to what stands inside."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from importlib import import_module

from lxml import etree

VALUES = (
    "", "0", "-1", "1", "2", "9", "60", "99999", "1048576", "4294967296", "9" * 20, "9" * 5000, "²",
    "๒", "٣", "1e9", "1.5", "NaN", "true", "false", "A1:XFD1048576", "A1", "\u200b", "x" * 300,
    "../../etc/passwd", "http://[", "javascript:alert(1)", "mailto:a@b", "continue", "restart",
    "General", "0.00%", "#,##0.00", "d/m/yyyy", "none", "hidden", "rId1", "rId2",
)  # fmt: skip
TEXTS = (
    "แผน ปี 2566", "๒๕๖๖", "", " ", "\u200b", "\ufeff", "ก" * 400, "1", "45000", "-1", "1e308",
    "NaN", "2566-02-31", "2023-01-01T00:00:00Z", "=1+1", "\u202e", "\t", "\n", "ํา", "่" * 50,
)  # fmt: skip
_DEEP = 300
_FIXED = (1980, 1, 1, 0, 0, 0)


def bytes_changed(data: bytes, most: int) -> bytes:
    """`data` as the fuzzer itself would change it, or by chance where there is no fuzzer."""
    try:
        found: bytes = import_module("atheris").Mutate(data, most)
    except (ImportError, RuntimeError):
        return bytes(byte ^ (not index % 7) for index, byte in enumerate(data))[:most]
    return found


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP of `parts`, the same bytes for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), body, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpacked(body: bytes) -> dict[str, bytes]:
    """The parts of a ZIP, at most 4 MB of each; none when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            found = {}
            for info in archive.infolist()[:200]:
                with archive.open(info) as part:
                    found[info.filename] = part.read(4_000_000)
            return found
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, NotImplementedError):
        return {}
    except Exception:
        return {}


def of_archive(favoured: Sequence[str] = ()) -> Callable[[bytes, int, int], bytes]:
    """A mutator of a ZIP's parts; `favoured` names beginnings of the parts that matter."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        parts = unpacked(data)
        if not parts or chance.random() < 0.05:
            return bytes_changed(data, most)
        liked = [name for name in parts if name.startswith(tuple(favoured))] if favoured else []
        for _ in range(chance.choice((1, 1, 2, 4))):
            name = chance.choice(liked or list(parts))
            if chance.random() < 0.2:
                name = chance.choice(list(parts))
            parts[name] = part_changed(parts[name], chance)
        if chance.random() < 0.03 and len(parts) > 1:
            del parts[chance.choice(list(parts))]
        body = packed(parts)
        return body if len(body) <= most else data

    return mutate


def part_changed(body: bytes, chance: random.Random) -> bytes:
    """A part with its tree changed where it is XML, else with its bytes changed."""
    if chance.random() < 0.15:
        return bytes_changed(body, len(body) + 200)
    try:
        root = etree.fromstring(body)
    except (etree.XMLSyntaxError, ValueError):
        return bytes_changed(body, len(body) + 200)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 12))):
        _change(root, chance)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _change(root: etree._Element, chance: random.Random) -> None:
    elements = [e for e in root.iter() if isinstance(e.tag, str)]
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    what = chance.randrange(9)
    if what == 0 and parent is not None:
        parent.remove(one)
    elif what == 1 and parent is not None:
        for _ in range(chance.choice((1, 2, 30))):
            parent.append(deepcopy(one))
    elif what == 2 and len(elements) < 3000:
        one.append(deepcopy(other))
    elif what == 3:
        one.text = chance.choice(TEXTS)
    elif what == 4:
        one.tag = other.tag
    elif what == 5 and one.attrib:
        name = chance.choice(list(one.attrib))
        one.set(name, chance.choice(VALUES))
    elif what == 6 and other.attrib:
        name = chance.choice(list(other.attrib))
        one.set(name, chance.choice((*VALUES, str(other.get(name)))))
    elif what == 7 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    elif what == 8 and chance.random() < 0.3:
        below = one
        for _ in range(chance.choice((5, _DEEP))):
            below = etree.SubElement(below, other.tag)


def in_place(data: bytes, most: int, seed: int) -> bytes:
    """Bytes changed inside a window, all others where they stood: offsets stay true."""
    chance = random.Random(seed)
    if len(data) < 16 or chance.random() < 0.1:
        return bytes_changed(data, most)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 6))):
        size = chance.choice((1, 2, 4, 8, 64, 300))
        start = chance.randrange(len(data))
        if not any(changed[start : start + 64]):
            start = chance.randrange(min(len(data), 2048))
        end = min(start + size, len(data))
        if size <= 4 and chance.random() < 0.4:
            number = chance.choice((0, 1, 0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 0x80000000, 255, 512))
            changed[start:end] = number.to_bytes(4, "little")[: end - start]
        else:
            new = bytes_changed(bytes(changed[start:end]), end - start)
            changed[start:end] = new.ljust(end - start, b"\0")[: end - start]
    return bytes(changed)[:most]


def of_tokens(tokens: Sequence[str]) -> Callable[[bytes, int, int], bytes]:
    """A mutator of UTF-8 text that puts in, takes out, doubles and swaps words."""

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.15:
            return bytes_changed(data, most)
        text = data.decode("utf-8", "replace")
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            at = chance.randint(0, len(text))
            end = min(len(text), at + chance.choice((0, 0, 1, 3, 10, 60)))
            what = chance.randrange(5)
            if what <= 2:
                text = text[:at] + chance.choice(tokens) + text[end:]
            elif what == 3:
                text = text[:at] + text[at:end] * chance.choice((2, 3, 40)) + text[end:]
            else:
                text = text[:at] + text[end:]
        return text.encode("utf-8", "replace")[:most]

    return mutate
