"""The log of who did what: sought by person, deed, subject and day, exported as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from accounts.audit import Audit, Entry, Sought
from accounts.roles import Right
from results.speech import BANGKOK
from units.formulas import defused
from web.audit_words import words_of
from web.days import beginning, read_day
from web.moments import machine_moment
from web.paging import Paging
from web.render import page
from web.viewer import OnSite, SignedIn, needs, record

router = APIRouter(prefix="/audit", dependencies=[Depends(needs(Right.READ_AUDIT))])
A_PAGE = 50
_ASKED = ("who", "what", "subject", "since", "until")
_HEAD = ("id", "at", "who", "role", "address", "what", "what_th", "subject", "detail")


def sought(
    who: Annotated[str, Query(max_length=64)] = "",
    what: Annotated[str, Query(max_length=60)] = "",
    subject: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=20)] = "",
    until: Annotated[str, Query(max_length=20)] = "",
) -> Sought:
    """What is asked for; days are Thailand's, both included. Raises `BadInput`."""
    first, last = read_day(since), read_day(until)
    return Sought(
        who,
        what,
        subject,
        beginning(first) if first else None,
        beginning(last + timedelta(days=1)) if last else None,
    )


Asked = Annotated[Sought, Depends(sought)]


@router.get("")
def audit(
    request: Request, site: OnSite, asked: Asked,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:  # fmt: skip
    """The newest first, a page at a time."""
    log = Audit(site.engine)
    paging = Paging.of(number, A_PAGE, log.count(asked))
    kinds = [(kind, words_of(kind)) for kind in log.kinds()]
    entries = [
        (one, words_of(one.what), _told(one)) for one in log.page(asked, paging.skip, A_PAGE)
    ]
    query = request.query_params
    return page(
        request, "audit.html", entries=entries, paging=paging, kinds=kinds, query=query
    )  # fmt: skip


@router.get("/export.csv")
def export(request: Request, site: OnSite, viewer: SignedIn, asked: Asked) -> Response:
    """Everything that is sought, as a table that Excel opens."""
    known = {one: request.query_params.get(one, "") for one in _ASKED}
    detail = {one: value[:200] for one, value in known.items() if value}
    record(request, viewer, "audit.exported", "", detail)
    name = f'attachment; filename="audit-{site.clock().astimezone(BANGKOK):%Y%m%d}.csv"'
    lines = _lines(Audit(site.engine).each(asked))
    return StreamingResponse(lines, headers={"Content-Disposition": name}, media_type="text/csv")


def _lines(entries: Iterator[Entry]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _line(_HEAD)
    for one in entries:
        cells = (
            str(one.id), machine_moment(one.at), one.who, one.role, one.address, one.what,
            words_of(one.what), one.subject, _told(one),
        )  # fmt: skip
        yield _line(cells)


def _line(cells: tuple[str, ...]) -> bytes:
    written = io.StringIO()
    # A cell that begins like a formula would be run by a spreadsheet.
    csv.writer(written).writerow(map(defused, cells))
    return written.getvalue().encode()


def _told(entry: Entry) -> str:
    return json.dumps(entry.detail, ensure_ascii=False) if entry.detail else ""
