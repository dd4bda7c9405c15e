"""Fuzz one target: `python -m tests.fuzz html --seconds 600 --corpus DIR`.

The time is processor time of the fuzzing process and of the tools it runs. What breaks a promise is written to
`DIR/findings/` and the run goes on; a process that dies is started again for the time left.
Needs the package atheris, which the project itself does without.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import traceback
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fuzz.frame import Target

MODULES = (
    "checklist", "crawler.extract", "crawler.urls", "crawler.hosted", "crawler.address_policy",
    "openpyxl", "pptx", "striprtf", "bs4", "zipfile", "csv", "w3lib",
)  # fmt: skip
READERS = ("docx", "xlsx", "xls", "pptx", "odf", "doc", "ppt", "rtf", "picture")
TARGETS = sorted(p.stem for p in (Path(__file__).parent / "targets").glob("*.py"))
_EVERY_S = 2.0
_MOST_DEATHS = 12


def main() -> None:
    """Fuzz as the arguments say."""
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("target", choices=TARGETS)
    words.add_argument("--seconds", type=float, default=600, help="processor time")
    words.add_argument("--corpus", type=Path, required=True, help="kept inputs, log, findings")
    words.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = words.parse_args()
    if given.child:
        _fuzz(given.target, given.seconds, given.corpus)
    else:
        sys.exit(_campaign(given.target, given.seconds, given.corpus))


def _campaign(name: str, seconds: float, place: Path) -> int:
    """Run children until `seconds` of processor time are used; a line of JSON a child."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "state.json").unlink(missing_ok=True)
    spent, deaths = 0.0, 0
    while spent < seconds and deaths < _MOST_DEATHS:
        arguments = [sys.executable, "-m", "tests.fuzz", name, "--child", "--corpus", str(place)]
        with (place / "log").open("ab") as log:
            ended = subprocess.run(
                [*arguments, "--seconds", str(seconds - spent)],
                stdout=log, stderr=log, check=False,
            ).returncode  # fmt: skip
        state = _state(place)
        deaths += ended != 0
        spent += max(float(state.get("cpu_s", 0.0)), 1.0)
        with (place / "runs.jsonl").open("a") as runs:
            runs.write(json.dumps({"target": name, "ended": ended, **state}) + "\n")
        (place / "state.json").unlink(missing_ok=True)
    return int(spent < seconds)


def _state(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((place / "state.json").read_text())
    except (OSError, ValueError):
        return {}
    return found


def _fuzz(name: str, seconds: float, place: Path) -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=list(MODULES)):
        frame = import_module("tests.fuzz.frame")
        target = frame.load(name)
        for reader in READERS:
            import_module(f"crawler.extract.{reader}")
    inputs, findings = place / "inputs", place / "findings"
    inputs.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    for body in target.seeds():
        (inputs / hashlib.sha256(body).hexdigest()[:16]).write_bytes(body)
    arguments = [
        sys.argv[0], str(inputs), "-rss_limit_mb=2500", "-timeout=100", f"-max_len={target.max_len}",
        f"-artifact_prefix={findings}/", "-max_total_time=100000", "-len_control=0",
    ]  # fmt: skip
    if target.tokens:
        listed = place / "tokens"
        listed.write_text("".join(f'"{_escaped(token)}"\n' for token in target.tokens))
        arguments.append(f"-dict={listed}")
    run = _Run(frame, target, seconds, place)
    more = {"custom_mutator": target.mutate} if target.mutate else {}
    atheris.Setup(arguments, run.one, **more)
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in token
    )


def _spent() -> float:
    """Processor time of this process and of the tools it ran, such as Poppler's."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


class _Run:
    """One fuzzing process: counts, keeps findings, ends when its processor time is used."""

    def __init__(self, frame: Any, target: Target, seconds: float, place: Path) -> None:
        self._probe = frame.probe
        self._target = target
        self._seconds = seconds
        self._place = place
        self._caught = frame.Caught()
        self._runs = 0
        self._told = _spent()
        self._began = self._told
        self._found: Counter[str] = Counter()
        self._slowest = 0.0

    def one(self, data: bytes) -> None:
        before = _spent()
        if before - self._told > _EVERY_S:
            self._tell(before)
            if before - self._began > self._seconds:
                sys.stderr.flush()
                os._exit(0)
        self._runs += 1
        try:
            self._probe(self._target, data, again=self._runs % 4 == 0)
        except MemoryError:
            raise
        except Exception as error:
            self._keep("broken", error, data)
        caught = self._caught.take()
        if caught is not None:
            self._keep("caught", caught, data)
        self._slowest = max(self._slowest, _spent() - before)

    def _tell(self, now: float) -> None:
        self._told = now
        state = {
            "cpu_s": round(now - self._began, 1),
            "executions": self._runs,
            "slowest_s": round(self._slowest, 2),
            "findings": dict(self._found),
        }
        (self._place / "state.json").write_text(json.dumps(state))

    def _keep(self, sort: str, error: BaseException, data: bytes) -> None:
        """The smallest input for each place in the code where something broke."""
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if "/fuzz/frame" not in f.filename
        ]
        where = "".join(f"{Path(f.filename).name}:{f.name}:{f.lineno}" for f in frames[-1:])
        words = str(error)[:80] if sort == "broken" else ""
        key = f"{sort} {type(error).__name__} {where} {words}"
        self._found[key] += 1
        stem = sort + "-" + hashlib.sha256(key.encode()).hexdigest()[:10]
        kept = self._place / "findings" / stem
        if kept.exists() and kept.stat().st_size <= len(data):
            return
        kept.write_bytes(data)
        kept.with_suffix(".txt").write_text(
            key + "\n" + "".join(traceback.format_exception(error)), "utf-8", "backslashreplace"
        )


if __name__ == "__main__":
    main()
