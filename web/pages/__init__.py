"""The pages, a file for each subject; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from web.pages import account, audit, checklist, entrance, openid, operations, users

ROUTERS: tuple[APIRouter, ...] = (
    entrance.router,
    openid.router,
    account.router,
    users.router,
    audit.router,
    operations.router,
    checklist.router,
)
