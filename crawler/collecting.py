"""How often Python looks for what is no longer used in circles."""

from __future__ import annotations

import gc

_YOUNG, _OLDER, _OLDEST = 50_000, 20, 50


def collect_rarely() -> None:
    """Look less often: a sweep makes much that lives long, and little that goes in circles."""
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
