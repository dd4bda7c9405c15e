"""Self-check: what a page or file would answer before it is given to ITAS, for those who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from accounts.roles import Right
from checklist.loader import available, load
from database.sessions import together
from web.checking.asking import newest_checklist, usual_day
from web.checking.job import STATES_TH, Job, State
from web.checking.kept import DATA, PAGE, KeepError, KeptCheck
from web.checking.opening import desk_of, kept_of, today_at, units_for
from web.checking.starting import Sent, sent_in, started
from web.checking.units_known import found_units
from web.checking.watching import watched
from web.faults import BadInput, Fault, NotFound
from web.limits import FORM
from web.render import environment, fragment, page
from web.viewer import OnSite, Viewer, needs, record

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from web.site import Site

router = APIRouter(prefix="/self-check")
Checker = Annotated[Viewer, Depends(needs(Right.SELF_CHECK))]
_SUGGESTED = 12
_GONE = "ไม่พบการตรวจนี้ อาจครบเวลาและถูกลบไปแล้ว หรือไม่ใช่การตรวจของท่าน ให้เริ่มตรวจใหม่"
_TYPES = {DATA: "application/json", PAGE: "text/html; charset=utf-8"}


async def _sent(request: Request) -> Sent:
    return sent_in(await request.form(**FORM))


def _job(request: Request, site: OnSite, viewer: Checker, job_id: str) -> Job:
    """The viewer's own job; another's does not exist."""
    job = desk_of(request.app.state, site).find(viewer.name, job_id)
    if job is None:
        raise NotFound(_GONE)
    return job


OwnJob = Annotated[Job, Depends(_job)]


@router.get("")
def form(request: Request, site: OnSite, viewer: Checker) -> HTMLResponse:
    """The form, and what the viewer has started or kept."""
    desk_of(request.app.state, site).prepare()
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    return _form(request, site, viewer, query)


@router.post("")
def start(
    request: Request, site: OnSite, viewer: Checker, sent: Annotated[Sent, Depends(_sent)]
) -> Response:
    """Start a check and lead to it; a slip shows the form again, with what was typed."""
    try:
        job = started(request, viewer, sent)
    except Fault as fault:
        if fault.status >= 500:
            raise
        answer = _form(request, site, viewer, sent.fields, fault)
        answer.headers.update(fault.headers)
        return answer
    finally:
        sent.close()
    return _to(f"/self-check/{job.id}")


@router.get("/units")
def units(request: Request, site: OnSite, viewer: Checker, unit: str = "") -> HTMLResponse:
    """Units whose id or name holds what was typed, for the field's list."""
    found = found_units(units_for(request.app.state, site, viewer), unit[:200], _SUGGESTED)
    return fragment(request, "self_check_units.html", units=found)


@router.get("/kept/{kept_id}")
def kept(request: Request, site: OnSite, viewer: Checker, kept_id: str) -> HTMLResponse:
    """A kept answer."""
    found = kept_answer(site, viewer, kept_id)
    return page(request, "self_check_kept.html", kept=found, report=found.report)


@router.get("/kept/{kept_id}/{name}")
def kept_file(site: OnSite, viewer: Checker, kept_id: str, name: str) -> Response:
    """A kept answer as a file to take away."""
    content = kept_of(site).file(viewer.name, kept_id, name)
    if content is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="self-check-{name}"'}
    return Response(content, media_type=_TYPES[name], headers=headers)


@router.post("/kept/{kept_id}/delete")
def delete_kept(request: Request, site: OnSite, viewer: Checker, kept_id: str) -> Response:
    """Delete a kept answer."""
    forget_answer(request, site, viewer, kept_id)
    return _to("/self-check")


def forget_answer(request: Request, site: Site, viewer: Viewer, kept_id: str) -> None:
    """Delete the viewer's own kept answer and record it; raises `NotFound`."""
    kept_answer(site, viewer, kept_id)
    with together(site.engine):
        record(request, viewer, "self_check.deleted", f"self_check:{kept_id}")
        kept_of(site).delete(viewer.name, kept_id)


@router.get("/{job_id}")
def show(request: Request, site: OnSite, job: OwnJob) -> HTMLResponse:
    """Where the check stands; when it is over, its answer."""
    desk = desk_of(request.app.state, site)
    desk.saw(job)
    return page(
        request,
        "self_check_job.html",
        job=job,
        report=job.report,
        state_th=STATES_TH[job.state],
        waiting=job.state is State.WAITING,
        minutes=round(desk.settings.forget_minutes),
        seconds=round(desk.settings.seconds),
    )


@router.get("/{job_id}/events")
async def events(request: Request, viewer: Checker, job: OwnJob) -> Response:
    """The check's news as they come."""
    return watched(request, viewer, job)


@router.post("/{job_id}/cancel")
def cancel(request: Request, site: OnSite, job: OwnJob) -> Response:
    """Stop the check."""
    desk_of(request.app.state, site).cancel(job)
    return _to(f"/self-check/{job.id}")


@router.post("/{job_id}/delete")
def delete(request: Request, site: OnSite, job: OwnJob) -> Response:
    """Delete the check and its answer now."""
    desk_of(request.app.state, site).forget(job)
    return _to("/self-check")


@router.post("/{job_id}/keep")
def keep(request: Request, site: OnSite, viewer: Checker, job: OwnJob) -> Response:
    """Keep the answer in the data folder until its owner deletes it."""
    return _to(f"/self-check/kept/{keep_answer(request, site, viewer, job).id}")


def keep_answer(request: Request, site: Site, viewer: Viewer, job: Job) -> KeptCheck:
    """Keep a job's answer and record it; raises `BadInput`."""
    if job.report is None:
        raise BadInput("ยังไม่มีผลให้เก็บ ให้รอจนตรวจเสร็จก่อน")
    try:
        made = kept_of(site).keep(viewer.name, job.report, site.clock(), _paper)
    except KeepError as error:
        raise BadInput(str(error)) from None
    try:
        record(request, viewer, "self_check.kept", f"self_check:{made.id}")
    except BaseException:
        kept_of(site).delete(viewer.name, made.id)
        raise
    return made


def kept_answer(site: Site, viewer: Viewer, kept_id: str) -> KeptCheck:
    """The viewer's own kept answer; raises `NotFound`."""
    found = kept_of(site).find(viewer.name, kept_id)
    if found is None:
        raise NotFound
    return found


def _paper(made: KeptCheck) -> str:
    """The answer as a page that needs nothing else."""
    template = environment().get_template("self_check_paper.html")
    return template.render(kept=made, report=made.report)


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


def _form(
    request: Request,
    site: OnSite,
    viewer: Viewer,
    typed: dict[str, list[str]] | Any,
    fault: Fault | None = None,
) -> HTMLResponse:
    """The form with what was typed; the file must be chosen again, browsers see to that."""
    desk = desk_of(request.app.state, site)
    units = {} if viewer.sees_all else units_for(request.app.state, site, viewer)
    checklist = _checklist(typed)
    day = usual_day(checklist, today_at(site))
    return page(
        request,
        "self_check.html",
        status=fault.status if fault else 200,
        wrong=fault.thai if fault else "",
        checklist=checklist,
        checklists=[site.checklist(key) for key in available()],
        typed={name: (values or [""])[0] for name, values in typed.items()},
        chosen={part.upper() for value in typed.get("items", ()) for part in value.split(",")},
        units=list(units.values()),
        sees_all=viewer.sees_all,
        day=f"{day.day}/{day.month}/{day.year + 543}",
        max_mb=desk.settings.max_mb,
        minutes=round(desk.settings.forget_minutes),
        jobs=desk.of(viewer.name),
        kept=kept_of(site).of(viewer.name),
        states=STATES_TH,
    )


def _checklist(typed: Any) -> Checklist:
    wanted = (typed.get("checklist") or [""])[0]
    return load(wanted if wanted in available() else newest_checklist())
