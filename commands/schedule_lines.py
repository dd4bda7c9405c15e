"""What `oit schedule list` and `check` say of a job, as a record and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from commands.language import words
from results.speech import Language, moment_text, speaking
from scheduling.book import Run
from scheduling.deciding import Cause, Outcome, State, is_paused
from scheduling.jobs import Job, Schedule
from scheduling.timing import next_due, quiet_until, start_of
from scheduling.words import CAUSES, OUTCOMES, quiet_words, span_words, when_words

_NEXT = 5
_MOST_TAIL = 300


def job_record(
    name: str,
    schedule: Schedule,
    kept: tuple[str, State] | None,
    run: Run | None,
    now: datetime,
    deadlines: Sequence[date],
) -> dict[str, Any]:
    """Everything that is known of a job, as plain JSON values; moments in ISO 8601."""
    job = schedule.jobs[name]
    state = kept[1] if kept else State()
    upcoming = _next_start(name, schedule, state, now, deadlines)
    return {
        "name": name,
        "title": job.title,
        "when": words(*when_words(job.when)),
        "arguments": list(job.run),
        "state": _state_code(job, state, run),
        "next": upcoming.isoformat() if upcoming else None,
        "attempts": state.attempts,
        "last": run and _run_record(run),
    }


def job_line(record: dict[str, Any]) -> str:
    """A job as three lines for people: name and state, when and next, last run."""
    last = record["last"]
    upcoming = _moment(record["next"]) if record["next"] else words("ไม่มี", "none")
    lines = [
        f"{record['name']}  {record['title']}  [{_state_words(record['state'])}]",
        words("  เวลา ", "  when ") + record["when"] + words(" · ครั้งต่อไป ", " · next ") + upcoming,
        words("  ครั้งล่าสุด ", "  last ")
        + (_last_words(last) if last else words("ยังไม่เคยทำ", "never")),
    ]
    if last and last["outcome"] not in (None, Outcome.SUCCESS.value) and last["output"]:
        lines += [f"    | {line}" for line in last["output"][-_MOST_TAIL:].splitlines()[-3:]]
    return "\n".join(lines)


def check_lines(
    name: str, schedule: Schedule, now: datetime, deadlines: Sequence[date]
) -> Iterator[str]:
    """A job's plan and its next starts, a line each."""
    job = schedule.jobs[name]
    quiet = words(*quiet_words(schedule.quiet(job)))
    hush = words(f" · งด {quiet}", f" · quiet {quiet}") if quiet else ""
    yield f"{name}  {job.title}  ({words(*when_words(job.when))}{hush})"
    yield f"    oit {' '.join(job.run)}"
    due = next_due(job.when, schedule.zone(job), now, deadlines)
    if due is None and job.when.after is None:
        yield "    - " + words("ไม่มีกำหนดข้างหน้าในปฏิทินของรายการตรวจ", "no day ahead in the calendars")
    for _ in range(_NEXT):
        if due is None:
            return
        yield f"    - {_moment(start_of(name, job, schedule, due).isoformat())}"
        due = next_due(job.when, schedule.zone(job), due, deadlines)


def _next_start(
    name: str, schedule: Schedule, state: State, now: datetime, deadlines: Sequence[date]
) -> datetime | None:
    job = schedule.jobs[name]
    if state.requested is not None:
        return state.requested
    if is_paused(job, state):
        return None
    zone, quiet = schedule.zone(job), schedule.quiet(job)
    due = state.due if state.reckoned else next_due(job.when, zone, now, deadlines)
    starts = [start_of(name, job, schedule, due)] if due else []
    if state.again is not None:
        starts.append(quiet_until(max(now, state.again), quiet, zone) or state.again)
    return min(starts, default=None)


def _state_code(job: Job, state: State, run: Run | None) -> str:
    if run is not None and run.outcome is None:
        return "running"
    if state.requested is not None:
        return "requested"
    if is_paused(job, state):
        return "paused"
    return "to_continue" if state.again is not None else "waiting"


def _state_words(code: str) -> str:
    pairs = {
        "running": ("กำลังทำ", "running"),
        "requested": ("สั่งให้ทำแล้ว", "asked for"),
        "paused": ("หยุดชั่วคราว", "paused"),
        "to_continue": ("รอทำต่อหรือทำใหม่", "to be taken up again"),
        "waiting": ("รอเวลา", "waiting"),
    }
    return words(*pairs[code])


def _run_record(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "cause": run.cause.value,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "outcome": run.outcome.value if run.outcome else None,
        "exit_code": run.exit_code,
        "output": run.output,
    }


def _last_words(last: dict[str, Any]) -> str:
    said = f"{_moment(last['started'])} ({words(*CAUSES[Cause(last['cause'])])})"
    if last["outcome"] is None:
        return said
    said += f" {words(*OUTCOMES[Outcome(last['outcome'])])}"
    if last["exit_code"] is not None:
        said += words(f" รหัสจบ {last['exit_code']}", f", exit code {last['exit_code']}")
    took = datetime.fromisoformat(last["ended"]) - datetime.fromisoformat(last["started"])
    if last["outcome"] != Outcome.MISSED.value:
        said += words(f" ใช้เวลา {span_words(took)[0]}", f", took {span_words(took)[1]}")
    return said


def _moment(text: str) -> str:
    with speaking(Language(words("th", "en"))):
        return moment_text(datetime.fromisoformat(text))
