"""The trend as lines of a drawing: where each scan stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from results.trend import TrendPoint

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 42, 14, 34
_ERA = 543
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """A scan in the drawing; `label` is its day in few letters, "" where there is no room."""

    x: float
    certain_y: float
    possible_y: float
    label: str
    finished: bool
    point: TrendPoint


@dataclass(frozen=True, slots=True)
class Drawing:
    """`line` and `band` are points of a polyline and a polygon; `scale` the heights and words."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    line: str
    band: str
    dots: tuple[Dot, ...]
    scale: tuple[tuple[float, str], ...]


def drawing(points: Sequence[TrendPoint], weight: float) -> Drawing | None:
    """The trend over the scans that can be compared; `None` for fewer than two."""
    known = [p for p in points if p.certain is not None and p.possible is not None]
    if len(known) < 2 or not weight:
        return None
    step = (WIDTH - _LEFT - _RIGHT) / (len(known) - 1)
    dots = []
    for place, point in enumerate(known):
        assert point.certain is not None
        assert point.possible is not None
        every = 1 if len(known) <= 7 else 2
        last = len(known) - 1
        labelled = (last - place) % every == 0
        dots.append(
            Dot(
                x=round(_LEFT + place * step, 1),
                certain_y=_y(point.certain, weight),
                possible_y=_y(point.possible, weight),
                label=f"{point.day.day}/{point.day.month}/{(point.day.year + _ERA) % 100:02}"
                if labelled
                else "",
                finished=point.finished,
                point=point,
            )
        )
    upper = [f"{dot.x},{dot.possible_y}" for dot in dots]
    lower = [f"{dot.x},{dot.certain_y}" for dot in dots]
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        bottom=HEIGHT - _BOTTOM,
        line=" ".join(lower),
        band=" ".join([*upper, *reversed(lower)]),
        dots=tuple(dots),
        scale=tuple(
            (_y(weight * n / _STEPS, weight), f"{weight * n / _STEPS:g}") for n in range(_STEPS + 1)
        ),
    )


def _y(value: float, weight: float) -> float:
    return round(HEIGHT - _BOTTOM - value / weight * (HEIGHT - _TOP - _BOTTOM), 1)
