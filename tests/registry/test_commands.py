"""`oit units`, `oit sweep` and `oit notify` on the registry of the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from commands import unit_lists
from commands.language import Lang, speak
from commands.sweeping import _wanted
from notices.people import Book
from notices.unit_contacts import with_contacts
from units.exporting import write_units
from units.importing import read_units
from units.registry import Registry, Unit

HEAD = "รหัสหน่วยงาน,ชื่อหน่วยงาน,ประเภท,เว็บไซต์หลัก\n"
LINE = "U" + "ab" * 16


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    for name in ("OIT_HOME", "OIT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    yield
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def csv(name: str, *rows: str) -> str:
    Path(name).write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return name


def test_importing_adds_and_corrects_and_takes_out_only_when_told_to() -> None:
    oit("units", "import", csv("a.csv", "suan,บ้านสวน,อปท.,", "na,บ้านนา,อปท.,"))
    part = csv("b.csv", "na,บ้านนาใหม่,อปท.,https://na.test/")
    assert "~ na  บ้านนาใหม่" in oit("units", "import", part, "--dry-run").output
    assert "บ้านนาใหม่" not in oit("units", "list").output
    assert "เพิ่ม 0 แก้ไข 1 นำออก 0 คงเดิม 1" in oit("units", "import", part).output
    assert unit_lists.registry_of(None).ids == ("suan", "na")
    assert "นำออก 1" in oit("units", "import", part, "--replace").output
    assert unit_lists.registry_of(None).ids == ("na",)


def test_a_file_with_a_mistake_changes_nothing() -> None:
    oit("units", "import", csv("a.csv", "suan,บ้านสวน,อปท.,"))
    said = oit("units", "import", csv("b.csv", "na,บ้านนา,อปท.,", "x,ผิด,อปท.,www.x.test"))
    assert said.exit_code == 2
    assert "แถว 3 คอลัมน์ D" in said.output
    assert unit_lists.registry_of(None).ids == ("suan",)


def test_units_imported_by_an_earlier_version_go_on_and_are_taken_over() -> None:
    Path("var").mkdir()
    csv("var/units.csv", "suan,บ้านสวน,อปท.,")
    assert unit_lists.registry_of(None).ids == ("suan",)
    oit("units", "import", csv("b.csv", "na,บ้านนา,อปท.,"))
    assert unit_lists.registry_of(None).ids == ("suan", "na")


def test_what_is_exported_is_the_registry_of_the_database() -> None:
    oit("units", "import", csv("a.csv", "suan,บ้านสวน,อปท.,https://suan.test/"))
    for name in ("out.xlsx", "out.csv", "out.yaml"):
        assert oit("units", "export", name).exit_code == 0
        assert read_units(Path(name)) == unit_lists.registry_of(None)


def test_a_paused_unit_is_swept_only_when_it_is_named() -> None:
    def unit(unit_id: str, status: str) -> Unit:
        return Unit.model_validate(
            {"id": unit_id, "name": unit_id, "type": "local", "status": status}
        )

    registry = Registry([unit("a", "active"), unit("b", "paused")])
    assert _wanted(registry, None).ids == ("a",)
    assert _wanted(registry, ["b"]).ids == ("b",)
    write_units(registry, Path("units.xlsx"))
    assert read_units(Path("units.xlsx")) == registry


def test_contacts_of_the_registry_are_told_of_their_items() -> None:
    unit = Unit.model_validate(
        {
            "id": "surin", "name": "สุรินทร์", "type": "province",
            "contacts": [
                {"name": "กองคลัง", "mail": "fin@surin.test", "items": ["O12"]},
                {"name": "ผู้ดูแลเว็บ", "mail": "web@surin.test"},
                {"name": "เฉพาะ LINE", "line": LINE},
            ],
        }
    )  # fmt: skip
    people = [
        {"id": "centre", "name": "ศปท.", "mail": "c@moi.test", "centre": True},
        {"id": "web", "name": "เว็บ", "mail": "web@surin.test", "units": ["surin"]},
    ]
    channels = {"mail": {"host": "127.0.0.1", "sender": "oit@moi.test"}}
    book = Book.model_validate({"channels": channels, "people": people})
    *_, added = with_contacts(book, [unit]).people
    assert len(with_contacts(book, [unit]).people) == 3
    assert (added.mail, added.units, added.items) == ("fin@surin.test", ("surin",), ("O12",))
    silent = book.model_copy(update={"unit_owners": False})
    assert with_contacts(silent, [unit]) == silent
