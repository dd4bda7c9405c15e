"""Every item is held to cases: `<checklist>/<item>/{pass,fail,review}/` and one `expected.yaml`.

`expected.yaml` maps a case, a file or a folder of files seen together, to what the judge must
answer: `verdict`, and where it matters `reason`, `kind` and `elements` (element id to state).
The rest sets the scene: `unit_name`, `unit_type`, `as_of` (default: the last day of the entry
window), `link_text` that led to the document, `file_name` it was published under. Without
`file_name` a file's own name says nothing, and addresses hold no year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checklist.evidence import Document, Origin, Trail
from checklist.fiscal import FiscalYear
from checklist.judge import judge
from checklist.loader import SHIPPED, load_item
from checklist.probes.base import Context
from checklist.profile import UnitProfile, UnitType
from checklist.yaml_source import plain, read_yaml
from crawler.extract import read_file

if TYPE_CHECKING:
    from checklist.schema import Item

CASES = Path(__file__).parent
KEYS = frozenset(
    {
        "verdict",
        "reason",
        "kind",
        "elements",
        "unit_name",
        "unit_type",
        "as_of",
        "link_text",
        "file_name",
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case's checklist and item, its files in order, and what is expected of the judge."""

    key: str
    item: str
    name: str
    expected: dict[str, Any]

    @property
    def year(self) -> int:
        return int(self.key.rpartition("-")[2])

    @property
    def folder(self) -> Path:
        return CASES / self.key / self.item

    @property
    def files(self) -> list[Path]:
        path = self.folder / self.name
        return sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]


def expectations(path: Path) -> dict[str, dict[str, Any]]:
    """What one expected.yaml says; an unreadable file is named."""
    try:
        return dict(plain(read_yaml(path).data))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def all_cases() -> Iterator[Case]:
    """The cases of every expected.yaml, by checklist and item."""
    found = CASES.glob("*/[A-Z]*/expected.yaml")
    for path in sorted(found, key=lambda p: (p.parts[-3], int(p.parts[-2][1:]))):
        for name, expected in expectations(path).items():
            yield Case(path.parts[-3], path.parts[-2], name, expected)


@cache
def item_of(key: str, item_id: str) -> Item:
    """The shipped item, read alone so that a half-written year can be tried."""
    return load_item(SHIPPED / key / f"{item_id}.yaml")


@cache
def names_of(key: str) -> tuple[str, ...]:
    """The titles of the checklist's items."""
    paths = (SHIPPED / key).glob("[A-Z]*.yaml")
    return tuple(item_of(key, path.stem).title for path in paths)


def documents_of(case: Case) -> list[Document]:
    """The case's files as documents at neutral addresses."""
    documents = []
    for number, path in enumerate(case.files, 1):
        trail = Trail(origin=Origin.GIVEN, link_text=case.expected.get("link_text", ""))
        document = read_file(path, trail, page_url=f"https://www.unit.go.th/page/{number}")
        fetch = replace(document.fetch, url=document.fetch.final_url)
        file_name = case.expected.get("file_name", "")
        documents.append(replace(document, fetch=fetch, file_name=file_name))
    return documents


def context_of(case: Case) -> Context:
    """The day and the unit under which the case is judged."""
    expected = case.expected
    unit_type = expected.get("unit_type")
    unit = None
    if unit_type or "unit_name" in expected:
        kind = UnitType(unit_type) if unit_type else None
        unit = UnitProfile("case", expected.get("unit_name", ""), kind)
    as_of = expected.get("as_of") or date(case.year - 543, 4, 30)
    return Context(FiscalYear(case.year), as_of, unit, names_of(case.key))


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c.key}-{c.item}-{c.name}") for c in all_cases()]
)
def test_case(case: Case) -> None:
    unknown = set(case.expected) - KEYS
    assert not unknown, f"unknown keys in expected.yaml: {sorted(unknown)}"
    answer = judge(item_of(case.key, case.item), documents_of(case), context_of(case))
    seen = "\n".join(f"{e.id} {e.state.value} {e.reason or ''} {e.detail}" for e in answer.elements)
    told = f"{answer.verdict.value} {answer.kind.value} {answer.reasons} {answer.question}\n{seen}"
    assert answer.verdict.value == case.expected["verdict"], told
    if "reason" in case.expected:
        assert case.expected["reason"] in answer.reasons, told
    if "kind" in case.expected:
        assert answer.kind.value == case.expected["kind"], told
    states = {e.id: e.state.value for e in answer.elements}
    for element, state in case.expected.get("elements", {}).items():
        assert states.get(element) == state, told
    if answer.verdict.value == "pass":
        silent = [e.id for e in answer.elements if e.required and not e.quotes]
        assert not silent, f"passes without a quote: {silent}"


def first_passing_cases() -> list[Case]:
    """One good document for every item of every year."""
    first: dict[tuple[str, str], Case] = {}
    for case in all_cases():
        if case.expected["verdict"] == "pass":
            first.setdefault((case.key, case.item), case)
    return list(first.values())


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c.key}-{c.item}") for c in first_passing_cases()]
)
def test_a_good_document_passes_no_other_item(case: Case) -> None:
    documents, context = documents_of(case), context_of(case)
    others = [p.stem for p in (SHIPPED / case.key).glob("[A-Z]*.yaml") if p.stem != case.item]
    answers = {other: judge(item_of(case.key, other), documents, context) for other in others}
    assert [other for other, answer in answers.items() if answer.verdict.value == "pass"] == []


def test_verdict_matches_folder() -> None:
    astray = [
        f"{c.key} {c.item} {c.name}"
        for c in all_cases()
        if c.name.split("/")[0] != c.expected["verdict"]
    ]
    assert not astray


def test_every_case_file_is_expected() -> None:
    expected = {path for case in all_cases() for path in case.files}
    present = {
        path
        for verdict in ("pass", "fail", "review")
        for path in CASES.glob(f"*/[A-Z]*/{verdict}/**/*")
        if path.is_file()
    }
    assert present == expected
