"""Reads a schedule file; a fault names file, line, key and the nearest valid key."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from checklist.loader import SHIPPED, available
from checklist.schema import Calendar
from checklist.yaml_source import YamlSource
from scheduling.forms import UnreadableError
from scheduling.jobs import Job, Retry, Schedule, When
from scheduling.timing import next_due

BUILT_IN = Path(__file__).parent / "schedule.yaml"
"""The jobs that run where no file is; also the example that people start from."""


class ScheduleError(ValueError):
    """A schedule that cannot be used, told in one line: `str` in Thai, `en` in English."""

    def __init__(self, th: str, en: str) -> None:
        """Say `th` in Thai and `en` in English."""
        super().__init__(th)
        self.en = en


def read_schedule(path: Path | None, commands: Collection[str] = ()) -> Schedule:
    """The schedule of a file, the built-in one for `None`; raises `ScheduleError`.

    The first word of what a job runs must be one of `commands` where any are given.
    """
    source = path or BUILT_IN
    data = _parse(source)
    try:
        schedule = Schedule.model_validate(_plain(data))
    except ValidationError as error:
        raise _explained(error, source, data) from None
    for name in schedule.jobs:
        for key, th, en in _faults(name, schedule, commands):
            raise _fault(source, data, ("jobs", name, *key), th, en)
    return schedule


def _faults(
    name: str, schedule: Schedule, commands: Collection[str]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a job asks for that is not there: the key, and the fault in Thai and in English."""
    job = schedule.jobs[name]
    for key, words in (("run", job.run), ("continue_with", job.continue_with)):
        if commands and words and words[0] not in commands:
            near = _near(words[0], commands)
            yield (key,), f"ไม่มีคำสั่ง oit {words[0]}{near[0]}", f"no command oit {words[0]}{near[1]}"
    leader, others = job.when.after, [one for one in schedule.jobs if one != name]
    if leader is not None and leader not in others:
        near = _near(leader, others)
        yield ("when", "after"), f"ไม่มีงานอื่นชื่อ «{leader}»{near[0]}", f"no other job{near[1]}"
    cron = job.when.cron
    if cron is not None and next_due(job.when, schedule.zone(job), datetime.now(UTC), ()) is None:
        yield ("when", "cron"), f"ไม่มีวันใดตรงกับ «{cron}»", f"no day ever fits «{cron}»"


def line_of(path: Path, *location: str) -> int:
    """The line of the file (from 1) with the key at `location`; raises `ScheduleError`."""
    return YamlSource(path, _parse(path)).line(location)


def deadlines_for(schedule: Schedule) -> tuple[date, ...]:
    """The last days of ITAS entry of every checklist, where a job of the schedule needs them."""
    if all(job.when.before_deadline is None for job in schedule.jobs.values()):
        return ()
    entries = (_calendar(SHIPPED / key / "checklist.yaml").oit_entry for key in available())
    return tuple(sorted({entry.end for entry in entries if entry is not None}))


def _calendar(path: Path) -> Calendar:
    """A checklist's calendar, read without its items."""
    return Calendar.model_validate(_plain(_parse(path)["calendar"]))


def definition_of(schedule: Schedule, job: Job) -> str:
    """The hash of when a job is due: a job whose hash changed is reckoned anew."""
    text = f"{job.when.model_dump_json()} {schedule.zone(job)}"
    return hashlib.sha256(text.encode()).hexdigest()


def _parse(path: Path) -> Any:
    try:
        data = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScheduleError(
            f"ไม่พบแฟ้มกำหนดการ «{path}» สร้างด้วย oit schedule template -o {path}",
            f"no schedule file «{path}»; make one: oit schedule template -o {path}",
        ) from None
    except UnicodeDecodeError as error:
        raise ScheduleError(
            f"{path}: ไม่ใช่ UTF-8 (ไบต์ที่ {error.start}) ให้บันทึกเป็น UTF-8",
            f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8",
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = " ".join(str(error.problem or error.context).split())
        raise ScheduleError(
            f"{path}: บรรทัด {line}: อ่านเป็น YAML ไม่ได้: {problem}",
            f"{path}: line {line}: not readable as YAML: {problem}",
        ) from None
    except (YAMLError, OSError, ValueError) as error:
        said = " ".join(str(error).split())
        raise ScheduleError(
            f"{path}: อ่านแฟ้มไม่ได้: {said}", f"{path}: cannot be read: {said}"
        ) from None
    if not isinstance(data, Mapping):
        raise ScheduleError(f"{path}: ไม่มีคีย์ jobs ในแฟ้ม", f"{path}: expected the key jobs")
    return data


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, list) else node


def _explained(error: ValidationError, path: Path, data: Any) -> ScheduleError:
    errors = error.errors()
    # A misspelt key is also a missing one: the misspelling is what must be mended.
    first = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    location = _within(data, first["loc"])
    cause = first.get("ctx", {}).get("error")
    th, en = "ค่านี้ใช้ไม่ได้", first["msg"]
    if isinstance(cause, UnreadableError):
        th, en = cause.th, cause.en
    elif first["type"] == "extra_forbidden":
        near = _near(str(location[-1]), _names_at(location))
        th, en = f"ไม่รู้จักคีย์นี้{near[0]}", f"unknown key{near[1]}"
    elif first["type"] == "missing":
        location = (*location, str(first["loc"][-1]))
        th, en = "ต้องระบุคีย์นี้", "this key is required"
    elif first["type"] == "string_pattern_mismatch":
        th, en = (
            "ชื่องานใช้ได้เฉพาะ a-z 0-9 และ - เช่น nightly-sweep",
            "a job's name is made of a-z 0-9 -",
        )
    else:
        th = f"{th} ({en})"
    return _fault(path, data, location, th, en)


def _within(data: Any, location: Sequence[Any]) -> tuple[str | int, ...]:
    """The part of pydantic's location that stands in the file."""
    found: list[str | int] = []
    node = data
    for part in location:
        if (isinstance(node, Mapping) and part in node) or (
            isinstance(node, list) and isinstance(part, int) and part < len(node)
        ):
            node = node[part]
        else:
            break
        found.append(part)
    return tuple(found)


def _names_at(location: Sequence[str | int]) -> list[str]:
    """The keys that are known where an unknown one stands."""
    parents = [part for part in location[:-1] if isinstance(part, str)]
    if not parents:
        return sorted(Schedule.model_fields)
    inner: dict[str, type[BaseModel]] = {"when": When, "retry": Retry}
    return sorted(inner.get(parents[-1], Job).model_fields)


def _near(word: str, known: Collection[str]) -> tuple[str, str]:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f" หมายถึง «{close[0]}» หรือไม่", f"; did you mean «{close[0]}»?"
    names = ", ".join(sorted(known))
    return f" (ใช้ได้: {names})", f"; valid: {names}"


def _fault(path: Path, data: Any, location: Sequence[str | int], th: str, en: str) -> ScheduleError:
    line, key = YamlSource(path, data).line(location), ".".join(map(str, location)) or "jobs"
    return ScheduleError(f"{path}: บรรทัด {line}: {key}: {th}", f"{path}: line {line}: {key}: {en}")
