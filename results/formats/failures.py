"""Which verdicts fail a gate, unless it is told otherwise."""

from checklist.verdict import Verdict

FAIL_ON = frozenset({Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR})
"""By default everything fails the gate that `oit sweep` would count as a gap or as unseen."""
