"""The pages, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import (
    account,
    audit,
    checklist,
    decisions,
    entrance,
    evidence,
    openid,
    operations,
    overview,
    registry,
    registry_files,
    registry_history,
    review,
    scan_files,
    scan_jobs,
    scans,
    self_check,
    unit_files,
    units,
    users,
)

ROUTERS: tuple[APIRouter, ...] = (
    entrance.router,
    openid.router,
    account.router,
    users.router,
    audit.router,
    review.router,
    decisions.router,
    evidence.router,
    operations.router,
    checklist.router,
    overview.router,
    self_check.router,
    scan_jobs.router,
    scan_files.router,
    scans.router,
    registry_files.router,
    registry_history.router,
    registry.router,
    unit_files.router,
    units.router,
)
