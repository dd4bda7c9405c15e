"""How the cells of the grid are marked: as verdicts are, a failed one by what it lacks."""

from __future__ import annotations

from checklist.verdict import Verdict
from results.group import Group
from results.wording import GROUPS
from web.marks import Mark, mark_of

_FAILED = {Group.MISSING: mark_of(Verdict.FAIL).sign, Group.OUTDATED: "↻"}


def _mark(group: Group) -> Mark:
    known = mark_of(group.value)
    if group in _FAILED:
        return Mark(_FAILED[group], GROUPS[group.value], group.value)
    return Mark(known.sign, GROUPS[group.value], known.style)


MARKS: dict[Group, Mark] = {group: _mark(group) for group in Group}
"""Sign, word and style of each group."""
