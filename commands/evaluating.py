"""`oit eval`: precision and recall of the judge on labelled cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.table import Table

import sweep
from checklist.evidence import Document
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ElementState, ItemVerdict
from commands import options
from commands.language import out, refuse, refusing, words
from crawler.ocr import OcrSettings

Expected = Literal["pass", "fail", "review", "error"]


class Case(BaseModel):
    """One labelled case: a line of the cases file."""

    model_config = ConfigDict(extra="forbid")

    source: str
    item: str
    checklist: str = str(options.LATEST_YEAR)
    as_of: str = ""
    unit_type: UnitType | None = None
    unit_name: str = ""
    expect: Expected
    elements: dict[str, ElementState] = Field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A case and what the judge said."""

    case: Case
    verdict: ItemVerdict

    @property
    def got(self) -> str:
        """The judge's verdict as text."""
        return self.verdict.verdict.value


def evaluate(
    cases: Annotated[Path, typer.Argument(metavar="CASES", help="ไฟล์ .jsonl บรรทัดละหนึ่งกรณี")],
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    ocr: options.OcrOption = True,
    allow_network: options.NetworkOption = None,
) -> None:
    """วัดความแม่นของการตัดสินกับกรณีที่มีคนเฉลยไว้

    ตัวอย่าง: oit eval cases.jsonl --json
    """
    reading = options.ocr_settings(ocr)
    outcomes = [_run(case, cases.parent, allow_network, reading) for case in _read(cases)]
    figures = summary(outcomes)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        _show(figures)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts, precision, recall, F1, false-pass rate and review rate, in all and by item."""
    by_item: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_item.setdefault(outcome.case.item, []).append(outcome)
    return {
        **_figures(outcomes),
        "elements": _element_figures(outcomes),
        "reasons": _reason_figures(outcomes),
        "by_item": {
            item: _figures(found)
            for item, found in sorted(by_item.items(), key=lambda pair: int(pair[0][1:]))
        },
        "cases": [
            {
                "source": o.case.source,
                "item": o.case.item,
                "expect": o.case.expect,
                "got": o.got,
                "kind": o.verdict.kind.value,
                "reasons": list(o.verdict.reasons),
            }
            for o in outcomes
        ],
    }


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    counts = Counter((o.case.expect, o.got) for o in outcomes)
    passes = sum(n for (_, got), n in counts.items() if got == "pass")
    should = sum(n for (expect, _), n in counts.items() if expect == "pass")
    right = counts["pass", "pass"]
    precision = right / passes if passes else None
    recall = right / should if should else None
    f1 = 2 * precision * recall / (precision + recall) if precision and recall else None
    not_pass = len(outcomes) - should
    return {
        "count": len(outcomes),
        "correct": sum(n for (expect, got), n in counts.items() if expect == got),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "false_pass": passes - right,
        "false_pass_rate": (passes - right) / not_pass if not_pass else None,
        "review_rate": sum(o.got == "review" for o in outcomes) / max(len(outcomes), 1),
        "confusion": {f"{expect}->{got}": n for (expect, got), n in sorted(counts.items())},
    }


def _element_figures(outcomes: Sequence[Outcome]) -> dict[str, int]:
    total = right = 0
    for outcome in outcomes:
        states = {element.id: element.state for element in outcome.verdict.elements}
        for element_id, state in outcome.case.elements.items():
            total += 1
            right += states.get(element_id) is state
    return {"count": total, "correct": right}


def _reason_figures(outcomes: Sequence[Outcome]) -> dict[str, int]:
    labelled = [o for o in outcomes if o.case.reason]
    right = sum(o.case.reason in o.verdict.reasons for o in labelled)
    return {"count": len(labelled), "correct": right}


def _read(path: Path) -> Iterator[Case]:
    if not path.is_file():
        refuse(f"ไม่พบไฟล์กรณี «{path}»", f"no such cases file: «{path}»")
    with refusing(OSError, UnicodeDecodeError):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        refuse(f"{path}: ไม่มีกรณีให้วัด", f"{path}: no cases")
    for number, line in numbered:
        try:
            yield Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"])) or "JSON"
            refuse(
                f"{path} บรรทัด {number}: {key}: {first['msg']}",
                f"{path} line {number}: {key}: {first['msg']}",
            )


def _run(case: Case, folder: Path, networks: list[str] | None, ocr: OcrSettings | None) -> Outcome:
    checklist = options.checklist_of(_year(case))
    (item,) = options.items_of(checklist, case.item)
    unit = UnitProfile("case", case.unit_name, case.unit_type)
    context = sweep.context_for(checklist, options.as_of_day(case.as_of, checklist), unit)
    if case.source.startswith(("http://", "https://")):
        settings = options.crawl_settings(networks)
        result = sweep.check_url(case.source, [item], context, settings, unit, ocr=ocr)
        return Outcome(case, result.verdicts[0])
    with refusing(sweep.SourceError):
        documents = _documents(folder / case.source)
    result = sweep.check_documents(documents, [item], context, ocr)
    return Outcome(case, result.verdicts[0])


def _year(case: Case) -> int:
    if not case.checklist.isdigit():
        refuse(f"ไม่รู้จักรายการตรวจ «{case.checklist}»", f"unknown checklist «{case.checklist}»")
    return int(case.checklist)


@lru_cache(maxsize=64)
def _documents(path: Path) -> tuple[Document, ...]:
    return sweep.read_source(path)


def _show(figures: Mapping[str, Any]) -> None:
    table = Table(box=None)
    for column in ("item", "n", "correct", "precision", "recall", "F1", "false pass", "review"):
        table.add_column(column)
    for name, row in (*figures["by_item"].items(), (words("รวม", "all"), figures)):
        table.add_row(
            name, str(row["count"]), str(row["correct"]),
            _rate(row["precision"]), _rate(row["recall"]), _rate(row["f1"]),
            str(row["false_pass"]), _rate(row["review_rate"]),
        )  # fmt: skip
    out.print(table)


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
