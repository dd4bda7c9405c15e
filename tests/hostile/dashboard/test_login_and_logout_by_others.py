"""Another site signs somebody in as the attacker, or out (login CSRF).

Tried: the login form sent without its page's key, with the key of the attacker's own visit, and a
logout by a link or a picture.
Must: nobody is signed in or out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.web.seeds import PASSWORD

if TYPE_CHECKING:
    from tests.web.conftest import Dashboard


def test_a_login_needs_the_page_that_this_browser_opened(standing: Dashboard) -> None:
    found = re.search(r'name="csrf" value="(\w+)"', standing.client().get("/login").text)
    assert found is not None
    for key in ("", "0" * 64, found[1]):
        victim = standing.client()
        victim.get("/login")
        form = {"name": "guest", "password": PASSWORD, "csrf": key}
        assert victim.post("/login", data=form).status_code == 403
        assert "oit" not in victim.cookies


def test_a_link_signs_nobody_out(standing: Dashboard) -> None:
    person = standing.client("reviewer")
    for path in ("/logout", "/logout/", "/logout?csrf=" + person.csrf):
        assert person.get(path).status_code in (307, 405)
    assert person.get("/account").status_code == 200
