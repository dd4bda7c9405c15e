"""Joins the rooms: units and items -> crawl -> documents -> judge -> results and reports.

The command line and every other face call only this package.


What is named here is loaded when it is first used: a check of one file needs neither the crawl
nor the database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.extract.folders import SourceError, read_source
    from sweep.checking import CheckResult, check_documents, check_files, check_url
    from sweep.judging import bodies_of, context_for, judge_harvest, plan_of
    from sweep.proposing import discover
    from sweep.request import OnEvent, SweepOutcome, SweepRequest
    from sweep.resuming import to_resume
    from sweep.running import sweep

__all__ = [
    "CheckResult",
    "OnEvent",
    "SourceError",
    "SweepOutcome",
    "SweepRequest",
    "bodies_of",
    "check_documents",
    "check_files",
    "check_url",
    "context_for",
    "discover",
    "judge_harvest",
    "plan_of",
    "read_source",
    "sweep",
    "to_resume",
]

_HOMES = {
    "CheckResult": "sweep.checking",
    "OnEvent": "sweep.request",
    "SourceError": "crawler.extract.folders",
    "SweepOutcome": "sweep.request",
    "SweepRequest": "sweep.request",
    "bodies_of": "sweep.judging",
    "check_documents": "sweep.checking",
    "check_files": "sweep.checking",
    "check_url": "sweep.checking",
    "context_for": "sweep.judging",
    "discover": "sweep.proposing",
    "judge_harvest": "sweep.judging",
    "plan_of": "sweep.judging",
    "read_source": "crawler.extract.folders",
    "sweep": "sweep.running",
    "to_resume": "sweep.resuming",
}


def __getattr__(name: str) -> Any:
    """What the package names, from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found
