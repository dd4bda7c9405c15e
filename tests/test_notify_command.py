"""`oit notify` from outside: the dry run writes nothing, the run sends once, mistakes exit with 2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner, Result

from cli import app
from commands.language import Lang, speak
from notices.outbox import Outbox
from tests.notices.ministry import Ministry, at, book, confirmed
from tests.notices.servers import Mailbox, smtp_server
from tests.results.samples import missing, passing

GOOD = [passing("O2"), passing("O12")]
PEOPLE = """\
channels:
  mail: {{host: 127.0.0.1, port: {port}, security: none, sender: oit@moi.go.th}}
people:
  - {{id: web, name: ผู้ดูแลเว็บ, mail: web@surin.go.th, units: [surin]}}
  - {{id: centre, name: ศปท.มท., mail: acoc@moi.go.th, centre: true, get: []}}
"""


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with smtp_server() as served:
        yield served


@pytest.fixture(autouse=True)
def ministry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, box: Mailbox) -> Iterator[Ministry]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OIT_HOME", raising=False)
    monkeypatch.delenv("OIT_NOTICES", raising=False)
    Path("var").mkdir()
    Path("var/notices.yaml").write_text(PEOPLE.format(port=box.port), encoding="utf-8")
    made = Ministry(tmp_path / "var", book())
    made.scan({"surin": GOOD}, at(1))
    made.scan({"surin": [confirmed(missing("O2")), passing("O12")]}, at(2))
    with time_machine.travel(at(9)):
        yield made
    made.close()
    speak(Lang.TH)


def oit(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_dry_run_shows_everything_and_writes_nothing(ministry: Ministry, box: Mailbox) -> None:
    said = oit("notify", "--dry-run")
    assert said.exit_code == 0
    assert "ถึง ผู้ดูแลเว็บ (web) ทางอีเมล web@surin.go.th" in said.stdout
    assert "ส่งเมื่อ 20 มีนาคม 2566 เวลา 09.00 น." in said.stdout
    assert "เรื่อง: OIT: แย่ลง 1 ข้อ" in said.stdout
    assert "ต้องทำ: เพิ่มส่วนที่ขาด" in said.stdout
    assert (ministry.outbox.notices(), ministry.outbox.told(), box.messages) == ((), (), [])


def test_the_dry_run_says_what_reaches_nobody_of_the_unit() -> None:
    Path("var/notices.yaml").write_text(
        Path("var/notices.yaml").read_text("utf-8").replace("[surin]", "[trang]"), "utf-8"
    )
    said = oit("notify", "--dry-run")
    assert "ไม่มีผู้รับของหน่วยงาน จึงส่งให้ ศปท. แทน 1 เรื่อง: worse/oit-2566/surin/O2/2" in said.stdout
    plan = json.loads(oit("notify", "--dry-run", "--json").stdout)
    assert plan["nobody_else"] == ["worse/oit-2566/surin/O2/2"]
    assert [one["person"] for one in plan["planned"]] == ["centre"]


def test_a_run_sends_once(box: Mailbox) -> None:
    said = oit("notify", "--json")
    assert said.exit_code == 0
    told = json.loads(said.stdout)
    assert (told["queued"], told["sent"], told["failed"]) == (1, 1, 0)
    assert oit("notify").exit_code == 0
    assert len(box.messages) == 1
    [row] = json.loads(oit("notify", "list", "--json").stdout)
    assert (row["state"], row["person"], row["message_id"]) == ("sent", "web", box.ids[0])


def test_what_fails_exits_with_1_is_listed_and_can_be_sent_again(box: Mailbox) -> None:
    box.refuse["web@surin.go.th"] = "550 no such user"
    said = oit("notify")
    assert said.exit_code == 1
    assert "เซิร์ฟเวอร์อีเมลไม่รับผู้รับ web@surin.go.th (550 no such user)" in said.stderr
    assert "เลิกส่งแล้ว" in oit("notify", "list", "--state", "given_up").stdout
    people = Path("var/notices.yaml").read_text("utf-8").replace("web@surin", "new@surin")
    Path("var/notices.yaml").write_text(people, "utf-8")
    again = oit("notify", "retry", "1")
    assert "จะส่งถึง new@surin.go.th" in again.stderr
    assert oit("notify").exit_code == 0
    assert [str(message["To"]) for message in box.messages][:1] == ["new@surin.go.th"]


def test_a_test_message_goes_at_once(box: Mailbox) -> None:
    assert oit("notify", "test", "web").exit_code == 0
    assert [str(message["Subject"]) for message in box.messages] == ["ทดสอบการแจ้งเตือน OIT"]
    assert oit("notify", "test", "nobody").exit_code == 2
    box.refuse["web@surin.go.th"] = "450 busy"
    assert oit("notify", "test", "web").exit_code == 1


def test_the_template_is_written_and_never_over_another_file() -> None:
    assert oit("notify", "template", "-o", "people.yaml").exit_code == 0
    assert "oit notify --dry-run" in Path("people.yaml").read_text("utf-8")
    assert oit("notify", "--dry-run", "--people", "people.yaml").exit_code == 0
    assert oit("notify", "template", "-o", "people.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: []\n", "channels"),
        (PEOPLE.replace("units: [surin]", "units: [surni]"), "ใกล้ที่สุดคือ «surin»"),
        (PEOPLE.replace("sender:", "user: x, password_env: OIT_NOT_SET, sender:"), "OIT_NOT_SET"),
        (PEOPLE + "templates: none\n", "ไม่พบโฟลเดอร์แม่แบบ"),
    ],
)
def test_a_wrong_file_is_refused_before_anything_is_written(
    ministry: Ministry, box: Mailbox, text: str, said: str
) -> None:
    wrong = text.format(port=box.port) if "{" in text else text
    Path("var/notices.yaml").write_text(wrong, encoding="utf-8")
    result = oit("notify")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert (ministry.outbox.notices(), box.messages) == ((), [])


def test_without_a_file_the_command_says_how_to_make_one() -> None:
    Path("var/notices.yaml").unlink()
    said = oit("notify")
    assert said.exit_code == 2
    assert "oit notify template -o var/notices.yaml" in said.stderr


def test_nothing_is_stored_yet(ministry: Ministry) -> None:
    said = oit("notify", "--database", "sqlite:///var/none.db")
    assert said.exit_code == 2
    assert not Path("var/none.db").exists()
    assert oit("notify", "--scan", "99").exit_code == 2
    with Outbox.open(ministry.url) as outbox:
        assert outbox.notices() == ()
