"""Self-checks for programs: start one, ask how it stands, follow its news, delete it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from accounts.roles import Right
from results.self_check import SelfCheckReport
from web.checking.job import Job, State
from web.checking.opening import desk_of
from web.checking.starting import Sent, sent_as_json, sent_in, started
from web.checking.watching import watched
from web.faults import BadInput, NotFound
from web.limits import FORM
from web.viewer import OnSite, Viewer, needs

router = APIRouter(prefix="/api/v1/self-checks", tags=["self-checks"])
Checker = Annotated[Viewer, Depends(needs(Right.SELF_CHECK))]

_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        kind: {
            "schema": {
                "type": "object",
                "properties": {
                    "url": {"type": "string", "description": "หน้าเว็บที่จะตรวจ"},
                    "items": {"type": "array", "items": {"type": "string"}},
                    "checklist": {"type": "string", "example": "oit-2566"},
                    "as_of": {"type": "string", "example": "2566-04-30"},
                    "unit": {"type": "string", "description": "รหัสหรือชื่อหน่วยงาน"},
                    **more,
                },
            }
        }
        for kind, more in (
            ("application/json", {}),
            ("multipart/form-data", {"file": {"type": "string", "format": "binary"}}),
        )
    },
}


class StepAnswer(BaseModel):
    """One step that was done or is being done."""

    kind: str
    text: str
    done: int | None = None
    total: int | None = None


class SelfCheckAnswer(BaseModel):
    """How a self-check stands; `place` is its place in the queue, 0 when it does not wait."""

    id: str
    state: State
    place: int
    source: str
    created: datetime
    ended: datetime | None
    steps: list[StepAnswer]
    failure: str
    report: SelfCheckReport | None


class SelfCheckList(BaseModel):
    """The asker's own self-checks, newest first, without their reports."""

    self_checks: list[SelfCheckAnswer]


async def _sent(request: Request) -> Sent:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return sent_in(await request.form(**FORM))
    try:
        return sent_as_json(json.loads(await request.body()))
    except (ValueError, RecursionError):
        raise BadInput("ให้ส่งเป็น JSON หรือ multipart/form-data ที่อ่านได้") from None


def _job(request: Request, site: OnSite, viewer: Checker, job_id: str) -> Job:
    job = desk_of(request.app.state, site).find(viewer.name, job_id)
    if job is None:
        raise NotFound("ไม่พบการตรวจนี้ อาจถูกลบไปแล้ว หรือไม่ใช่การตรวจของท่าน")
    return job


OwnJob = Annotated[Job, Depends(_job)]


@router.get("", summary="การตรวจของตนเองที่ยังไม่ถูกลบ")
def own(request: Request, site: OnSite, viewer: Checker) -> SelfCheckList:
    """The asker's own self-checks, newest first."""
    jobs = desk_of(request.app.state, site).of(viewer.name)
    return SelfCheckList(self_checks=[_answer(job, whole=False) for job in jobs])


@router.post(
    "",
    status_code=202,
    summary="เริ่มตรวจหน้าเว็บหรือไฟล์หนึ่ง",
    openapi_extra={"requestBody": _BODY},
)
def start(
    request: Request, viewer: Checker, sent: Annotated[Sent, Depends(_sent)], response: Response
) -> SelfCheckAnswer:
    """Start a self-check; `Location` is where it is asked about."""
    try:
        job = started(request, viewer, sent)
    finally:
        sent.close()
    response.headers["Location"] = f"{router.prefix}/{job.id}"
    return _answer(job)


@router.get("/{job_id}", summary="สถานะและผลของการตรวจ")
def show(request: Request, site: OnSite, job: OwnJob) -> SelfCheckAnswer:
    """How a self-check stands, with its answer when it is done."""
    answer = _answer(job)
    desk_of(request.app.state, site).saw(job)
    return answer


@router.get("/{job_id}/events", summary="ความคืบหน้า (server-sent events)", response_class=Response)
async def events(request: Request, viewer: Checker, job: OwnJob) -> Response:
    """The news of a self-check: `place`, `step`, and `end` last."""
    return watched(request, viewer, job)


@router.delete("/{job_id}", status_code=204, summary="หยุดการตรวจและลบผล")
def delete(request: Request, site: OnSite, job: OwnJob) -> None:
    """Stop a self-check that is not over, and delete it."""
    desk_of(request.app.state, site).forget(job)


def _answer(job: Job, *, whole: bool = True) -> SelfCheckAnswer:
    return SelfCheckAnswer(
        id=job.id,
        state=job.state,
        place=job.place,
        source=job.name,
        created=job.created,
        ended=job.ended,
        steps=[StepAnswer.model_validate(dict(event.data)) for event in job.steps],
        failure=job.failure,
        report=job.report if whole else None,
    )
