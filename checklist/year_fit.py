"""When a statement of time fits a fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklist.fiscal import BE_OFFSET, FiscalYear, shared_days
from checklist.mentions import Basis, Precision

if TYPE_CHECKING:
    from checklist.statements import Fit, Statement

NEARLY_A_YEAR = 300
_LONGER_THAN_A_YEAR = 380


def belongs_to_year(target: FiscalYear) -> Fit:
    """Fits a statement whose period lies in `target` for at least half of its days."""

    def fit(statement: Statement) -> bool | None:
        mention = statement.mention
        if mention.precision is Precision.SINCE:
            return None
        if mention.precision is Precision.YEAR and mention.basis is Basis.CALENDAR:
            return mention.period.start.year + BE_OFFSET == target.year
        if mention.basis is Basis.ACADEMIC:
            return None if mention.period.overlaps(target.period) else False
        if mention.period.days > _LONGER_THAN_A_YEAR:
            # The plan that an event prepares is of years to come.
            return False if mention.period.end < target.start else None
        return 2 * shared_days(mention.period, target.period) >= mention.period.days

    return fit


def covers_year(target: FiscalYear) -> Fit:
    """Fits a statement whose period includes at least half of `target`."""

    def fit(statement: Statement) -> bool | None:
        mention = statement.mention
        if mention.precision in (Precision.MONTH, Precision.QUARTER, Precision.HALF):
            return None
        return 2 * shared_days(mention.period, target.period) >= target.period.days

    return fit
