"""Every route of the application by its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute, Route


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path, as declared, of every route; `*` for what is no route of ours."""
    yield from _declared(app.routes)


def _declared(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in routes:
        # Routers stay whole in the application that includes them.
        router = getattr(route, "original_router", None)
        if isinstance(router, APIRouter):
            yield from _declared(router.routes)
        elif isinstance(route, Route):
            yield from ((method, route.path) for method in sorted(route.methods or ()))
        else:
            yield "*", str(getattr(route, "path", repr(route)))


def paths_of(app: FastAPI) -> frozenset[str]:
    """The paths, as declared, that pages can be asked of."""
    return frozenset(path for method, path in routes_of(app) if method == "GET")
