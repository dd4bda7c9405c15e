"""What the judge says of labelled cases, for the sets that hold it to account."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cli import app


@dataclass(frozen=True, slots=True)
class Answer:
    """What the judge said of a case; `case` is its file and item, `cases/O4/draft.txt O4`."""

    case: str
    expect: str
    got: str

    @property
    def false_pass(self) -> bool:
        """True when the judge passes what a careful assessor would not."""
        return self.got == "pass" and self.expect != "pass"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a set, in the order of its file, and what `oit eval` counts of them."""

    each: tuple[Answer, ...]
    figures: dict[str, Any]


def answers_to(cases: Path) -> Answers:
    """Every case of the file judged once by `oit eval`."""
    result = CliRunner().invoke(app, ["eval", str(cases), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    each = tuple(
        Answer(f"{case['source']} {case['item']}", case["expect"], case["got"])
        for case in figures["cases"]
    )
    return Answers(each, figures)
