"""The pages, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import (
    account,
    audit,
    checklist,
    entrance,
    evidence,
    openid,
    operations,
    registry,
    registry_files,
    registry_history,
    scan_files,
    scan_jobs,
    scans,
    users,
)

ROUTERS: tuple[APIRouter, ...] = (
    entrance.router,
    openid.router,
    account.router,
    users.router,
    audit.router,
    evidence.router,
    operations.router,
    checklist.router,
    scan_jobs.router,
    scan_files.router,
    scans.router,
    registry_files.router,
    registry_history.router,
    registry.router,
)
