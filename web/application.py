"""The application: every page and every operation of the API, behind one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from web import asset_files, monitoring
from web.api import ROUTERS as OPERATIONS
from web.fault_pages import add_fault_pages
from web.guard import identified, own_form, whole_letters
from web.headers import SecureHeaders
from web.hosts import KnownHosts
from web.limits import FORM, BodyLimit
from web.metrics import registry_of
from web.openid import Provider
from web.pages import ROUTERS as PAGES
from web.route_paths import paths_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from web.site import Site


class FaultText(BaseModel):
    """What is wrong: a code for programs, a Thai sentence for people."""

    code: str
    message: str


class FaultAnswer(BaseModel):
    """The answer of every operation that was not done."""

    error: FaultText


_FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": FaultAnswer, "description": thai}
    for status, thai in (
        (400, "อ่านข้อมูลที่ส่งมาไม่ได้"),
        (401, "ยังไม่ได้ลงชื่อเข้าใช้ หรือโทเคนใช้ไม่ได้"),
        (403, "ไม่มีสิทธิ์"),
        (404, "ไม่พบ หรือไม่ใช่ของหน่วยงานที่ดูแล"),
        (413, "ข้อมูลใหญ่เกินไป"),
        (422, "ข้อมูลที่ส่งมาใช้ไม่ได้"),
        (429, "ถี่หรือมากเกินไป ให้รอแล้วลองใหม่"),
        (503, "ฐานข้อมูลใช้งานไม่ได้ชั่วคราว"),
    )
}
# For the description alone: who asks was found before, by token or session.
_TOKEN = HTTPBearer(
    auto_error=False, scheme_name="token", description="โทเคนจากหน้า «บัญชีของฉัน» ขึ้นต้นด้วย oit_"
)


def application(site: Site) -> ASGIApp:
    """The pages and the API over `site`, each answer with the headers that guard a browser."""
    shown: ASGIApp = BodyLimit(pages_of(site))
    if site.settings.address:
        shown = KnownHosts(shown, site.settings.address)
    if site.settings.proxies:
        shown = ProxyHeadersMiddleware(shown, list(site.settings.proxies))  # type: ignore[arg-type,assignment]
    return SecureHeaders(shown, https=site.settings.address.startswith("https:"))


def pages_of(site: Site) -> FastAPI:
    """The application without what is wrapped around it."""
    app = FastAPI(
        title="ตัวตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)",
        version=site.sources.version or "0",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # Its redirects would lead to whatever host the request names.
        redirect_slashes=False,
        form_limits={"max_files": FORM["max_files"], "max_fields": FORM["max_fields"]},
        dependencies=[Depends(identified), Depends(own_form), Depends(whole_letters)],
    )
    app.state.site = site
    app.state.registry = registry_of(site.sources)
    app.state.provider = Provider(site.settings.openid) if site.settings.openid else None
    for router in (monitoring.router, asset_files.router, *PAGES):
        app.include_router(router, include_in_schema=False)
    for router in OPERATIONS:
        app.include_router(router, responses=_FAULTS, dependencies=[Depends(_TOKEN)])
    app.state.paths = paths_of(app)
    app.state.told_too_soon = {}
    add_fault_pages(app)
    return app
