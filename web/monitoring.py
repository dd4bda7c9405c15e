"""What watches the program asks, without a login: `/healthz` and `/metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import APIRouter, Request
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from web.health import Examination

HEALTH_WITHIN_S = 1.8
METRICS_WITHIN_S = 8.0

router = APIRouter()


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """Whether all is well, with what fails by name."""
    examination = Examination(request.app.state.site.sources)
    await _within(HEALTH_WITHIN_S, examination.run)
    verdict = examination.verdict()
    return JSONResponse(verdict, 200 if verdict["status"] == "ok" else 503)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """The figures for Prometheus."""
    registry = request.app.state.registry
    written: list[bytes] = []
    done = await _within(METRICS_WITHIN_S, lambda: written.append(generate_latest(registry)))
    if not done:
        return PlainTextResponse("timed out\n", 503)
    return Response(written[0], media_type=CONTENT_TYPE_LATEST)


async def _within(seconds: float, work: Callable[[], None]) -> bool:
    """Do `work` in a thread; False when it is not done in time, and left to itself."""
    task = asyncio.ensure_future(run_in_threadpool(work))
    done, _waiting = await asyncio.wait({task}, timeout=seconds)
    if done:
        task.result()
    return bool(done)
