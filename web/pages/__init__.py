"""The pages, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import (
    account,
    audit,
    entrance,
    openid,
    operations,
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
    operations.router,
    scan_jobs.router,
    scan_files.router,
    scans.router,
)
