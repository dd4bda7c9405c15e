"""Whether a locked library has a fault that is publicly known: `python -m setup.known_faults`.

Exit status 1 for a known fault, each in one line. Where the list of faults cannot be asked (no
network, no answer in time) one line says that it was not checked, and the status is 0.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

WITHIN_S = 30
LOCK = Path("requirements.lock")
_NOT_CHECKED = "ไม่ได้ตรวจ / not checked"


class NotAskedError(RuntimeError):
    """The list of faults could not be asked; why, in English."""


def told_by(lock: Path, within_s: float = WITHIN_S) -> dict[str, Any]:
    """What pip-audit tells of the libraries in `lock`; raises `NotAskedError`."""
    asked = (
        sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes",
        "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5",
    )  # fmt: skip
    try:
        done = subprocess.run(  # nosec B603  # our own arguments, no shell
            asked, capture_output=True, text=True, timeout=within_s, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotAskedError(f"no answer within {within_s:g} s") from None
    except OSError as error:
        raise NotAskedError(str(error.strerror)) from None
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise NotAskedError(last[:150]) from None
    return told


def verdict(told: dict[str, Any]) -> tuple[list[str], int]:
    """The lines to print and the exit status. Pure."""
    libraries = told["dependencies"]
    known = [
        f"{one['name']} {one['version']}: {fault['id']}"
        f" mended in {', '.join(fault['fix_versions']) or 'no release yet'}"
        for one in libraries
        for fault in one.get("vulns", ())
    ]
    if known:
        return ["พบช่องโหว่ที่ประกาศแล้ว / known faults:", *known], 1
    skipped = sum("skip_reason" in one for one in libraries)
    if skipped:
        return [f"{_NOT_CHECKED}: {skipped} จาก {len(libraries)} ไลบรารี / libraries"], 0
    return [f"ไม่พบช่องโหว่ใน {len(libraries)} ไลบรารี / no known fault"], 0


def main(ask: Callable[[Path], dict[str, Any]] = told_by, lock: Path = LOCK) -> int:
    """Ask, print, and return the exit status."""
    try:
        lines, status = verdict(ask(lock))
    except NotAskedError as why:
        lines, status = [f"{_NOT_CHECKED}: {why}"], 0
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
