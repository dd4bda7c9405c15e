"""A job as data: what to run, when, and what to do when it cannot be run or fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from pydantic import Field, StringConstraints, field_validator, model_validator

from checklist.strict import Strict, Thai
from scheduling.forms import Clock, Quiet, QuietHours, Span, UnreadableError, Weekdays, Zone

JobName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Words = tuple[Annotated[str, StringConstraints(min_length=1)], ...]
_BANGKOK = "Asia/Bangkok"


class When(Strict):
    """When a job is due: exactly one of `daily`, `weekly`, `monthly`, `before_deadline`, `after`,
    `cron`; `at` is the time of day of those that name days.
    """  # noqa: D205

    daily: Clock | None = None
    weekly: Weekdays | None = None
    monthly: Annotated[int, Field(ge=1, le=28)] | Literal["last"] | None = None
    before_deadline: tuple[Annotated[int, Field(ge=0, le=365)], ...] | None = None
    after: JobName | None = None
    cron: str | None = None
    at: Clock | None = None

    @field_validator("cron")
    @classmethod
    def _is_cron(cls, text: str | None) -> str | None:
        if text is None:
            return None
        wall_trigger(text)
        if any(mark.isdigit() for mark in text.split()[4]):
            raise UnreadableError(
                f"cron «{text}»: เขียนวันเป็นชื่อ (sun, mon) เพราะเลขของวันแต่ละโปรแกรมนับต่างกัน",
                f"cron «{text}»: name the day (sun, mon); programs count days differently",
            )
        return text

    @model_validator(mode="after")
    def _is_one_of_them(self) -> Self:
        days = (self.weekly, self.monthly, self.before_deadline)
        others = (self.daily, self.after, self.cron)
        if sum(value is not None for value in (*days, *others)) != 1:
            raise UnreadableError(
                "ระบุอย่างใดอย่างหนึ่ง: daily, weekly, monthly, before_deadline, after หรือ cron",
                "give one of daily, weekly, monthly, before_deadline, after, cron",
            )
        if any(value is not None for value in days) is (self.at is None):
            raise UnreadableError(
                'at ใช้คู่กับ weekly, monthly หรือ before_deadline เท่านั้น และต้องระบุ เช่น at: "08:30"',
                'at goes with weekly, monthly or before_deadline, and is needed: at: "08:30"',
            )
        return self


class Retry(Strict):
    """How often a job that failed is run again, and how long after each failure."""

    times: Annotated[int, Field(ge=0, le=20)]
    after: Span


class Job(Strict):
    """One job: `run` is the arguments of `oit`, run as a process of its own.

    `continue_with` are the arguments that go on with a run that was broken off; a job without
    them is left to finish in quiet hours. Jobs of one `group` (the first word of `run` unless
    named) never run side by side. An exit code outside `succeeds_with` is a failure. A run that
    could not start within `too_late_after` is left out. `jitter` is the most by which a start is
    put off at random.
    """

    title: Thai
    run: Annotated[Words, Field(min_length=1)]
    when: When
    continue_with: Words = ()
    group: str = ""
    succeeds_with: tuple[int, ...] = (0,)
    timeout: Span = timedelta(hours=6)
    too_late_after: Span = timedelta(hours=12)
    jitter: Span = timedelta(0)
    quiet_hours: tuple[Quiet, ...] | None = None
    retry: Retry = Retry(times=0, after=timedelta(0))
    env: Mapping[str, str] = Field(default_factory=dict)
    timezone: Zone | None = None
    paused: bool = False

    @property
    def apart_from(self) -> str:
        """The group within which one job runs at a time."""
        return self.group or self.run[0]

    @field_validator("env", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return {k: str(v) for k, v in value.items()} if isinstance(value, dict) else value

    @field_validator("timeout")
    @classmethod
    def _is_some_time(cls, span: timedelta) -> timedelta:
        if not span:
            raise UnreadableError("timeout ต้องมากกว่า 0", "timeout must be more than 0")
        return span


class Schedule(Strict):
    """All jobs by name; the time zone and quiet hours of those that name none of their own."""

    timezone: Zone = _BANGKOK
    quiet_hours: tuple[Quiet, ...] = ()
    stop_within: Span = timedelta(minutes=2)
    jobs: Mapping[JobName, Job]

    def zone(self, job: Job) -> ZoneInfo:
        """The time zone that a job's times are told in."""
        return ZoneInfo(job.timezone or self.timezone)

    def quiet(self, job: Job) -> tuple[QuietHours, ...]:
        """The hours in which a job may not start."""
        return self.quiet_hours if job.quiet_hours is None else job.quiet_hours


def wall_trigger(cron: str) -> CronTrigger:
    """The trigger of five cron fields, on a clock without a zone; raises `UnreadableError`.

    A number for a day of the week counts from Monday as 0.
    """
    try:
        return CronTrigger.from_crontab(cron, timezone="UTC")
    except (ValueError, TypeError) as error:
        raise UnreadableError(
            f'อ่าน cron «{cron}» ไม่ได้: {error} เขียนห้าช่อง (นาที ชั่วโมง วันที่ เดือน วัน) เช่น "0 1 * * mon"',
            f'cannot read cron «{cron}»: {error}; write five fields like "0 1 * * mon"',
        ) from None
