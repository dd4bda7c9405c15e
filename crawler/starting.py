"""When a unit's first request is sent: not in the same second of every night."""

from __future__ import annotations

import random


def start_after(jitter_s: float, scan_id: int, host: str) -> float:
    """Seconds into a crawl before which `host` is not asked: within `jitter_s`, by scan and host.

    The same scan asks a host at the same time when it is taken up again.
    """
    return random.Random(f"{scan_id} {host}").uniform(0, jitter_s)  # nosec B311  # spreads work, keeps no secret
