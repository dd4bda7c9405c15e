"""The pages of which `python -m tests.web.screenshots` makes pictures: name, who looks, path."""

from __future__ import annotations

PAGES: tuple[tuple[str, str | None, str], ...] = (
    ("login", None, "/login"),
    ("overview", "executive", "/overview"),
    ("overview-filtered", "reviewer", "/overview?verdict=fail&type=local"),
    ("overview-own", "webmaster", "/overview"),
    ("account", "webmaster", "/account"),
    ("password", "executive", "/account/password"),
    ("users", "administrator", "/users"),
    ("user", "administrator", "/users/webmaster"),
    ("audit", "administrator", "/audit"),
    ("api", "reviewer", "/api"),
    ("not-found", "reviewer", "/no/such"),
    ("refused", "webmaster", "/users"),
)
