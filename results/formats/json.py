"""Reports for programs: the report models as JSON, with the schemas they keep to."""

from __future__ import annotations

from typing import Any

from results.overview import Overview
from results.report import GapReport


def unit_json(report: GapReport) -> str:
    """The gap report as indented JSON, Thai unescaped; it keeps to `unit_schema`."""
    return report.model_dump_json(indent=2) + "\n"


def overview_json(overview: Overview) -> str:
    """The sweep's overview as indented JSON; it keeps to `overview_schema`."""
    return overview.model_dump_json(indent=2) + "\n"


def unit_schema() -> dict[str, Any]:
    """The JSON Schema of `unit_json`."""
    return GapReport.model_json_schema(mode="serialization")


def overview_schema() -> dict[str, Any]:
    """The JSON Schema of `overview_json`."""
    return Overview.model_json_schema(mode="serialization")
