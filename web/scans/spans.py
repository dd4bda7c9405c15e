"""Durations in Thai, exact and to the minute. Pure."""

from __future__ import annotations

from results.wording import duration_text


def about(seconds: float | None) -> str:
    """A duration in Thai to the minute, for what changes while one looks."""
    if seconds is None:
        return "ยังประมาณไม่ได้"
    whole = round(seconds)
    return duration_text(whole if whole < 60 else 60 * round(whole / 60))


def span(seconds: float | None) -> str:
    """A duration in Thai, a dash for one that is not known."""
    return "–" if seconds is None else duration_text(seconds)
