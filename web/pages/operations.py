"""The API for people to read: its operations, and their description for programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from web.addresses import origin_of
from web.render import page

router = APIRouter()
_METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/api/v1/openapi.json")
def description(request: Request) -> Response:
    """The API as OpenAPI."""
    return JSONResponse(request.app.openapi())


@router.get("/api")
def operations(request: Request) -> Response:
    """Every operation with its parameters, and how to use a token."""
    found = operations_of(request.app.openapi())
    origin = origin_of(request, request.app.state.site.settings)
    return page(request, "operations.html", operations=found, origin=origin)


def operations_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Method, path, summary and parameters of every operation of an OpenAPI document."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "parameters": [
                {
                    "name": one["name"],
                    "where": one["in"],
                    "required": one.get("required", False),
                    "about": one.get("description", ""),
                }
                for one in operation.get("parameters", [])
            ],
            "body": "requestBody" in operation,
        }
        for path, methods in sorted(spec.get("paths", {}).items())
        for method, operation in methods.items()
        if method in _METHODS
    ]
