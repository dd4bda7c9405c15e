"""Verdicts in a cell: their symbol with their word, and the tone that both repeat. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.verdict import ElementState
from results.formats.page import STATE_GROUPS, SYMBOLS

if TYPE_CHECKING:
    from results.group import Group


def marked(group: Group, words: str) -> str:
    """`✕ ขาดข้อมูล`: a verdict's words with its symbol."""
    return f"{SYMBOLS[group.value]} {words}"


def state_tone(state: ElementState | None, *, required: bool) -> str:
    """The tone of an element's state; what an item may lack is never shown as a gap."""
    if state is None or (not required and state is not ElementState.PRESENT):
        return "unchecked"
    return STATE_GROUPS[state.value]


def marked_state(state: ElementState | None, words: str, *, required: bool) -> str:
    """`✓ พบแล้ว`: an element's state with its symbol."""
    return f"{SYMBOLS[state_tone(state, required=required)]} {words}" if words else ""
