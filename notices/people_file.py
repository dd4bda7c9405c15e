"""Reading `notices.yaml`: every mistake names file, line, key and how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from checklist.loader import available, load, shipped_item_ids
from checklist.profile import UnitType
from checklist.yaml_source import SourceError, YamlSource, mistake_of, plain, read_yaml
from notices.people import Book, Person

FILE_NAME = "notices.yaml"
EXAMPLE = Path(__file__).parent / "example.yaml"
_KINDS = {
    "missing": ("ต้องมีคีย์นี้", "this key is required"),
    "int_parsing": ("ต้องเป็นจำนวนเต็ม", "must be a whole number"),
    "bool_parsing": ("ต้องเป็น true หรือ false", "must be true or false"),
    "string_type": ("ต้องเป็นข้อความ", "must be text"),
    "tuple_type": ("ต้องเป็นรายการ เช่น [O12, O19]", "must be a list"),
    "dict_type": ("ต้องเป็นคีย์และค่า", "must be keys and values"),
    "model_type": ("ต้องเป็นคีย์และค่า", "must be keys and values"),
}


class BookError(ValueError):
    """A file of people that cannot be used; `str()` is one line in Thai, `en` in English."""

    def __init__(self, th: str, en: str) -> None:
        """One sentence in each language."""
        super().__init__(th)
        self.en = en


def read_book(path: Path, units: Collection[str] = ()) -> Book:
    """The people and channels of the file; raises `BookError` for the first thing wrong in it.

    `units` are the known unit ids; none given: unit ids are not checked.
    """
    try:
        source = read_yaml(path)
    except SourceError as error:
        raise BookError(f"อ่านแฟ้มผู้รับแจ้งไม่ได้: {error}", str(error)) from None
    try:
        book = Book.model_validate(plain(source.data))
    except ValidationError as error:
        raise _explained(error, source) from None
    _check_names(book, source, units)
    return book


def _explained(error: ValidationError, source: YamlSource) -> BookError:
    wrong = mistake_of(error, source, Book, {"literal['all']", "tuple[str, ...]"})
    th = en = wrong.message
    if wrong.kind == "extra_forbidden":
        valid = ", ".join(wrong.valid)
        th = "ไม่รู้จักคีย์นี้ " + (f"หมายถึง «{wrong.near}» หรือไม่" if wrong.near else f"ใช้ได้: {valid}")
        en = f"unknown key; did you mean «{wrong.near}»?" if wrong.near else f"valid: {valid}"
    elif wrong.kind in _KINDS:
        th, en = _KINDS[wrong.kind]
    elif wrong.kind != "value_error":
        th = f"ค่าใช้ไม่ได้ ({wrong.message})"
    return _at(source, wrong.line, wrong.key, th, en, wrong.more)


def _at(source: YamlSource, line: int, key: str, th: str, en: str, more: int = 0) -> BookError:
    name = key or "ทั้งแฟ้ม"
    also = (f" (และอีก {more} แห่ง)", f" (and {more} more)") if more else ("", "")
    return BookError(
        f"{source.path}: บรรทัด {line}: {name}: {th}{also[0]}",
        f"{source.path}: line {line}: {key or 'whole file'}: {en}{also[1]}",
    )


def _check_names(book: Book, source: YamlSource, units: Collection[str]) -> None:
    """Refuse names that stand for nothing: units, items, offices, channels, ids used twice."""
    seen: set[str] = set()
    for place, person in enumerate(book.people):
        if person.id in seen:
            line = source.line(["people", place, "id"])
            raise _at(source, line, "id", f"รหัส {person.id} ซ้ำ", f"{person.id} is used twice")
        seen.add(person.id)
        _check_channels(book, person, source, place)
        known = {"items": shipped_item_ids(), "owners": _owners(), "units": tuple(units)}
        for key, names in known.items():
            said = getattr(person, key)
            if names and said != "all":
                _check_known(said, names, source, place, key)


def _check_channels(book: Book, person: Person, source: YamlSource, place: int) -> None:
    channels = book.channels
    for key, wanted, there in (
        ("mail", person.mail, channels.mail),
        ("line", person.line, channels.line),
    ):
        if wanted and there is None:
            line = source.line(["people", place, key])
            raise _at(source, line, key, f"ยังไม่ได้ตั้ง channels.{key}", f"no channels.{key}")
    if person.webhook is not None:
        _check_known([person.webhook], tuple(channels.webhooks), source, place, "webhook")


def _check_known(
    said: Sequence[str], names: Sequence[str], source: YamlSource, place: int, key: str
) -> None:
    for number, name in enumerate(said):
        if name in names:
            continue
        near = get_close_matches(name, names, n=1, cutoff=0.4)
        th = f"ไม่มี «{name}»" + (f" ใกล้ที่สุดคือ «{near[0]}»" if near else "")
        en = f"no «{name}»" + (f"; did you mean «{near[0]}»?" if near else "")
        raise _at(
            source, source.line(["people", place, key, number]), f"people.{place}.{key}", th, en
        )


@cache
def _owners() -> tuple[str, ...]:
    """Every office that any shipped checklist names for any type of unit."""
    names = {
        checklist.owner_of(item, kind)
        for checklist in map(load, available())
        for item in checklist.items
        for kind in (None, *UnitType)
    }
    return tuple(sorted(names))
