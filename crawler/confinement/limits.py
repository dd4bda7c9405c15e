"""What a worker that opens strangers' files may use, and how it is tied down to that.

One place for every such process: `confine` once, after its imports, then `begin_job` before each
job. What a machine does not offer is told, not silently left out; the processor's, memory's and
file limits are held on every Linux.
"""

from __future__ import annotations

import glob
import json
import mimetypes
import os
import platform
import resource
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.confinement import landlock, seccomp
from crawler.confinement.kernel import drop_rights, no_new_privileges

MEBIBYTE = 1024**2
_GRACE_S = 2
_ROOT = Path(__file__).resolve().parents[2]
_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives",
    "/etc/fonts", "/etc/localtime", "/var/cache/fontconfig", "/dev/null", "/dev/urandom",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu",
)  # fmt: skip
_LOADERS = ("/lib64/ld-*", "/lib/ld-*", "/lib/*/ld-*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use.

    `memory_bytes` is the address space of each of its processes, `file_bytes` the largest file it
    may write into what it was handed, `open_files` how many it may hold open, `tasks` how many
    processes and threads may be added to those that its user runs (the kernel does not count
    root's). `programs` are the names of the programs it may start, `reads` files and folders it
    may read beside the system's and the program's own.
    """

    memory_bytes: int
    file_bytes: int = 16 * MEBIBYTE
    open_files: int = 128
    tasks: int = 1000
    programs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confinement:
    """What could be held of a worker, and what this machine does not offer."""

    held: tuple[str, ...]
    missing: tuple[str, ...] = ()

    def dump(self) -> bytes:
        """As JSON, for the worker's owner."""
        return json.dumps({"held": self.held, "missing": self.missing}).encode()


def confinement_of(told: bytes) -> Confinement:
    """What a worker told of itself; raises `ValueError` for anything else."""
    # Only owners believe nothing, and only they pay for the library that checks: a worker that
    # draws one page lives for a few hundredths of a second.
    from pydantic import TypeAdapter

    return TypeAdapter(Confinement).validate_json(told)


def confine(limits: Limits) -> Confinement:
    """Tie this process down for good; call it before any stranger's byte is seen.

    From here on it has no network, writes no file, reads only what it needs, starts only
    `limits.programs` and leaves other processes alone. Never raises for what a machine lacks.
    """
    held: list[str] = []
    missing: list[str] = []
    # A group of its own, which it cannot leave: its owner ends it with all that it started.
    with suppress(OSError):
        os.setsid()
    for name, most in _resources(limits):
        with suppress(OSError, ValueError):
            _lower(name, most)
    held.append("rlimit")
    steps = (
        ("no_new_privs", no_new_privileges),
        ("landlock", lambda: landlock.restrict(_readable(limits), _startable(limits))),
        ("capabilities", lambda: drop_rights(platform.machine()) if os.geteuid() == 0 else None),
        ("seccomp", lambda: seccomp.install(starts_programs=bool(limits.programs))),
    )
    for step, hold in steps:
        try:
            version = hold()
        except OSError as error:
            missing.append(f"{step}: {error}")
        else:
            held.append(f"{step} {version}" if version else step)
    return Confinement(tuple(held), tuple(missing))


def begin_job(processor_s: float, wall_s: float) -> None:
    """Allow this process so many more seconds; past either the kernel ends it.

    The owner ends a worker that takes too long; this is for the one whose owner is gone.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = int(used.ru_utime + used.ru_stime + processor_s) + _GRACE_S
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))
    signal.setitimer(signal.ITIMER_REAL, wall_s + _GRACE_S)


def end_job() -> None:
    """The job is done: waiting for the next one costs no time."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _resources(limits: Limits) -> Iterator[tuple[int, int]]:
    yield resource.RLIMIT_AS, limits.memory_bytes
    yield resource.RLIMIT_FSIZE, limits.file_bytes
    yield resource.RLIMIT_NOFILE, limits.open_files
    yield resource.RLIMIT_CORE, 0
    yield resource.RLIMIT_MEMLOCK, MEBIBYTE
    if os.geteuid() != 0:
        yield resource.RLIMIT_NPROC, _tasks_of(os.geteuid()) + limits.tasks


def _lower(name: int, most: int) -> None:
    """Lower a limit for good, never raise it above what was inherited."""
    _, hard = resource.getrlimit(name)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(name, (wanted, wanted))


def _tasks_of(user: int) -> int:
    """How many threads the user's processes have now."""
    count = 0
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == user:
                count += len(os.listdir(f"/proc/{entry.name}/task"))
    return count


def _readable(limits: Limits) -> Iterator[str]:
    """The system, Python and the program's own code; not its data, nor what its user keeps."""
    yield from _SYSTEM
    yield from (*map(str, mimetypes.knownfiles), sys.prefix, sys.base_prefix, *limits.reads)
    yield from (path for path in sys.path if path.endswith("-packages"))
    yield from (str(found.parent) for found in _ROOT.glob("*/__init__.py"))
    yield from (str(found) for found in _ROOT.glob("*.py"))


def _startable(limits: Limits) -> Iterator[str]:
    found = [path for name in limits.programs if (path := shutil.which(name))]
    yield from map(os.path.realpath, found)
    if found:
        yield from (os.path.realpath(path) for pattern in _LOADERS for path in glob.glob(pattern))
