"""How the units of a sweep are spread over the year's bands and over steps of 10 %. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from results.parts import Part
from results.speech import _

if TYPE_CHECKING:
    from results.head_parts import BandText

_WIDTH = 10


class BandCount(Part):
    """A band, from `at_least` up to `below` percent (`None`: to the top), and its units.

    `units` have passed enough already; `possible` would if all that is open passed.
    `confirmed` is false for a limit that no document proves.
    """

    name: str
    at_least: float
    below: float | None
    units: int
    possible: int
    confirmed: bool = True


class Step(Part):
    """The units whose certain score lies from `at_least` up to `below` percent."""

    at_least: int
    below: int
    units: int


class Distribution(Part):
    """The judged units by band (best first) and by steps of 10 % (lowest first; 100 in the last).

    `note` says what a band of the OIT alone is worth, nothing where there are no bands.
    """

    judged: int
    bands: tuple[BandCount, ...]
    steps: tuple[Step, ...]
    note: str


def spread_of(
    bands: Sequence[BandText], certain: Sequence[float], possible: Sequence[float]
) -> Distribution:
    """The spread of the judged units over `bands`, from their percents: certain, and possible."""
    return Distribution(
        judged=len(certain),
        bands=band_counts(bands, certain, possible),
        steps=steps(certain),
        note=_note(bands),
    )


def band_counts(
    bands: Sequence[BandText], certain: Sequence[float], possible: Sequence[float]
) -> tuple[BandCount, ...]:
    """The bands, best first, with the percents that lie in each.

    Where the lowest band begins above 0, a last line counts those below every band. Percents
    are compared as they are shown, with two decimals.
    """
    best_first = sorted(bands, key=lambda band: -band.at_least)
    limits = [(band.name, band.at_least, band.confirmed) for band in best_first]
    if best_first and best_first[-1].at_least > 0:
        limits.append((_("ต่ำกว่าทุกระดับ"), 0.0, True))
    counts = []
    top: float | None = None
    for name, low, confirmed in limits:
        counts.append(
            BandCount(
                name=name,
                at_least=low,
                below=top,
                units=_between(certain, low, top),
                possible=_between(possible, low, top),
                confirmed=confirmed,
            )
        )
        top = low
    return tuple(counts)


def steps(percents: Sequence[float]) -> tuple[Step, ...]:
    """Ten steps of 10 %, lowest first; 100 itself lies in the last."""
    return tuple(
        Step(
            at_least=low,
            below=low + _WIDTH,
            units=_between(percents, low, low + _WIDTH if low + _WIDTH < 100 else None),
        )
        for low in range(0, 100, _WIDTH)
    )


def _between(percents: Sequence[float], low: float, top: float | None) -> int:
    return sum(low <= round(one, 2) and (top is None or round(one, 2) < top) for one in percents)


def _note(bands: Sequence[BandText]) -> str:
    if not bands:
        return ""
    note = _(
        "เทียบเฉพาะคะแนน OIT เป็นร้อยละ ใช้ดูแนวโน้มเท่านั้น "
        "ระดับผลการประเมินจริงคิดจากคะแนนรวมของ IIT EIT และ OIT"
    )
    doubtful = [f"“{band.name}”" for band in bands if not band.confirmed]
    if doubtful:
        note += " " + _("เกณฑ์ของระดับ {names} ยังไม่มีเอกสารยืนยัน", names=" ".join(doubtful))
    return note
