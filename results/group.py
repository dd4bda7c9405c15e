"""The groups in which items are counted and shown."""

from __future__ import annotations

from enum import StrEnum


class Group(StrEnum):
    """Where an item is counted and shown; every item stands in exactly one."""

    PASS = "pass"  # nosec B105  # a verdict
    MISSING = "missing"
    OUTDATED = "outdated"
    REVIEW = "review"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    VOUCHED = "vouched"
    """A person looked and said that it is complete: it counts as standing, and apart."""
    UNCHECKED = "unchecked"
