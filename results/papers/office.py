"""The sending office's own particulars, kept in a small YAML file: `office.yaml`.

office: ศูนย์ปฏิบัติการต่อต้านการทุจริต กระทรวงมหาดไทย
phone: "50152"
signer_name: นายตัวอย่าง เขียนไว้
signer_position: ผู้อำนวยการศูนย์ปฏิบัติการต่อต้านการทุจริต
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

from rapidfuzz import process
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from results.wording import tidy

FILE_NAME = "office.yaml"
_MOST_BYTES = 64 * 1024
_MOST_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Office:
    """Who sends a paper; what is empty is left to be filled in by hand."""

    office: str = ""
    phone: str = ""
    signer_name: str = ""
    signer_position: str = ""

    def overridden(self, **values: str) -> Office:
        """The same office with every value of `values` that is not empty in its place."""
        return replace(self, **{key: tidy(said) for key, said in values.items() if said.strip()})


class OfficeError(ValueError):
    """An office file that cannot be used; `str()` is one Thai line, `en` the same in English."""

    def __init__(self, place: str, th: str, en: str) -> None:
        """`place` is the file and, where known, its line."""
        super().__init__(f"{place}: {th}")
        self.en = f"{place}: {en}"


def read_office(path: Path) -> Office:
    """The office that the file describes; raises `OfficeError` for the first thing wrong in it."""
    text = _text_of(path)
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None) if isinstance(error, MarkedYAMLError) else None
        at = f"{path.name} บรรทัด {mark.line + 1}" if mark else path.name
        raise OfficeError(
            at,
            "อ่านเป็น YAML ไม่ได้ ให้เขียนบรรทัดละหนึ่งค่า เช่น office: ชื่อส่วนราชการ",
            "not readable as YAML; write one value a line, such as office: name",
        ) from error
    if root is None:
        return Office()
    if not isinstance(root, MappingNode):
        raise OfficeError(
            path.name,
            "ต้องเป็นคู่คีย์และค่า เช่น office: ชื่อส่วนราชการ",
            "expected keys and values, such as office: name",
        )
    values: dict[str, str] = {}
    for key, value in root.value:
        name = _known_key(path, key, values)
        values[name] = _plain_value(path, name, value)
    return Office(**values)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise OfficeError(
            str(path), "เปิดแฟ้มข้อมูลส่วนราชการไม่ได้", "the office file cannot be opened"
        ) from error
    except UnicodeDecodeError as error:
        raise OfficeError(
            path.name, "ไม่ใช่ UTF-8 ให้บันทึกใหม่เป็น UTF-8", "not UTF-8; save it as UTF-8"
        ) from error
    if len(content) > _MOST_BYTES:
        raise OfficeError(
            path.name, "ใหญ่เกิน 64 KB จึงไม่ใช่แฟ้มข้อมูลส่วนราชการ", "over 64 KB: not an office file"
        )
    return text


def _known_key(path: Path, key: Node, seen: dict[str, str]) -> str:
    known = [field.name for field in fields(Office)]
    name = key.value if isinstance(key, ScalarNode) else ""
    at = f"{path.name} บรรทัด {key.start_mark.line + 1}"
    if name not in known:
        near = process.extractOne(str(name), known)
        listed = ", ".join(known)
        raise OfficeError(
            at,
            f"ไม่รู้จักคีย์ «{tidy(str(name), 60)}» ใกล้เคียงที่สุดคือ {near[0]} (ใช้ได้: {listed})",
            f"unknown key «{tidy(str(name), 60)}»; the nearest is {near[0]} (known: {listed})",
        )
    if name in seen:
        raise OfficeError(at, f"คีย์ {name} เขียนซ้ำ ให้เหลือบรรทัดเดียว", f"key {name} is written twice")
    return str(name)


def _plain_value(path: Path, name: str, value: Node) -> str:
    at = f"{path.name} บรรทัด {value.start_mark.line + 1}"
    if not isinstance(value, ScalarNode):
        raise OfficeError(
            at, f"ค่าของ {name} ต้องเป็นข้อความบรรทัดเดียว", f"{name} must be one line of text"
        )
    said = tidy(str(value.value))
    if len(said) > _MOST_LETTERS:
        raise OfficeError(
            at,
            f"ค่าของ {name} ยาวเกิน {_MOST_LETTERS} ตัวอักษร",
            f"{name} is longer than {_MOST_LETTERS} letters",
        )
    return "" if (value.tag or "").endswith(":null") else said
