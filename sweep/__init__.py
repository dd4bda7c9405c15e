"""Joins the rooms: units and items -> crawl -> documents -> judge -> results and reports.

The command line and every other face call only this package.
"""

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
