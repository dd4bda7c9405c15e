"""Schedules and moments that the tests of the scheduler share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.jobs import Schedule

BANGKOK = ZoneInfo("Asia/Bangkok")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def at(text: str, zone: str = "Asia/Bangkok") -> datetime:
    """A moment from `2026-03-02 01:00` as a clock in `zone` shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def plan(zone: str = "Asia/Bangkok", **jobs: dict[str, Any]) -> Schedule:
    """A schedule of jobs whose keys are given; `run` and `title` are filled in."""
    filled = {name: {"title": name, "run": [name], **job} for name, job in jobs.items()}
    return Schedule.model_validate({"timezone": zone, "jobs": filled})


def nightly(**more: Any) -> Schedule:
    """A sweep at one in the night, gone on with when it breaks off."""
    return plan(sweep={"when": {"daily": "01:00"}, "continue_with": ["sweep", "--resume"], **more})
