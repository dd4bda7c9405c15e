"""What generated verdicts rest on: elements with their states, quotes, and documents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from bench.web.standing import reason_of
from checklist.verdict import ElementState
from results.board.matrix import ERROR, MISSING, OUTDATED, PASS, REVIEW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklist.schema import Checklist

Rows = dict[str, tuple[str, list[tuple[Any, ...]]]]
_STATES = {
    PASS: ElementState.PRESENT,
    MISSING: ElementState.ABSENT,
    OUTDATED: ElementState.OUTDATED,
    REVIEW: ElementState.UNSURE,
    ERROR: ElementState.ABSENT,
}
_ELEMENT = "id item_verdict_id position element text state required reason detail"
_QUOTE = (
    "element_verdict_id position url final_url status sha256 fetched_at page heading_path region "
    "source tier text"
)
_DOCUMENT = (
    "scan_unit_id position url final_url status problem problem_detail sha256 content_sha256 size "
    "fetched_at origin parent_url link_text title"
)
_PLAIN = 12
"""Documents of a unit that no item rests on."""


class Grounds:
    """Makes the rows for units of one checklist."""

    def __init__(self, checklist: Checklist) -> None:
        """Take the texts of the elements from `checklist`."""
        self._items = [
            (item.id, item.title, [(e.id, e.text, e.required) for e in item.elements])
            for item in checklist.items
        ]

    def of(
        self,
        cells: Sequence[Sequence[int]],
        at: tuple[int, int, int],
        mark: tuple[int, str, int],
    ) -> Rows:
        """The rows below some units' verdicts.

        `at` are the number of the first unit, of its row and of its first verdict's row; `mark`
        the number of the first element's row, the moment of fetching and the scan.
        """
        first, unit_row, item_row = at
        element_row, when, scan = mark
        elements: list[tuple[Any, ...]] = []
        quotes: list[tuple[Any, ...]] = []
        documents: list[tuple[Any, ...]] = []
        for offset, groups in enumerate(cells):
            unit = first + offset
            site = f"https://www.unit-{unit:05}.example.go.th"
            for place, group in enumerate(groups):
                item, title, parts = self._items[place]
                digest = hashlib.sha256(f"{unit} {item} {scan // 8}".encode()).hexdigest()
                url = f"{site}/{item}.pdf"
                for position, (element, text, required) in enumerate(parts):
                    state = _STATES[group] if position == 0 or group == ERROR else _STATES[PASS]
                    reason = reason_of(group, unit, place) if position == 0 else None
                    elements.append(
                        (element_row, item_row, position, element, text, state.value, required,
                         reason, "")
                    )  # fmt: skip
                    if state is not ElementState.ABSENT:
                        quotes.append(
                            (element_row, 0, url, url, 200, digest, when, 1 + position, "[]",
                             "main", "pdf", "exact", f"{title} {text} ประจำปีงบประมาณ พ.ศ. 2566")
                        )  # fmt: skip
                    element_row += 1
                problem = reason_of(group, unit, place) if group == ERROR else None
                documents.append(
                    (unit_row + offset, place, url, url, 0 if problem else 200, problem, "",
                     "" if problem else digest, "" if problem else digest, 180_000, when, "given",
                     "", "", title)
                )  # fmt: skip
                item_row += 1
            documents += self._plain(unit_row + offset, unit, site, when)
        return {
            "element_verdicts": (_ELEMENT, elements),
            "evidence": (_QUOTE, quotes),
            "documents": (_DOCUMENT, documents),
        }

    def _plain(self, row: int, unit: int, site: str, when: str) -> list[tuple[Any, ...]]:
        """Pages that were read and serve no item."""
        digest = hashlib.sha256(f"{unit}".encode()).hexdigest()
        return [
            (row, len(self._items) + n, f"{site}/news/{n}", f"{site}/news/{n}", 200, None, "",
             digest, digest, 60_000, when, "followed", site, "ข่าว", f"ข่าวที่ {n}")
            for n in range(_PLAIN)
        ]  # fmt: skip
