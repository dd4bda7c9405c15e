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
    ("checklist", "webmaster", "/checklist"),
    ("checklist-item", "webmaster", "/checklist/oit-2566/O12"),
    ("checklist-differences", "executive", "/checklist/-/differences"),
    ("not-found", "reviewer", "/no/such"),
    ("refused", "webmaster", "/users"),
)
