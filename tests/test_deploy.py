"""The files for unattended use: systemd's own check, and what must agree with the program."""

from __future__ import annotations

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from crawler.settings import CrawlSettings
from notices.people_file import EXAMPLE
from scheduling.reading import read_schedule

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = ("oit-schedule.service", "oit-serve.service", "oit-worker.service")
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    there = text.replace("/opt/oit/.venv/bin/oit", "/bin/true")
    (tmp_path / name).write_text(there, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_confined_and_runs_as_its_own_user(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["User"], service["ProtectSystem"]) == ("oit", "strict")
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome"):
        assert service[key] == "yes"
    assert service["MemoryMax"]
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("on-failure", "2")


def test_systemd_waits_longer_for_the_scheduler_than_it_for_its_jobs() -> None:
    service = unit("oit-schedule.service")["Service"]
    waits = read_schedule(None).stop_within.total_seconds() + 30
    assert float(service["TimeoutStopSec"]) > waits
    # The scheduler alone is told to stop: a job's own processes are its own affair.
    assert (service["KillMode"], service["KillSignal"]) == ("mixed", "SIGINT")
    assert "MemoryDenyWriteExecute" not in service


def test_every_setting_of_the_example_exists() -> None:
    text = (DEPLOY / "oit.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?(OIT_[A-Z_]+)=", text, re.MULTILINE))
    known = {f"OIT_{name.upper()}" for name in CrawlSettings.model_fields}
    secrets = set(re.findall(r"_env: (OIT_[A-Z_]+)", EXAMPLE.read_text(encoding="utf-8")))
    assert named <= known | secrets | {"OIT_HOME", "OIT_SCHEDULE", "OIT_NOTICES"}
    assert "OIT_SMTP_PASSWORD" in named & secrets
    assert len(named) > 3


def test_the_image_installs_what_the_program_names_and_by_hash() -> None:
    assert "RUN setup/install.sh" in CONTAINERFILE
    assert CONTAINERFILE.count("setup/install.sh") >= 2
    assert "--require-hashes" in (ROOT / "setup" / "install.sh").read_text(encoding="utf-8")
    system = (ROOT / "setup" / "system.sh").read_text(encoding="utf-8")
    named = set(re.findall(r"printf '([a-z0-9-]+)\\t", system))
    for_tests_alone = {"postgresql"}
    assert re.search(r'with_tests:-}" \] \|\| has_postgres', system)
    assert len(named - for_tests_alone) == 8
    asked = re.search(r"--no-install-recommends ([a-z0-9 -]+)", CONTAINERFILE)
    assert asked is not None
    assert "--tests" not in CONTAINERFILE
    # A package stands in one place: what the program needs only in system.sh.
    assert named.isdisjoint(asked[1].split())


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health() -> None:
    lines = CONTAINERFILE.splitlines()
    assert [line for line in lines if line.startswith("FROM ")] == ["FROM debian:12-slim"]
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["oit"]
    assert "STOPSIGNAL SIGINT" in lines
    assert "VOLUME /var/lib/oit" in lines
    assert "HEALTHCHECK" in CONTAINERFILE
    assert 'CMD ["schedule"]' in lines
    assert not re.search(r"https?://", CONTAINERFILE)


@pytest.mark.parametrize("copied", ["setup/", "requirements.lock", "pyproject.toml", "cli.py"])
def test_what_the_image_copies_is_there_and_not_ignored(copied: str) -> None:
    assert copied in CONTAINERFILE
    assert (ROOT / copied).exists()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied.rstrip("/") not in ignored


def test_the_compose_example_gives_the_scheduler_time_to_stop() -> None:
    data: Any = YAML(typ="safe").load(DEPLOY / "compose.yaml")
    schedule = data["services"]["schedule"]
    assert schedule["command"] == ["schedule"]
    assert schedule["stop_grace_period"] == "200s"
    assert schedule["volumes"] == ["oit-var:/var/lib/oit"]
