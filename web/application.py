"""The pages: `/` says what runs, `/healthz` whether all is well, `/metrics` the figures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from web.front import front_page
from web.headers import SecureHeaders
from web.health import Examination
from web.metrics import registry_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

    from web.sources import Sources

HEALTH_WITHIN_S = 1.8
METRICS_WITHIN_S = 8.0


def application(sources: Sources) -> ASGIApp:
    """The pages over `sources`, each answer with the headers that guard a reader's browser."""
    registry = registry_of(sources)

    async def front(_request: Request) -> Response:
        return HTMLResponse(front_page(sources.version))

    async def healthz(_request: Request) -> Response:
        examination = Examination(sources)
        await _within(HEALTH_WITHIN_S, examination.run)
        verdict = examination.verdict()
        return JSONResponse(verdict, 200 if verdict["status"] == "ok" else 503)

    async def metrics(_request: Request) -> Response:
        written: list[bytes] = []
        done = await _within(METRICS_WITHIN_S, lambda: written.append(generate_latest(registry)))
        if not done:
            return PlainTextResponse("timed out\n", 503)
        return Response(written[0], media_type=CONTENT_TYPE_LATEST)

    routes = [Route("/", front), Route("/healthz", healthz), Route("/metrics", metrics)]
    return SecureHeaders(Starlette(routes=routes))


async def _within(seconds: float, work: Callable[[], None]) -> bool:
    """Do `work` in a thread; False when it is not done in time, and left to itself."""
    task = asyncio.ensure_future(run_in_threadpool(work))
    done, _waiting = await asyncio.wait({task}, timeout=seconds)
    if done:
        task.result()
    return bool(done)
