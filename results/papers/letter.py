"""The look that the memo and the monthly report share: an office's letter with ruled lists."""

from __future__ import annotations

from results.word.styles import Look
from results.word.tables import TableLook
from results.word.text import CENTRE

LOOK = Look(
    headings={"Heading 1": 18, "Heading 2": 17, "Heading 3": 16},
    heading_before=10,
    heading_after=0,
    body_after=0,
    table=13,
    table_after=0,
)
RULED = TableLook(fill="E7ECF2", head=CENTRE, tight=True)
