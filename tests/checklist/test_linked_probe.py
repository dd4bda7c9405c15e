"""Linked: a list whose entries open what they name."""

from __future__ import annotations

import pytest

from checklist.probes.linked import LinkedProbe
from checklist.verdict import ElementState
from tests.checklist.pages import CONTEXT, page

PROBE = LinkedProbe(kind="linked", all=(("พระราชบัญญัติ", "พ.ร.บ."), ("พ.ศ.",)), count=2)
ONE = '<li><a href="/1.pdf">พระราชบัญญัติเทศบาล พ.ศ. 2496</a></li>'
TWO = '<li><a href="/2.pdf">พ.ร.บ.ควบคุมอาคาร พ.ศ. 2522</a></li>'
ROW = '<table><tr><td>พ.ร.บ.ตลาด พ.ศ. 2550</td><td><a href="/3.pdf">ดาวน์โหลด</a></td></tr></table>'


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (ONE + TWO, "present"),
        (ONE + ROW, "present"),
        (ONE, "unsure"),
        (ONE + ONE, "unsure"),
        ("<p>พระราชบัญญัติเทศบาล พ.ศ. 2496</p>", "absent"),
        ('<a href="#">พระราชบัญญัติเทศบาล พ.ศ. 2496</a>', "absent"),
        (f"<nav>{ONE}{TWO}</nav>", "absent"),
        ('<a href="/a">กฎหมาย</a><a href="/b">แผน พ.ศ. 2566</a>', "absent"),
    ],
)
def test_what_counts(body: str, state: str) -> None:
    assert PROBE.look([page(body)], CONTEXT).state is ElementState(state)
