"""The pages, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import (
    account,
    audit,
    entrance,
    evidence,
    openid,
    operations,
    overview,
    registry,
    registry_files,
    registry_history,
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
    overview.router,
    registry_files.router,
    registry_history.router,
    registry.router,
)
