"""`oit eval`: precision and recall of the judge on labelled cases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from rich.table import Table

import sweep
from checklist.evidence import Document
from checklist.loader import available
from checklist.profile import UnitProfile, UnitType
from checklist.verdict import ElementState, ItemVerdict
from commands import options
from commands.language import Lang, out, refuse, refusing, words
from commands.screen import show_json
from crawler.ocr import OcrSettings
from units.problems import SHOWN

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WEB = ("http://", "https://")
Expected = Literal["pass", "fail", "review", "error"]


class Case(BaseModel):
    """One labelled case: a line of the cases file.

    A key that is nearly one of these is a slip and refused; others are the labeller's notes.
    """

    model_config = ConfigDict(extra="forbid")

    source: str
    item: str
    checklist: Annotated[str, Field(coerce_numbers_to_str=True)] = options.LATEST
    as_of: str = ""
    unit_type: UnitType | None = None
    unit_name: str = ""
    expect: Expected
    elements: dict[str, ElementState] = Field(default_factory=dict)
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _leave_notes(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = cls.model_fields.keys()
        slips = {k for k in value.keys() - known if get_close_matches(str(k), known, cutoff=0.75)}
        return {k: found for k, found in value.items() if k in known or k in slips}


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
    cases: Annotated[
        list[Path], typer.Argument(metavar="CASES...", help="ไฟล์ .jsonl บรรทัดละหนึ่งกรณี (หลายไฟล์ได้)")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="พิมพ์ JSON ออก stdout เท่านั้น")] = False,
    ocr: options.OcrOption = True,
    allow_network: options.NetworkOption = None,
) -> None:
    """วัดความแม่นของการตัดสินกับกรณีที่มีคนเฉลยไว้

    ตัวอย่าง: oit eval cases.jsonl --json
    ตัวอย่าง: oit eval ชุดแรก.jsonl ชุดสอง.jsonl
    """
    reading = options.ocr_settings(ocr)
    labelled = [(case, path.parent) for path in cases for case in _read(path)]
    outcomes = [_run(case, folder, allow_network, reading) for case, folder in labelled]
    figures = summary(outcomes)
    if as_json:
        show_json(json.dumps(figures, ensure_ascii=False, indent=2))
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
            for item, found in sorted(
                by_item.items(), key=lambda pair: (pair[0][0] != "O", pair[0][0], int(pair[0][1:]))
            )
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


def _read(path: Path) -> list[Case]:
    if not path.is_file():
        refuse(f"ไม่พบไฟล์กรณี «{path}»", f"no such cases file: «{path}»")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        refuse(f"{path}: ไม่ใช่ UTF-8 ให้บันทึกใหม่เป็น UTF-8", f"{path}: not UTF-8; save it as UTF-8")
    except OSError:
        refuse(f"เปิดไฟล์ «{path}» ไม่ได้ ตรวจสิทธิ์การอ่าน", f"cannot open «{path}»; check its rights")
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        refuse(f"{path}: ไม่มีกรณีให้วัด", f"{path}: no cases")
    cases: list[Case] = []
    faults: list[tuple[int, str, str]] = []
    for number, line in numbered:
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            faults.append((number, _faults_of(error, Lang.TH), _faults_of(error, Lang.EN)))
            continue
        cases.append(case)
        if wrong := _unusable(case, path.parent):
            faults.append((number, *wrong))
    if faults:
        _refuse_lines(path, faults)
    return cases


def _unusable(case: Case, folder: Path) -> tuple[str, str] | None:
    """Why a well-formed case cannot be run, in Thai and English; None: it can."""
    if options.key_of(case.checklist) not in available():
        near = options.nearest(case.checklist)
        return (
            f"ไม่รู้จักรายการตรวจ «{case.checklist}» ใกล้ที่สุดคือ {near}",
            f"unknown checklist «{case.checklist}»; nearest: {near}",
        )
    if case.item not in {item.id for item in options.checklist_of(case.checklist).items}:
        return f"ไม่มีข้อ «{case.item}»", f"there is no item «{case.item}»"
    if not case.source.startswith(_WEB) and not (folder / case.source).exists():
        return f"ไม่พบไฟล์ «{case.source}»", f"no such file: «{case.source}»"
    return None


def _refuse_lines(path: Path, faults: Sequence[tuple[int, str, str]]) -> NoReturn:
    """One line for a single fault; otherwise a heading and a line for each of the first 20."""
    th = [f"บรรทัด {number}: {fault}" for number, fault, _ in faults]
    en = [f"line {number}: {fault}" for number, _, fault in faults]
    if len(faults) == 1:
        refuse(f"{path} {th[0]}", f"{path} {en[0]}")
    more = len(faults) - SHOWN
    th = [f"{path}: ใช้ไม่ได้ {len(th)} บรรทัด จึงยังไม่ได้วัด", *(f"  - {one}" for one in th[:SHOWN])]
    en = [f"{path}: {len(en)} bad lines; nothing was run", *(f"  - {one}" for one in en[:SHOWN])]
    if more > 0:
        th.append(f"... และอีก {more} บรรทัด")
        en.append(f"... and {more} more")
    refuse("\n".join(th), "\n".join(en))


def _faults_of(error: ValidationError, lang: Lang) -> str:
    return "; ".join(_fault(found, lang) for found in error.errors())


def _fault(found: ErrorDetails, lang: Lang) -> str:
    key, kind = ".".join(map(str, found["loc"])), found["type"]
    if kind == "json_invalid":
        th, en = "ไม่ใช่ JSON ที่อ่านได้ ตรวจวงเล็บปีกกาและเครื่องหมายคำพูด", "not readable as JSON"
    elif not key:
        th, en = "ต้องเป็นวัตถุ JSON ในวงเล็บปีกกา", "must be a JSON object"
    elif kind == "missing":
        th, en = f"ขาดคีย์ {key}", f"the key {key} is missing"
    elif kind == "extra_forbidden":
        near = get_close_matches(key, Case.model_fields, n=1)
        th = f"ไม่รู้จักคีย์ {key}" + (f" หมายถึง {near[0]} หรือไม่" if near else "")
        en = f"unknown key {key}" + (f"; did you mean {near[0]}?" if near else "")
    elif kind in ("literal_error", "enum"):
        allowed = found["ctx"]["expected"].replace("'", "")
        th, en = (
            f"ค่าของ {key} ต้องเป็น {allowed.replace(' or ', ' หรือ ')}",
            f"{key} must be {allowed}",
        )
    else:
        th, en = f"ค่าของ {key} ผิดชนิด", f"{key}: {found['msg']}"
    return th if lang is Lang.TH else en


def _run(case: Case, folder: Path, networks: list[str] | None, ocr: OcrSettings | None) -> Outcome:
    checklist = options.checklist_of(case.checklist)
    (item,) = options.items_of(checklist, case.item)
    unit = UnitProfile("case", case.unit_name, case.unit_type)
    context = sweep.context_for(checklist, options.as_of_day(case.as_of, checklist), unit)
    if case.source.startswith(_WEB):
        settings = options.crawl_settings(networks)
        result = sweep.check_url(case.source, [item], context, settings, unit, ocr=ocr)
        return Outcome(case, result.verdicts[0])
    with refusing(sweep.SourceError):
        documents = _documents(folder / case.source)
    result = sweep.check_documents(documents, [item], context, ocr)
    return Outcome(case, result.verdicts[0])


@lru_cache(maxsize=64)
def _documents(path: Path) -> tuple[Document, ...]:
    return sweep.read_source(path)


_COLUMNS = (
    ("ข้อ", "item"),
    ("จำนวน", "n"),
    ("ถูก", "correct"),
    ("ความแม่นยำ", "precision"),
    ("ความครบถ้วน", "recall"),
    ("F1", "F1"),
    ("ผ่านผิด", "false pass"),
    ("ต้องให้เจ้าหน้าที่ตรวจ", "review"),
)


def _show(figures: Mapping[str, Any]) -> None:
    table = Table(box=None)
    for th, en in _COLUMNS:
        table.add_column(words(th, en))
    for name, row in (*figures["by_item"].items(), (words("รวม", "all"), figures)):
        table.add_row(
            name, str(row["count"]), str(row["correct"]),
            _rate(row["precision"]), _rate(row["recall"]), _rate(row["f1"]),
            str(row["false_pass"]), _rate(row["review_rate"]),
        )  # fmt: skip
    out.print(table)


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
