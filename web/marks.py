"""How a verdict is shown: a sign, a word and a colour, so that none of them stands alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.verdict import Verdict
from results.wording import VERDICTS

_SIGNS = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✗",
    Verdict.REVIEW: "?",
    Verdict.ERROR: "!",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.WAIVED: "◇",
    Verdict.VOUCHED: "☑",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict's sign, Thai word, and the class of its colours."""

    sign: str
    word: str
    style: str


_NONE = Mark("·", "ไม่ได้ตรวจ", "none")
MARKS: dict[Verdict, Mark] = {
    verdict: Mark(sign, VERDICTS[verdict], verdict.value.replace("_", "-"))
    for verdict, sign in _SIGNS.items()
}


def mark_of(verdict: Verdict | str | None) -> Mark:
    """The mark of a verdict; of none, or one that is not known, that nothing was checked."""
    try:
        return MARKS[Verdict(verdict)] if verdict else _NONE
    except ValueError:
        return _NONE
