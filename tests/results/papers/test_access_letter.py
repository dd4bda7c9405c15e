"""The letter to webmasters: what it says, as a paper, as a page of the docs and from the command."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from typer.testing import CliRunner

from cli import app
from results.papers import access_letter as say
from results.papers.access_letter import AccessLetter, Asker
from results.papers.access_letter_docx import access_letter_docx
from results.papers.office import Office

if TYPE_CHECKING:
    import pytest

ASKER = Asker(
    "OITChecker/1.0 (+https://www.moi.go.th/)", "OITChecker", "https://www.moi.go.th/", 1.0,
    ("203.0.113.7",), "ทุกวัน 20.00 - 05.00 น.",
)  # fmt: skip
PAGE = Path(__file__).parents[3] / "docs" / "letter-for-webmasters.md"


def said(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_it_says_who_asks_and_how_to_allow_it() -> None:
    letter = AccessLetter(Office(office="ศปท.มท."), ASKER, "จังหวัดสุรินทร์", "https://www.surin.go.th")
    text = said(access_letter_docx(letter))
    for words in (
        "ผู้ว่าราชการจังหวัดสุรินทร์", "www.surin.go.th", "ศปท.มท.", "203.0.113.7", "05.00 น.",
        "User-agent: OITChecker", "Allow: /", "ขอแสดงความนับถือ", "Cloudflare", ASKER.user_agent,
    ):  # fmt: skip
        assert words in text


def test_what_nobody_gave_is_a_dotted_line() -> None:
    text = said(access_letter_docx(AccessLetter(Office(), ASKER)))
    assert "หัวหน้าหน่วยงานเจ้าของเว็บไซต์" in text
    assert text.count(say.UNKNOWN) >= 6


def test_a_units_name_is_text_alone() -> None:
    letter = AccessLetter(Office(), ASKER, '<w:t>&"\x00\x0bหน่วย', "javascript:alert(1)")
    assert '<w:t>&"หน่วย' in said(access_letter_docx(letter)).replace("\n", "")


def test_the_page_of_the_docs_says_the_same() -> None:
    page = PAGE.read_text("utf-8")
    letter = AccessLetter(Office(), ASKER)
    for words in (say.SUBJECT, say.REASON, letter.wish, say.CLOSING, *letter.read(), *say.NOT_READ,
                  "\n".join(letter.robots()), say.ROBOTS_HINT, *say.FIREWALL):  # fmt: skip
        assert words in page


def test_the_command_writes_a_letter_a_unit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OIT_HOME", str(tmp_path))
    out = ["--out", str(tmp_path / "out")]
    done = CliRunner().invoke(
        app, ["paper", "letter", "--unit", "surin", "--ip", "203.0.113.7", *out]
    )
    assert done.exit_code == 0, done.output
    assert "สุรินทร์" in said((tmp_path / "out" / "letter-surin.docx").read_bytes())
    assert CliRunner().invoke(app, ["paper", "letter", "--unit", "surin", *out]).exit_code == 2
    wrong = CliRunner().invoke(app, ["paper", "letter", "--ip", "เลขไอพี", *out])
    assert (wrong.exit_code, wrong.output.count("\n")) == (2, 1)
    assert "ไม่ใช่หมายเลข IP" in wrong.output
