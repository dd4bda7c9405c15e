"""How cells look: one font, and colours whose meaning a symbol and a word always repeat.

The font is Tahoma: every Windows and every Office for Mac has it with Thai letters, so that no
sheet is laid out anew by a substitute. TH SarabunPSK is on most, not all, of the offices'
machines, and its 16 points become twice as large in any other font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklist.verdict import ElementState
from results.formats.page import STATE_GROUPS, SYMBOLS
from results.itas import Answer

if TYPE_CHECKING:
    from results.group import Group

FONT_SIZE = 10
FONT = {"font_name": "Tahoma", "font_size": FONT_SIZE}
ACCENT = "#1F3F66"
INK = "#1F2933"
MUTED = "#4B5865"
LINE = "#B8C4CF"
SOFT = "#EEF1F4"
LINK = "#12508C"


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of a verdict: dark letters on a light ground."""

    ink: str
    ground: str


TONES = {
    "pass": Tone("#17573A", "#E2F2E9"),
    "missing": Tone("#9B1C1C", "#FBE6E6"),
    "outdated": Tone("#7C4403", "#FCEFD9"),
    "review": Tone("#1D4C86", "#E2EDFA"),
    "error": Tone("#45455F", "#E9E9F1"),
    "not_applicable": Tone(MUTED, SOFT),
    "waived": Tone(MUTED, SOFT),
    "unchecked": Tone(MUTED, "#FFFFFF"),
    "loud": Tone("#FFFFFF", "#9B1C1C"),
}
"""The colours of the web page's verdicts; `loud` is what must not be overlooked."""
ANSWER_TONES = {Answer.YES: "pass", Answer.NO: "missing", Answer.LOOK: "review"}


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
