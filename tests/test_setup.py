"""Set-up on a machine that lacks something: what is said, what is installed and as whom."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from setup import known_faults

ROOT = Path(__file__).parent.parent
BASH = shutil.which("bash") or "/bin/bash"
TOOLS = ("cat", "cut", "env", "grep", "head")


class Machine:
    """A machine whose only programs are those put into its one folder on PATH."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "calls"
        self.log.touch()
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.program("id", "echo 0")

    def program(self, name: str, script: str = ":") -> Machine:
        """Put a program there that writes its call down and then runs `script`."""
        path = self.bin / name
        path.write_text(f'#!{BASH}\necho "{name} $*" >> {self.log}\n{script}\n')
        path.chmod(0o755)
        return self

    def everything(self, *but: str) -> Machine:
        for name in ("make", "chromium-headless-shell", "pdftotext", "tesseract", "python3.11"):
            if name not in but:
                self.program(name)
        return self

    def install(self) -> subprocess.CompletedProcess[str]:
        source = f'venv=/nowhere; source "{ROOT}/setup/system.sh"'
        script = f"set -euo pipefail; {source}; install_missing_packages"
        return subprocess.run(
            [BASH, "-c", script], env={"PATH": str(self.bin)}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    @property
    def calls(self) -> list[str]:
        return [
            line
            for line in self.log.read_text().splitlines()
            if line.startswith(("apt-get", "sudo"))
        ]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


pytestmark = pytest.mark.skipif(
    not Path("/usr/share/tesseract-ocr").exists(), reason="looks for Debian's own folders"
)


def test_a_complete_machine_is_left_alone(machine: Machine) -> None:
    done = machine.everything().program("apt-get").install()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.calls == []


def test_only_what_is_missing_is_installed_and_named(machine: Machine) -> None:
    done = machine.everything("pdftotext").program("apt-get").install()
    assert done.returncode == 0, done.stderr
    assert "จะติดตั้งแพ็กเกจของระบบที่ยังขาด" in done.stderr
    assert "  - poppler-utils: อ่านข้อความใน PDF / reads the text of PDF files" in done.stderr
    assert machine.calls == [
        "apt-get -o Dpkg::Use-Pty=0 -qq update",
        "apt-get -o Dpkg::Use-Pty=0 install -qq -y --no-install-recommends poppler-utils",
    ]


def test_any_chromium_will_do(machine: Machine) -> None:
    done = machine.everything("chromium-headless-shell").program("chromium").install()
    assert done.returncode == 0
    assert machine.calls == []


@pytest.mark.parametrize(
    ("known", "package"), [("exit 0", "chromium-headless-shell"), ("exit 100", "chromium")]
)
def test_chromium_stands_in_where_the_headless_shell_is_unknown(
    machine: Machine, known: str, package: str
) -> None:
    machine.everything("chromium-headless-shell").program("apt-get").program("apt-cache", known)
    assert machine.install().returncode == 0
    assert machine.calls[-1].endswith(f"--no-install-recommends {package}")


def test_a_user_with_sudo_installs_through_sudo(machine: Machine) -> None:
    machine.everything("make").program("apt-get").program("id", "echo 1000")
    machine.program("sudo", '"$@"')
    assert machine.install().returncode == 0
    assert [call.split()[0] for call in machine.calls] == ["sudo", "apt-get", "sudo", "apt-get"]


def test_a_user_without_sudo_is_told_what_to_ask_for(machine: Machine) -> None:
    machine.everything("make", "tesseract").program("apt-get").program("id", "echo 1000")
    done = machine.install()
    assert done.returncode == 1
    assert "ไม่ได้เป็น root และไม่มี sudo / neither root nor sudo" in done.stderr
    assert (
        "apt-get update && apt-get install --no-install-recommends make tesseract-ocr\n"
        in done.stderr
    )
    assert machine.calls == []


@pytest.mark.parametrize("broken", ["update", "install"])
def test_a_failing_apt_is_told_with_the_command_to_run(machine: Machine, broken: str) -> None:
    script = f'[[ " $* " == *" {broken} "* ]] && exit 100 || exit 0'
    done = machine.everything("make").program("apt-get", script).install()
    assert done.returncode == 1
    assert f"apt-get {broken} ไม่สำเร็จ / apt-get {broken} failed" in done.stderr
    assert "ให้ผู้ดูแลเครื่องสั่งคำสั่งต่อไปนี้หนึ่งครั้ง" in done.stderr


def test_a_machine_without_apt_is_told_the_packages(machine: Machine) -> None:
    done = machine.everything("make").install()
    assert done.returncode == 1
    assert "ไม่พบ apt-get / no apt-get on this system" in done.stderr


def test_python_without_venv_gets_its_package(machine: Machine) -> None:
    machine.everything().program("python3.11", "exit 1").program("apt-get")
    assert machine.install().returncode == 0
    assert machine.calls[-1].endswith("--no-install-recommends python3-venv")


@pytest.mark.parametrize("target", ["help", "-n setup", "-n test"])
def test_make_knows_its_targets(target: str) -> None:
    done = subprocess.run(
        ["make", "-C", str(ROOT), *target.split()],
        env=os.environ | {"MAKEFLAGS": "", "MAKELEVEL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], 'oit demo --out "reports/demo"'),
        (["UNITS=my-units.xlsx"], 'oit sweep --units "my-units.xlsx" --out "reports"'),
        (
            ["UNITS=ทะเบียน.xlsx", "OUT=ผล", "ARGS=--items O1"],
            'oit sweep --units "ทะเบียน.xlsx" --out "ผล" --items O1',
        ),
    ],
)
def test_make_sweep_runs_the_demonstration_or_the_given_units(
    arguments: list[str], command: str
) -> None:
    done = subprocess.run(
        ["make", "-n", "-C", str(ROOT), "sweep", *arguments],
        env=os.environ | {"MAKEFLAGS": "", "MAKELEVEL": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert command in done.stdout


def library(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "version": "1.0", "vulns": [], **more}


FAULT = {"id": "PYSEC-2023-1", "fix_versions": ["1.1"]}


@pytest.mark.parametrize(
    ("libraries", "status", "said"),
    [
        ([library("a"), library("b")], 0, "ไม่พบช่องโหว่ใน 2 ไลบรารี"),
        ([library("a", vulns=[FAULT])], 1, "a 1.0: PYSEC-2023-1 mended in 1.1"),
        ([{"name": "a", "skip_reason": "unknown"}, library("b", vulns=[FAULT])], 1, "b 1.0"),
        (
            [{"name": "a", "skip_reason": "unknown"}, library("b")],
            0,
            "ไม่ได้ตรวจ / not checked: 1 จาก 2",
        ),
    ],
    ids=["clean", "fault", "fault beside unknown", "unknown"],
)
def test_known_faults_of_libraries_fail_and_unknown_ones_are_told(
    libraries: list[dict[str, object]], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert known_faults.main(lambda _lock: {"dependencies": libraries}) == status
    assert said in capsys.readouterr().out


def test_without_a_network_the_libraries_are_said_not_to_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "lock"
    lock.write_text("a==1.0 --hash=sha256:" + "0" * 64)
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert known_faults.main(lock=lock) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("ไม่ได้ตรวจ / not checked")


def test_a_list_of_faults_that_does_not_answer_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(known_faults.NotAskedError, match=r"within 0\.01 s"):
        known_faults.told_by(tmp_path / "lock", 0.01)


def test_every_check_of_the_code_is_a_step() -> None:
    steps = (ROOT / "setup" / "check.sh").read_text()
    for name in ("ruff check", "mypy", "lint-imports", "bandit", "setup.known_faults", "pytest"):
        assert name in steps


@pytest.mark.skipif(
    not Path("/usr/lib/postgresql").exists(), reason="looks for Debian's own folders"
)
@pytest.mark.parametrize(("wanted", "told"), [("", False), ("with_tests=1; ", True)])
def test_what_only_the_tests_need_is_left_to_them(
    machine: Machine, wanted: str, told: bool
) -> None:
    machine.everything()
    source = f'venv=/nowhere; {wanted}source "{ROOT}/setup/system.sh"; has_postgres() {{ false; }}'
    done = subprocess.run(
        [BASH, "-c", f"{source}; missing_packages"], env={"PATH": str(machine.bin)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ("postgresql" in done.stdout) is told
