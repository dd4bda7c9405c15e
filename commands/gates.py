"""Which verdicts let a command end with the exit code of gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Annotated

import typer

from checklist.verdict import Verdict
from commands.language import Exit, refuse

_NAMES = {
    "fail": frozenset({Verdict.FAIL}),
    "review": frozenset({Verdict.FAIL, Verdict.REVIEW}),
    "error": frozenset({Verdict.ERROR}),
    "none": frozenset[Verdict](),
}
FAIL_ON_HELP = (
    "รหัสจบ 1 เมื่อพบ: fail ไม่ผ่าน, review ไม่ผ่านหรือต้องให้เจ้าหน้าที่ตรวจ, error ตรวจไม่ได้, none ไม่นับ"
)
FailOnOption = Annotated[
    str, typer.Option("--fail-on", metavar="fail,review,error", help=FAIL_ON_HELP)
]


def gate(text: str) -> frozenset[Verdict]:
    """The verdicts that `fail,review,error` names; `review` counts what fails as well."""
    named = [part for part in re.split(r"[,\s]+", text.lower()) if part]
    for name in named:
        if name not in _NAMES:
            known = ", ".join(_NAMES)
            refuse(
                f"ค่าของ --fail-on «{name}» ใช้ไม่ได้ เลือกจาก {known} คั่นด้วยจุลภาค",
                f"--fail-on: «{name}» is not one of {known}",
            )
    return frozenset().union(*(_NAMES[name] for name in named))


def exit_code(verdicts: Iterable[Verdict], fail_on: Collection[Verdict]) -> int:
    """0 all pass, 1 gaps, 3 when half or more, or all that does not pass, could not be checked."""
    counts = Counter(verdicts)
    errors, total = counts[Verdict.ERROR], counts.total()
    if total and errors * 2 >= total:
        return Exit.TOO_LITTLE_CHECKED
    if sum(counts[verdict] for verdict in fail_on):
        return Exit.GAPS
    return Exit.TOO_LITTLE_CHECKED if errors else Exit.ALL_PASS
