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
    ("registry", "administrator", "/registry"),
    ("registry-unit", "administrator", "/registry/surin"),
    ("registry-own", "webmaster", "/registry/surin"),
    ("registry-approve", "executive", "/registry/surin"),
    ("registry-hostile", "reviewer", "/registry/hostile"),
    ("registry-revisions", "administrator", "/registry/surin/revisions"),
    ("registry-history", "administrator", "/registry/-/history"),
    ("registry-new", "administrator", "/registry/-/new"),
    ("registry-import", "administrator", "/registry/-/import"),
    ("api", "reviewer", "/api"),
    ("evidence", "webmaster", "/units/surin/items/O3"),
    ("evidence-fail", "reviewer", "/units/nan/items/O2"),
    ("evidence-review", "reviewer", "/units/nan/items/O3"),
    ("evidence-error", "reviewer", "/units/dark/items/O5"),
    ("evidence-hostile", "reviewer", "/units/hostile/items/O5"),
    ("evidence-compare", "webmaster", "/units/surin/items/O3/compare"),
    ("not-found", "reviewer", "/no/such"),
    ("refused", "webmaster", "/users"),
)
