"""One thing has one name wherever people read of it: reports, dashboard, commands, papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklist.verdict import Verdict
from commands.wording import VERDICTS as COMMANDS
from results.decisions import KINDS
from results.waivers import WaiverKind
from results.wording import GROUPS, VERDICTS
from web.reviewing.asking import LISTS

ROOT = Path(__file__).parent.parent
KINDS_OF_FILES = ("py", "html", "j2", "md", "po", "js")
READ = ("docs", "web", "results", "commands", "notices", "accounts", "scheduling")
OLD = {
    "ให้คนดู": VERDICTS[Verdict.REVIEW],
    "ผ่านโดยเจ้าหน้าที่พิจารณา": VERDICTS[Verdict.VOUCHED],
    "เลิกทำ": "ถอนคืน",
    "ถอนผลการพิจารณา": "ถอนคืนผลการพิจารณา",
    "ยกเลิกการตัดสิน": "ถอนคืนการตัดสิน",
}


def test_a_question_and_a_persons_pass_are_called_alike() -> None:
    assert VERDICTS[Verdict.REVIEW] == GROUPS["review"] == COMMANDS[Verdict.REVIEW][0]
    assert LISTS[Verdict.REVIEW] == VERDICTS[Verdict.REVIEW] == "ต้องให้เจ้าหน้าที่ตรวจ"
    assert VERDICTS[Verdict.VOUCHED] == GROUPS["vouched"] == COMMANDS[Verdict.VOUCHED][0]
    assert KINDS[WaiverKind.VOUCHED] == VERDICTS[Verdict.VOUCHED]


def read_by_people() -> dict[str, str]:
    """The files whose words people come to read, by their names."""
    files = [ROOT / "README.md"]
    for folder in READ:
        files += [one for one in (ROOT / folder).rglob("*") if one.suffix[1:] in KINDS_OF_FILES]
    return {str(one.relative_to(ROOT)): one.read_text(encoding="utf-8") for one in files}


@pytest.mark.parametrize("old", OLD)
def test_no_page_or_paper_uses_another_word(old: str) -> None:
    found = [name for name, text in read_by_people().items() if old in text]
    assert found == [], f"{old}: write {OLD[old]}"
