"""The pages of which `python -m tests.web.screenshots` makes pictures: name, who looks, path."""

from __future__ import annotations

PAGES: tuple[tuple[str, str | None, str], ...] = (
    ("login", None, "/login"),
    ("account", "webmaster", "/account"),
    ("password", "executive", "/account/password"),
    ("users", "administrator", "/users"),
    ("user", "administrator", "/users/webmaster"),
    ("audit", "administrator", "/audit"),
    ("api", "reviewer", "/api"),
    ("scans", "reviewer", "/scans"),
    ("scan", "reviewer", "/scans/3"),
    ("scan-new", "reviewer", "/scans/new"),
    ("scan-changes", "executive", "/scans/3/changes"),
    ("not-found", "reviewer", "/no/such"),
    ("refused", "webmaster", "/users"),
)
