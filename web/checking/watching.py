"""The news of a job as server-sent events, in their order, from wherever a reader left off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from sse_starlette import ServerSentEvent

from web.streams import Stream

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.checking.job import Job
    from web.viewer import Viewer

_LOOK_EVERY_S = 0.15


def watched(request: Request, viewer: Viewer, job: Job) -> Stream:
    """The stream of a job; it ends with the event `end`."""
    last = request.headers.get("last-event-id", "")
    after = int(last) if last.isdecimal() and len(last) < 8 else 0
    return Stream(request, viewer, _news(job, after))


async def _news(job: Job, after: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        for event in job.news(after):
            after = event.number
            data = json.dumps(event.data, ensure_ascii=False)
            yield ServerSentEvent(data, event=event.name, id=str(event.number))
            if event.name == "end":
                return
        if job.state.over and not job.news(after):
            return
        await asyncio.sleep(_LOOK_EVERY_S)
