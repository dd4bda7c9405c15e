"""What a careful assessor may say of each item of a drawn unit, from how it was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.country.drawing import Answering, Drawn, State, drawn
from demo.plan import ALL_ITEMS

Accepted = frozenset[str]
_PASS = frozenset({"pass"})
_READ_OR_SHOWN = frozenset({"pass", "review"})
_FAIL = frozenset({"fail"})
_UNSEEN = frozenset({"error"})
_NOT_PASS = frozenset({"fail", "review", "error"})
_OF_STATE = {
    State.WHOLE: _PASS,
    State.OLD: _FAIL,
    State.UNDER_WORK: _FAIL,
    State.MISSING: _FAIL,
    State.BROKEN: _UNSEEN,
    State.LOGIN: _FAIL,
}


@dataclass
class Tested:
    """Verdicts beside the truth: how many agree, each that passes falsely, others by what was said.

    `unlike` counts by `expected -> said`.
    """

    agreed: int = 0
    false_passes: list[str] = field(default_factory=list)
    unlike: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    @property
    def verdicts(self) -> int:
        """All that were looked at."""
        return self.agreed + len(self.false_passes) + sum(self.unlike.values())


def accepted(unit: Drawn, item: str) -> Accepted:
    """The verdicts on the item that are true; more than one where reading decides."""
    if unit.answering not in (Answering.UP, Answering.SLOW):
        return _UNSEEN
    state = unit.states.get(item)
    if state is State.WHOLE:
        found = _READ_OR_SHOWN if item in unit.scanned else _PASS
    elif not unit.given:
        return _NOT_PASS
    else:
        found = _FAIL if state is None else _OF_STATE[state]
    # A host that takes seconds an answer may use up the unit's time: then nothing is claimed.
    return found | _UNSEEN if unit.answering is Answering.SLOW else found


def tested(answers: Mapping[str, Mapping[str, str]], seed: int, items: tuple[str, ...]) -> Tested:
    """Hold a scan's verdicts (by unit id and item) against the truth; a missing one is `none`."""
    found = Tested()
    for unit_id, said in answers.items():
        unit = drawn(int(unit_id.rpartition("-")[2]), seed)
        for item, answer, true in _beside(unit, said, items):
            if answer in true:
                found.agreed += 1
            elif answer == "pass":
                found.false_passes.append(f"{unit_id} {item}")
            else:
                change = f"{'/'.join(sorted(true))} -> {answer}"
                found.unlike[change] = found.unlike.get(change, 0) + 1
                if len(found.examples) < 40:
                    found.examples.append(f"{unit_id} {item} {unit.plan.layout}: {change}")
    return found


def _beside(
    unit: Drawn, said: Mapping[str, str], items: tuple[str, ...]
) -> Iterator[tuple[str, str, Accepted]]:
    for item in items or ALL_ITEMS:
        yield item, said.get(item, "none"), accepted(unit, item)
