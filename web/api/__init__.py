"""The operations of the JSON API, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.api import (
    account,
    audit,
    checklists,
    evidence,
    registry,
    scans,
    users,
)

ROUTERS: tuple[APIRouter, ...] = (
    account.router,
    users.router,
    audit.router,
    checklists.router,
    scans.router,
    evidence.router,
    registry.router,
)
