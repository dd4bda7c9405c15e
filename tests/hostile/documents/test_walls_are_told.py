"""A machine that lacks a wall between strangers' files and the rest, and nobody notices.

Tried: a machine without Landlock; one on which the trial itself fails.
Must: one line of the log tells how workers are confined when the program starts; `/healthz` names
what is missing, and neither says why nor calls the program failing for it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from crawler.confinement import Confinement, trial
from crawler.confinement.once import OnceError
from web.health import Examination
from web.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = Confinement(("rlimit", "no_new_privs", "landlock 4", "seccomp"))
PARTIAL = Confinement(("rlimit", "no_new_privs", "seccomp"), ("landlock: [Errno 38] no such call",))


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_found", [])


def told(found: Confinement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "run_once", lambda *_: found.dump())
    trial.try_out()


def health(folder: Path) -> dict[str, Any]:
    examination = Examination(Sources(f"sqlite:///{folder}/none.db", folder))
    examination.run()
    [check] = [one for one in examination.verdict()["checks"] if one["check"] == "confinement"]
    return dict(check)


def test_a_real_trial_tells_what_this_machine_holds(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        found = trial.try_out()
    assert found is not None
    assert "rlimit" in found.held
    assert [line for line in caplog.messages if line.startswith("workers are confined by rlimit")]


def test_a_missing_wall_is_named_without_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told(PARTIAL, monkeypatch)
    (line,) = caplog.messages
    assert "landlock" in line
    check = health(tmp_path)
    assert (check["ok"], check["code"]) == (True, "confinement_partial")
    assert check["missing"] == ["landlock"]
    assert "Errno" not in str(check)


def test_all_walls_are_ok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(WHOLE, monkeypatch)
    check = health(tmp_path)
    assert (check["code"], check["missing"]) == ("ok", [])
    assert check["held"] == ["rlimit", "no_new_privs", "landlock", "seccomp"]


def test_a_trial_that_fails_is_told_and_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> bytes:
        raise OnceError("no room")

    monkeypatch.setattr(trial, "run_once", failing)
    assert trial.try_out() is None
    assert "could not be found out" in caplog.text
    assert (health(tmp_path)["code"], health(tmp_path)["ok"]) == ("confinement_untried", True)
