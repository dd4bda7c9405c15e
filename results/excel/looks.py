"""How cells look: one font, and colours whose meaning a symbol and a word always repeat.

The font is Tahoma: every Windows and every Office for Mac has it with Thai letters, so that no
sheet is laid out anew by a substitute. TH SarabunPSK is on most, not all, of the offices'
machines, and its 16 points become twice as large in any other font.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Look = Mapping[str, object]
"""Properties of a cell's format, as XlsxWriter names them."""
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
    """The colours of a verdict: letters and their ground."""

    ink: str
    ground: str


SIGNS = {
    "pass": Tone("#17573A", "#E2F2E9"),
    "missing": Tone("#FFFFFF", "#9B1C1C"),
    "outdated": Tone("#3B2000", "#F3B95F"),
    "review": Tone("#12305A", "#BFD7F2"),
    "error": Tone("#FFFFFF", "#5B5B78"),
    "not_applicable": Tone(MUTED, "#FFFFFF"),
    "waived": Tone(MUTED, "#FFFFFF"),
    "vouched": Tone("#17573A", "#FFFFFF"),
    "unchecked": Tone(MUTED, "#FFFFFF"),
}
"""The colours of a verdict's symbol alone: light, middle and dark stay apart in grey."""
TONES = {
    "pass": Tone("#17573A", "#E2F2E9"),
    "missing": Tone("#9B1C1C", "#FBE6E6"),
    "outdated": Tone("#7C4403", "#FCEFD9"),
    "review": Tone("#1D4C86", "#E2EDFA"),
    "error": Tone("#45455F", "#E9E9F1"),
    "not_applicable": Tone(MUTED, SOFT),
    "waived": Tone(MUTED, SOFT),
    "vouched": Tone("#17573A", SOFT),
    "unchecked": Tone(MUTED, "#FFFFFF"),
    "loud": Tone("#FFFFFF", "#9B1C1C"),
    **{f"sign-{group}": tone for group, tone in SIGNS.items()},
}
"""The colours of the web page's verdicts; `loud` is what must not be overlooked."""
COUNT, POINTS, SIGNED = "#,##0", "#,##0.00", "+#,##0.00;-#,##0.00;0.00"
"""Shapes of numbers."""
HEADING: Look = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": ACCENT,
    "border": 1,
    "border_color": LINE,
    "valign": "vcenter",
    "align": "center",
}
GRID: Look = {"border": 1, "border_color": LINE}
