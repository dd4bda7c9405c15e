"""The operations of the JSON API, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.api import (
    account,
    audit,
    checklists,
    evidence,
    kept_checks,
    overview,
    registry,
    registry_files,
    reviews,
    scan_files,
    scans,
    self_checks,
    sessions,
    tokens,
    unit_files,
    units,
    users,
)

ROUTERS: tuple[APIRouter, ...] = (
    account.router,
    users.router,
    reviews.router,
    audit.router,
    checklists.router,
    overview.router,
    self_checks.router,
    scans.router,
    evidence.router,
    registry.router,
    units.router,
    kept_checks.router,
    registry_files.router,
    scan_files.router,
    sessions.router,
    tokens.router,
    unit_files.router,
)
