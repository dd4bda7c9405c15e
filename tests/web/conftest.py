"""A seeded dashboard for every test of a page: in the process, on loopback, and in Chromium."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from starlette.testclient import TestClient

from accounts import passwords
from accounts.people import People
from accounts.roles import Role
from accounts.secrets import form_key
from crawler.settings import installed_browser
from tests.databases import database_at
from tests.web.seeds import FIRST_DAY, PEOPLE, SCANS, seeded
from tests.web.self_checks import Here
from web.application import application
from web.serving import bound, server_of
from web.settings import WebSettings
from web.site import Site
from web.sources import Sources
from web.viewer import sessions_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

NOW = FIRST_DAY + timedelta(days=SCANS - 1, hours=6)
"""The dashboard's clock: the afternoon after the third scan."""
SERIOUS = ("serious", "critical")


class Dashboard:
    """A dashboard of its own over a copy of the seeds; `site` is what its pages see."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.app: ASGIApp = application(site)

    def client(self, role: Role | str | None = None, address: str = "http://127.0.0.1") -> Client:
        """A browser without a screen, signed in as `role` or a stranger."""
        client = Client(self.app, base_url=address, follow_redirects=False)
        if role is not None:
            client.sign_in(self.site, Role(role))
        return client

    @contextmanager
    def set_up(self, **settings: Any) -> Iterator[Dashboard]:
        """The same with other settings (`guests="read"`)."""
        changed = self.site.settings.model_copy(update=settings)
        yield Dashboard(replace(self.site, settings=changed))


class Client(TestClient):
    """Keeps the session's form key: `post` sends it along unless told otherwise."""

    csrf = ""

    def bring(self, secret: str) -> None:
        """Have a session's cookie, as if this server had set it."""
        self.cookies.set("oit", secret, domain=self.base_url.host, path="/")

    def sign_in(self, site: Site, role: Role) -> None:
        person = People(site.engine).named(PEOPLE[role][0])
        secret = sessions_of(site).begin(person, site.clock(), "127.0.0.1", "ทดสอบ")
        self.bring(secret)
        self.csrf = form_key(secret)
        self.headers["X-CSRF-Token"] = self.csrf


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_little() -> Iterator[None]:
    """How long a real hash takes is tested with the accounts; pages only need one that fits."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr(passwords, "_HASHER", cheap)
        yield


@pytest.fixture(scope="session")
def seeds(_passwords_cost_little: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the seeds, made once; copy it, do not change it."""
    folder = tmp_path_factory.mktemp("seeds")
    seeded(folder)
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dashboard(seeds: Path, tmp_path: Path, clock: Clock) -> Iterator[Dashboard]:
    """A dashboard that the test may change."""
    folder = tmp_path / "var"
    shutil.copytree(seeds, folder)
    site = Site(_sources(folder), WebSettings(), clock, tmp_path / "reports")
    yield Dashboard(site)
    site.close()


@pytest.fixture
def client(dashboard: Dashboard) -> Callable[[Role | str | None], Client]:
    """`client("reviewer")` is signed in; `client(None)` is a stranger."""
    return dashboard.client


@pytest.fixture
def here(dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    """The dashboard's self-checks, done by a stand-in for the process that checks."""
    made = Here(dashboard)
    monkeypatch.setattr("web.checking.opening.Desk", made.open)
    yield made
    for desk in made.desks:
        desk.close()


def _sources(folder: Path) -> Sources:
    return Sources(database_at(f"{folder}/oit.db"), folder, "1.2.3")


class Served:
    """A real server on loopback, shared by the tests of a session: do not change what it holds."""

    def __init__(self, address: str, site: Site) -> None:
        self.address, self.site = address, site

    def cookie(self, role: Role) -> dict[str, str]:
        person = People(self.site.engine).named(PEOPLE[role][0])
        secret = sessions_of(self.site).begin(person, self.site.clock(), "127.0.0.1", "ทดสอบ")
        return {"name": "oit", "value": secret, "url": self.address}


@contextmanager
def serving(site: Site) -> Iterator[Served]:
    """Serve `site` at a free port of loopback from a thread."""
    with bound("127.0.0.1", 0) as listening:
        server = server_of(site)
        # Only the main thread may say what signals do.
        server.capture_signals = _nothing  # type: ignore[method-assign]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            until = time.monotonic() + 20
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", site)
        finally:
            server.should_exit = True
            thread.join(20)
            site.close()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@pytest.fixture(scope="session")
def served(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard on loopback."""
    folder = tmp_path_factory.mktemp("served") / "var"
    shutil.copytree(seeds, folder)
    with serving(Site(_sources(folder), WebSettings(), lambda: datetime.now(UTC))) as made:
        yield made


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, which Playwright drives."""
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(
            executable_path=installed_browser(), args=[*root, "--disable-gpu"]
        )
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture(scope="module")
def real_browser() -> Iterator[Browser]:
    """A module's own: while Playwright runs, nothing else in its thread may run a loop."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def page_as(served: Served, real_browser: Browser) -> Iterator[Callable[..., Page]]:
    """`page_as("reviewer")` is a tab, signed in; `page_as(None, width=390)` a stranger's phone.

    A fault of a script or a refusal of the content policy fails the test.
    """
    opened, faults = [], []

    def page_of(role: Role | str | None, width: int = 1280) -> Page:
        context = real_browser.new_context(
            base_url=served.address, viewport={"width": width, "height": 900}, locale="th-TH"
        )
        opened.append(context)
        if role is not None:
            context.add_cookies([served.cookie(Role(role))])  # type: ignore[list-item]
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: _note_dialog(dialog, faults))
        page.on("console", lambda one: _note_refusal(one.text, faults))
        return page

    yield page_of
    for context in opened:
        context.close()
    assert faults == []


def _note_dialog(dialog: Dialog, faults: list[str]) -> None:
    faults.append(f"a script opened a dialog: {dialog.message}")
    dialog.dismiss()


def _note_refusal(text: str, faults: list[str]) -> None:
    if "Content Security Policy" in text:
        faults.append(text)


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Fails for a serious or critical violation that axe-core finds in the page."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page).response["violations"]
        told = [
            f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
            for one in found
            if one["impact"] in SERIOUS
        ]
        assert told == [], "\n".join(told)

    return check
