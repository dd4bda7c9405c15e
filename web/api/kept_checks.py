"""Kept answers of self-checks, for programs: keep, list, read, delete one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from results.self_check import SelfCheckReport
from web.api.self_checks import Checker, OwnJob
from web.checking.kept import KeptCheck
from web.checking.opening import kept_of
from web.pages.self_check import forget_answer, keep_answer, kept_answer
from web.viewer import OnSite

router = APIRouter(prefix="/api/v1", tags=["self-checks"])
KeptId = Annotated[str, Path(max_length=64, description="id จากรายการ")]


class KeptLine(BaseModel):
    """A kept answer in the list."""

    id: str
    kept_at: datetime


class KeptAnswer(KeptLine):
    """A kept answer with its report."""

    report: SelfCheckReport


def _whole(one: KeptCheck) -> KeptAnswer:
    return KeptAnswer(id=one.id, kept_at=one.kept_at, report=one.report)


@router.get("/kept-checks", summary="ผลตรวจด้วยตนเองที่เก็บไว้ ใหม่สุดก่อน")
def kept(site: OnSite, viewer: Checker) -> list[KeptLine]:
    """The asker's own kept answers."""
    return [KeptLine(id=one.id, kept_at=one.kept_at) for one in kept_of(site).of(viewer.name)]


@router.get("/kept-checks/{kept_id}", summary="ผลตรวจที่เก็บไว้หนึ่งรายการ")
def one_kept(site: OnSite, viewer: Checker, kept_id: KeptId) -> KeptAnswer:
    """A kept answer of one's own."""
    return _whole(kept_answer(site, viewer, kept_id))


@router.delete("/kept-checks/{kept_id}", status_code=204, summary="ลบผลตรวจที่เก็บไว้")
def delete(request: Request, site: OnSite, viewer: Checker, kept_id: KeptId) -> None:
    """Delete a kept answer of one's own."""
    forget_answer(request, site, viewer, kept_id)


@router.post("/self-checks/{job_id}/keep", status_code=201, summary="เก็บผลตรวจไว้จนกว่าจะลบ")
def keep(request: Request, site: OnSite, viewer: Checker, job: OwnJob) -> KeptAnswer:
    """Keep the answer of a check that is done."""
    return _whole(keep_answer(request, site, viewer, job))
