"""Where a crawl writes down what it does, so that it can be gone on with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ledger:
    """The books of one crawl: the database, the scan, and the folder of what was read.

    `round` is 0 for a scan's first fetch and 1 for the second one, of what got worse.
    `folder` keeps documents by the hash of what they hold. With `shared_turns` other machines
    crawl for the same database, so whose turn it is to ask a host stands there too.
    """

    database_url: str
    scan_id: int
    folder: Path
    round: int = 0
    shared_turns: bool = False
