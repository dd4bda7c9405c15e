"""Reports for programs: the report models as JSON, with the schemas they keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from results.overview import Overview
from results.report import GapReport

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_UNITS = '\n  "units": []'


def unit_json(report: GapReport) -> str:
    """The gap report as indented JSON, Thai unescaped; it keeps to `unit_schema`."""
    return report.model_dump_json(indent=2) + "\n"


def overview_json(overview: Overview) -> str:
    """The sweep's overview as indented JSON; it keeps to `overview_schema`."""
    return "".join(overview_pieces(overview))


def overview_pieces(overview: Overview) -> Iterator[str]:
    """The text of `overview_json` piece by piece, a unit at a time."""
    around = overview.model_copy(update={"units": ()}).model_dump_json(indent=2) + "\n"
    head, found, tail = around.partition(_NO_UNITS)
    yield head
    if not overview.units:
        yield found
    for place, unit in enumerate(overview.units):
        yield '\n  "units": [\n    ' if not place else ",\n    "
        # A line break within a text is written as two letters: each break begins a line.
        yield unit.model_dump_json(indent=2).replace("\n", "\n    ")
    if overview.units:
        yield "\n  ]"
    yield tail


def unit_schema() -> dict[str, Any]:
    """The JSON Schema of `unit_json`."""
    return GapReport.model_json_schema(mode="serialization")


def overview_schema() -> dict[str, Any]:
    """The JSON Schema of `overview_json`."""
    return Overview.model_json_schema(mode="serialization")
