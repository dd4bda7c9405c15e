"""office.yaml: what it may say, and how a mistake in it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from results.papers.office import Office, OfficeError, read_office


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "office.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("", Office()),
        ("# ยังไม่ได้กรอก\n", Office()),
        ("office: ศปท.มท.\nphone: 022255821\n", Office("ศปท.มท.", "022255821")),
        ('phone: "0 2225 5821 ต่อ 50152"', Office(phone="0 2225 5821 ต่อ 50152")),
        ("signer_name: นายใจ ดี\nsigner_position:\n", Office(signer_name="นายใจ ดี")),
        ("\ufeffoffice: ก\n", Office("ก")),
    ],
)
def test_values_are_read_as_they_are_written(tmp_path: Path, text: str, office: Office) -> None:
    assert read_office(written(tmp_path, text)) == office


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("office: ก\nphnoe: 1\n", "office.yaml บรรทัด 2: ไม่รู้จักคีย์ «phnoe» ใกล้เคียงที่สุดคือ phone"),
        ("ส่วนราชการ: ก\n", "บรรทัด 1: ไม่รู้จักคีย์ «ส่วนราชการ»"),
        ("office: ก\noffice: ข\n", "บรรทัด 2: คีย์ office เขียนซ้ำ"),
        ("office: [ก, ข]\n", "ค่าของ office ต้องเป็นข้อความบรรทัดเดียว"),
        ("- office\n", "ต้องเป็นคู่คีย์และค่า"),
        ("office: 'ก\n", "อ่านเป็น YAML ไม่ได้"),
        ("office: ก\n  phone: 1\n", "บรรทัด 2: อ่านเป็น YAML ไม่ได้"),
        (f"office: {'ก' * 301}", "ยาวเกิน 300 ตัวอักษร"),
        ("office: ก".encode("tis-620"), "ไม่ใช่ UTF-8"),
        ("#" * 70_000, "ใหญ่เกิน 64 KB"),
    ],
)
def test_a_mistake_is_one_line_with_file_and_line(
    tmp_path: Path, text: str | bytes, says: str
) -> None:
    with pytest.raises(OfficeError) as raised:
        read_office(written(tmp_path, text))
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.en


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"none\.yaml"):
        read_office(tmp_path / "none.yaml")


def test_the_command_line_goes_before_the_file() -> None:
    office = Office("ศปท.มท.", "50152").overridden(phone="50153", signer_name=" ")
    assert office == Office("ศปท.มท.", "50153")
