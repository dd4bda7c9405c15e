"""Who sweeps a checklist right now, whoever started it; nothing is locked to find out."""

from __future__ import annotations

from pathlib import Path

from sweep.alone import lock_file

_LOCKS = Path("/proc/locks")


def sweeping_process(database_url: str, checklist: str) -> int | None:
    """The process that holds the lock of this database and checklist (its key), if any.

    Asking with a lock of our own could turn away a sweep that begins at that moment.
    """
    try:
        inode = lock_file(database_url, checklist).stat().st_ino
        lines = _LOCKS.read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        words = line.split()
        # `7: FLOCK ADVISORY WRITE 4242 fd:01:131187 0 EOF`; a waiting one has an arrow before it.
        if len(words) > 5 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(inode):
            return int(words[4]) if words[4].isdecimal() else 0
    return None
