"""The file of people: the example is valid, and every mistake is named where it stands."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from notices.channels import check_secrets, secret
from notices.people_file import EXAMPLE, BookError, read_book

HEAD = """\
channels:
  mail: {host: smtp.example.go.th, sender: oit@example.go.th}
people:
  - id: centre
    name: ศปท.มท.
    mail: acoc@example.go.th
    centre: true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "notices.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_valid_as_it_is_and_with_its_comments_taken_off(tmp_path: Path) -> None:
    assert [person.id for person in read_book(EXAMPLE).people] == ["centre"]
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    said = [line.replace("  # ", "  ", 1) if line.startswith("  # ") else line for line in lines]
    book = read_book(written(tmp_path, "\n".join(said)), {"surin"})
    assert [p.id for p in book.people] == [
        "centre",
        "executive",
        "surin-web",
        "finance",
        "telegram",
    ]
    assert book.channels.webhooks["dashboard"].secret_env == "OIT_DASHBOARD_SECRET"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "    untis: all\n", "บรรทัด 8: people.0.untis: ไม่รู้จักคีย์นี้ หมายถึง «units» หรือไม่"),
        (HEAD.replace("    centre: true\n", ""), "centre: true อย่างน้อยหนึ่งคน"),
        (HEAD.replace("    name: ศปท.มท.\n", ""), "people.0.name: ต้องมีคีย์นี้"),
        (HEAD.replace("acoc@example.go.th", "acoc"), "บรรทัด 6: people.0.mail: “acoc” ไม่ใช่อีเมล"),
        (HEAD + "    line: U123\n", "บรรทัด 8: people.0.line: ต้องเป็นรหัสของ LINE"),
        (HEAD + f"    line: U{'0' * 32}\n", "บรรทัด 8: line: ยังไม่ได้ตั้ง channels.line"),
        (HEAD + "    units: [surni]\n", "บรรทัด 8: people.0.units: ไม่มี «surni» ใกล้ที่สุดคือ «surin»"),
        (HEAD + "    items: [O99]\n", "บรรทัด 8: people.0.items: ไม่มี «O99» ใกล้ที่สุดคือ «O9»"),
        (HEAD + "    owners: [กองคลังง]\n", "ใกล้ที่สุดคือ «กองคลัง»"),
        (HEAD + "    webhook: x\n", "people.0.webhook: ไม่มี «x»"),
        (HEAD + "    hour: 25\n", "บรรทัด 8: people.0.hour"),
        (HEAD + "    get: [wors]\n", "บรรทัด 8: people.0.get.0"),
        (HEAD + "quiet_hours: 20-7\n", "บรรทัด 8: quiet_hours: เขียนเช่น 20:00-07:00"),
        (HEAD + "  - {id: centre, name: ก, mail: a@example.go.th}\n", "บรรทัด 8: id: รหัส centre ซ้ำ"),
        (HEAD.replace("sender:", "user: x, sender:"), "password_env หรือ password_file"),
        ("people: [\n", "not readable as YAML"),
        ("[]", "ทั้งแฟ้ม"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BookError) as error:
        read_book(written(tmp_path, text), {"surin", "trang"})
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert "notices.yaml" in error.value.en


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"none\.yaml"):
        read_book(tmp_path / "none.yaml")


def test_quiet_hours_are_read_and_can_be_none(tmp_path: Path) -> None:
    quoted = read_book(written(tmp_path, HEAD + 'quiet_hours: "21:30-06:15"\n'))
    assert quoted.quiet_hours == (time(21, 30), time(6, 15))
    assert read_book(written(tmp_path, HEAD + "quiet_hours: none\n")).quiet_hours is None
    assert read_book(written(tmp_path, HEAD)).quiet_hours == (time(20), time(7))


def test_a_password_written_in_place_of_a_variables_name_is_never_echoed(tmp_path: Path) -> None:
    text = HEAD.replace("sender:", "user: x, password_env: s3cr3t!, sender:")
    with pytest.raises(BookError) as error:
        read_book(written(tmp_path, text))
    assert "s3cr3t" not in str(error.value) + error.value.en
    assert "ชื่อตัวแปรสภาพแวดล้อม" in str(error.value)


def test_secrets_come_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_TEST_TOKEN", " abc \n")
    assert secret("OIT_TEST_TOKEN", None) == "abc"
    (tmp_path / "token").write_text("def\n", encoding="utf-8")
    assert secret(None, tmp_path / "token") == "def"
    monkeypatch.delenv("OIT_TEST_TOKEN")
    with pytest.raises(BookError, match="OIT_TEST_TOKEN"):
        secret("OIT_TEST_TOKEN", None)


def test_a_secret_that_is_missing_is_told_before_anything_is_sent(tmp_path: Path) -> None:
    text = HEAD.replace("sender:", "user: x, password_env: OIT_NOT_SET, sender:")
    with pytest.raises(BookError, match="OIT_NOT_SET"):
        check_secrets(read_book(written(tmp_path, text)))
