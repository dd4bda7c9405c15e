"""Pages from templates: escaped, with who is signed in, the head, and addresses of assets."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from accounts.roles import ROLE_DUTIES, ROLE_NAMES, Right, Role
from checklist.loader import available, available_years, load
from results.links import safe_link
from results.speech import day_text
from web.asset_files import asset
from web.marks import mark_of
from web.moments import long_moment, machine_moment, short_moment
from web.navigation import entries_for, is_here

if TYPE_CHECKING:
    from fastapi import Request
    from jinja2.runtime import Context

    from web.paging import Paging
    from web.viewer import Viewer

_TEMPLATES = Path(__file__).parent / "templates"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of `template` with `values`, for the viewer of the request."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    paths = request.app.state.paths
    head = entries_for(viewer, paths) if viewer and not viewer.person.must_change else []
    text = environment().get_template(template).render(
        request=request,
        viewer=viewer,
        csrf_token=viewer.csrf if viewer else "",
        head=[(one, is_here(one, request.url.path)) for one in head],
        fiscal_year=_fiscal_year(),
        version=request.app.state.site.sources.version,
        **values,
    )  # fmt: skip
    return HTMLResponse(text, status)


def fragment(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A part of a page for htmx: the same, from a template that does not extend `base.html`."""
    return page(request, template, **values)


@cache
def environment() -> Environment:
    """The templates with everything that they may call."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["safe_link"] = safe_link
    made.globals.update(
        asset=asset,
        day_text=day_text,
        long_moment=long_moment,
        short_moment_text=short_moment,
        machine_moment=machine_moment,
        mark_of=mark_of,
        checklist_name=checklist_name,
        csrf=_csrf,
        with_query=_with_query,
        Right=Right,
        Role=Role,
        ROLE_NAMES=ROLE_NAMES,
        ROLE_DUTIES=ROLE_DUTIES,
    )
    macros = made.get_template("macros.html").make_module({})
    names = [name for name in dir(macros) if not name.startswith("_")]
    made.globals.update({name: getattr(macros, name) for name in names}, pager=_pager)
    return made


def checklist_name(key: str) -> str:
    """`OIT 2566` for a checklist's key; the key itself for a list that this version lacks."""
    if key not in available():
        return key
    known = load(key)
    return f"{known.short} {known.year}"


@pass_context
def _csrf(context: Context) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(context["csrf_token"])


@pass_context
def _with_query(context: Context, **changes: object) -> str:
    """The address of this page with other values in its query; `None` takes one out."""
    url = context["request"].url
    kept = {name: value for name, value in changes.items() if value is not None}
    gone = [name for name, value in changes.items() if value is None]
    shown = url.remove_query_params(gone).include_query_params(**kept)
    return f"{shown.path}?{shown.query}" if shown.query else str(shown.path)


@pass_context
def _pager(context: Context, paging: Paging) -> Markup:
    """Links to the parts before and after; macros know no request, so they are given them."""
    back, on = (_with_query(context, page=paging.number + step) for step in (-1, 1))
    links: Any = environment().globals["pager_links"]
    return Markup(links(paging, back, on))  # nosec B704  # a macro escapes


@cache
def _fiscal_year() -> int:
    return max(available_years())
