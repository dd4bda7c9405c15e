"""The items that a unit can give addresses for, and how they are named in words and ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from checklist.loader import shipped_item_ids
from checklist.schema import OIT
from checklist.thai import to_arabic_digits
from units.addresses import AddressError

ITEM_IDS = shipped_item_ids()
"""The items that a unit can give addresses for: O1 to O43, then those of other checklists."""

_BY_LETTER = {item[0]: item for item in ITEM_IDS}
ITEMS_TH = " และ ".join(f"{letter}1 ถึง {last}" for letter, last in _BY_LETTER.items())
ITEMS_EN = " and ".join(f"{letter}1 to {last}" for letter, last in _BY_LETTER.items())
ITEMS_ELSEWHERE = " และ ".join(
    f"{letter}1 - {last}" for letter, last in _BY_LETTER.items() if letter != OIT
)
"""The items that there are, in words; the last only those of other checklists than the OIT."""

_RANGE = re.compile(r"([A-Z])(\d{1,2})(?:\s*-\s*([A-Z])?(\d{1,2}))?", re.IGNORECASE)


def known_item(item: str) -> str:
    """`item` when some shipped checklist has it; raises `AddressError`."""
    if item not in ITEM_IDS:
        raise AddressError(
            f"ไม่มีข้อ “{item}” ใช้ได้ตั้งแต่ {ITEMS_TH}",
            f'there is no item "{item}"; items are {ITEMS_EN}',
        )
    return item


KnownItem = Annotated[str, AfterValidator(known_item)]


def items_named(text: str) -> tuple[str, ...]:
    """The items that `O1, O5-O9` names, in the checklist's order; raises `AddressError`."""
    found: set[str] = set()
    for part in re.split(r"[,\s]+(?!-)", to_arabic_digits(text).strip(", ")):
        if not part:
            continue
        match = _RANGE.fullmatch(part)
        if match is None:
            raise AddressError(
                f"อ่านข้อ “{part[:40]}” ไม่ได้ เขียนเช่น O1, O5-O9",
                f'cannot read the items "{part[:40]}"; write O1, O5-O9',
            )
        letter, first, last = match[1].upper(), int(match[2]), int(match[4] or match[2])
        found |= {known_item(f"{letter}{number}") for number in range(first, last + 1)}
    return tuple(item for item in ITEM_IDS if item in found)


def items_text(items: Iterable[str]) -> str:
    """The items as `items_named` reads them, runs of three and more shortened: `O1, O5-O9`."""
    wanted = set(items)
    runs: list[list[str]] = []
    for place, item in enumerate(ITEM_IDS):
        if item not in wanted:
            continue
        before = ITEM_IDS[place - 1] if place else ""
        if runs and runs[-1][-1] == before and before[0] == item[0]:
            runs[-1].append(item)
        else:
            runs.append([item])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
