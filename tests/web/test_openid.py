"""Login by an OpenID provider: a real one on loopback, and everything it could get wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey

from accounts.audit import Audit, Sought
from accounts.people import People
from accounts.roles import Role
from database.engine import StoreError
from tests.web.provider import CLIENT, SECRET, TestProvider, provided
from web.openid_settings import OpenIdSettings
from web.settings import SettingsError, WebSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.conftest import Client, Dashboard


@pytest.fixture
def provider() -> Iterator[TestProvider]:
    with provided() as made:
        yield made


def opened(dashboard: Dashboard, provider: TestProvider, **more: Any) -> Dashboard:
    settings = OpenIdSettings.model_validate(
        {"issuer": provider.address, "client_id": CLIENT, "client_secret": SECRET, **more}
    )
    with dashboard.set_up(openid=settings) as made:
        return made


def through(person: Client, path: str = "/login/openid?next=/account") -> Any:
    """To the provider and back, as a browser goes."""
    there = person.get(path)
    assert there.status_code == 303, there.text
    back = httpx.get(there.headers["location"], trust_env=False).headers["location"]
    return person.get(back)


def test_somebody_new_is_let_in_without_any_right(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    person = opened(dashboard, provider).client()
    answer = through(person)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "ยังไม่ได้รับสิทธิ์" in person.get("/account").text
    made = People(dashboard.site.engine).named("somjai")
    assert (made.role, made.outside, made.display) == (Role.GUEST, True, "สมใจ")


def test_the_same_person_has_the_same_account_and_the_role_given_here(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    there = opened(dashboard, provider)
    through(there.client())
    people = People(dashboard.site.engine)
    people.change("somjai", display="สมใจ", role=Role.REVIEWER, units=())
    provider.person["preferred_username"] = "renamed"
    person = there.client()
    through(person)
    assert "เจ้าหน้าที่ผู้ตรวจทาน" in person.get("/account").text
    assert [one.name for one in people.all() if one.outside] == ["somjai"]


def test_a_name_that_is_taken_here_is_not_taken_over(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    provider.person |= {"preferred_username": "admin", "email": "x@example.go.th"}
    person = opened(dashboard, provider).client()
    through(person)
    assert person.get("/users").status_code == 403
    outside = [one for one in People(dashboard.site.engine).all() if one.outside]
    assert outside[0].name.startswith("admin.")


def test_groups_of_the_provider_give_roles_and_take_them(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    there = opened(dashboard, provider, roles="oit-exec=executive,oit-review=reviewer")
    people = People(dashboard.site.engine)
    for groups, role in ((["x", "oit-review"], Role.REVIEWER), ("oit-exec", Role.EXECUTIVE), ([], Role.GUEST)):  # fmt: skip
        provider.person["groups"] = groups
        through(there.client())
        assert people.named("somjai").role is role
    told = Audit(dashboard.site.engine).page(Sought(subject="user:somjai"), 0, 9)
    given = [(one.what, one.detail.get("role") or one.detail["after"]["role"]) for one in told]
    assert given == [
        ("user.changed", "guest"), ("user.changed", "executive"), ("user.added", "reviewer")
    ]  # fmt: skip


NOW = int(time.time())
LIES: tuple[dict[str, Any], ...] = (
    {"aud": "another"},
    {"aud": [CLIENT, "another"]},
    {"iss": "https://evil.example"},
    {"nonce": "replayed"},
    {"exp": NOW - 3600},
    {"exp": None},
    {"sub": ""},
    {"iat": NOW + 3600},
)


@pytest.mark.parametrize("lie", LIES, ids=[*map(str, range(len(LIES)))])
def test_a_word_that_proves_nothing_lets_nobody_in(
    dashboard: Dashboard, provider: TestProvider, lie: dict[str, Any]
) -> None:
    provider.lie = {name: value for name, value in lie.items() if value is not None}
    if None in lie.values():
        provider.lie = {"exp": "soon"}
    refused(dashboard, provider)


def refused(dashboard: Dashboard, provider: TestProvider) -> None:
    person = opened(dashboard, provider).client()
    answer = through(person)
    assert answer.status_code == 403
    assert "ไม่สำเร็จ" in answer.text
    assert person.get("/account").status_code == 303
    (entry,) = Audit(dashboard.site.engine).page(Sought(what="login.outside_refused"), 0, 9)
    assert entry.detail["why"]


def test_a_foreign_signature_lets_nobody_in(dashboard: Dashboard, provider: TestProvider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "k1"})
    refused(dashboard, provider)


def test_a_signature_by_a_shared_secret_lets_nobody_in(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    provider.key, provider.algorithm = OctKey.import_key(SECRET), "HS256"  # type: ignore[assignment]
    refused(dashboard, provider)


def test_a_login_that_another_browser_began_is_refused(
    dashboard: Dashboard, provider: TestProvider
) -> None:
    there = opened(dashboard, provider)
    begun = there.client().get("/login/openid")
    back = httpx.get(begun.headers["location"], trust_env=False).headers["location"]
    assert there.client().get(back).status_code == 403


def test_a_disabled_person_stays_out(dashboard: Dashboard, provider: TestProvider) -> None:
    there = opened(dashboard, provider)
    through(there.client())
    People(dashboard.site.engine).disable("somjai", dashboard.site.clock())
    person = there.client()
    assert through(person).status_code == 403
    assert person.get("/account").status_code == 303


def test_nobody_is_led_elsewhere(dashboard: Dashboard, provider: TestProvider) -> None:
    person = opened(dashboard, provider).client()
    answer = through(person, "/login/openid?next=https://evil.example/")
    assert answer.headers["location"] == "/"


def test_without_a_provider_there_is_no_such_login(dashboard: Dashboard) -> None:
    assert dashboard.client().get("/login/openid").status_code == 404
    assert "openid" not in dashboard.client().get("/login").text


def test_a_provider_that_is_down_is_told(dashboard: Dashboard, provider: TestProvider) -> None:
    provider.described = lambda: {"issuer": provider.address}  # type: ignore[method-assign]
    assert opened(dashboard, provider).client().get("/login/openid").status_code == 403


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OIT_OIDC_ISSUER": "http://login.example", "OIT_OIDC_CLIENT_ID": "x"}, "OIT_OIDC_ISSUER"),
        ({"OIT_OIDC_ISSUER": "https://login.example"}, "OIT_OIDC_CLIENT_ID"),
        (
            {"OIT_OIDC_ISSUER": "https://l.example", "OIT_OIDC_CLIENT_ID": "x", "OIT_OIDC_ROLES": "a=king"},
            "OIT_OIDC_ROLES",
        ),
        ({"OIT_WEB_ADDRESS": "http://oit.example.go.th"}, "OIT_WEB_ADDRESS"),
        ({"OIT_WEB_ADDRESS": "https://oit.example.go.th/oit"}, "OIT_WEB_ADDRESS"),
        ({"OIT_WEB_PROXIES": "*"}, "OIT_WEB_PROXIES"),
        ({"OIT_WEB_GUESTS": "write"}, "OIT_WEB_GUESTS"),
    ],
)  # fmt: skip
def test_a_setting_of_no_use_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        WebSettings.from_environment(environment)


def test_nobody_is_let_in_who_cannot_be_written_down(
    dashboard: Dashboard, provider: TestProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = opened(dashboard, provider).client()

    def full(*_: object) -> None:
        raise StoreError("ดิสก์เต็ม")

    monkeypatch.setattr(Audit, "write", full)
    assert through(person).status_code == 503
    assert "somjai" not in {one.name for one in People(dashboard.site.engine).all()}
    assert person.get("/account").status_code == 303
