"""The steps of a self-check, as they are told to the person who waits."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from results.links import shown_url
from results.self_check import SelfCheckReport
from results.wording import tidy

if TYPE_CHECKING:
    from crawler.harvest import CrawlEvent

_LETTERS = 120


class StepKind(StrEnum):
    """What a step is about."""

    FETCH = "fetch"
    READ = "read"
    OCR = "ocr"
    JUDGE = "judge"


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Line):
    """One step: `text` says it in Thai, `done` of `total` pages where there is a number."""

    say: Literal["step"] = "step"
    kind: StepKind
    text: str
    done: int | None = None
    total: int | None = None


class Answer(_Line):
    """The end: what was found."""

    say: Literal["answer"] = "answer"
    report: SelfCheckReport


class Failure(_Line):
    """The end without an answer: `memory`, or `failed` for anything unforeseen."""

    say: Literal["failure"] = "failure"
    code: Literal["memory", "failed"]


class Ready(_Line):
    """The process has come up and takes a request."""

    say: Literal["ready"] = "ready"


Line = Annotated[Step | Answer | Failure | Ready, Field(discriminator="say")]
LINES: TypeAdapter[Line] = TypeAdapter(Line)
"""Reads one line of a process that checks; raises `ValueError` for another one."""


def reading_file(name: str) -> Step:
    """A file is being read."""
    return Step(kind=StepKind.READ, text=f"อ่านเอกสาร {tidy(name, _LETTERS)}")


def asking(url: str) -> Step:
    """The page that was given is being asked for."""
    return Step(kind=StepKind.FETCH, text=f"ขอหน้าเว็บ {shown_url(url)}")


def crawled(event: CrawlEvent) -> Step | None:
    """The step that an event of the crawl is; `None` for one that tells a person nothing."""
    if event.kind == "page":
        return Step(
            kind=StepKind.FETCH,
            text=f"อ่านหน้าเว็บแล้ว {event.pages_done:,} หน้า ล่าสุด {shown_url(event.url)}",
            done=event.pages_done,
        )
    if event.kind == "rendered":
        return Step(kind=StepKind.FETCH, text=f"เปิดด้วยเบราว์เซอร์ {shown_url(event.url)}")
    if event.kind == "second_pass":
        return Step(kind=StepKind.FETCH, text="เว็บไซต์ไม่ตอบในครั้งแรก กำลังขออีกครั้ง")
    return None


def looking(place: int, total: int) -> Step:
    """A scanned page is being read."""
    return Step(
        kind=StepKind.OCR,
        text=f"อ่านภาพด้วย OCR หน้า {place}/{total}",
        done=place,
        total=total,
    )


def judging(items: int) -> Step:
    """The items are being judged."""
    return Step(kind=StepKind.JUDGE, text=f"ตัดสินตามเกณฑ์ {items} ข้อ")
