#!/usr/bin/env bash
# Prepares this machine to run the checker: system packages (only those that are missing) and a
# virtual environment from the lock file. When everything is there it only compares a stamp.
#
# Usage: setup/install.sh [--tests]  from anywhere; exits 0 when the checker can run, 1 when not;
#                                    with --tests also what only the tests need
# Reads: PYTHON (an interpreter >= 3.11; default: the first of python3.11, python3 that is one)
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
venv="$root/.venv"
stamp="$venv/.oit-stamp"
# shellcheck disable=SC2034  # read by system.sh
[ "${1:-}" = --tests ] && with_tests=1 || with_tests=
# shellcheck source=setup/system.sh
source "$root/setup/system.sh"

say() { printf '%s\n' "$*" >&2; }

# The stamp changes when the lock, the project's own definition, the interpreter or the place
# of the checkout changes, and with it the environment is brought up to date.
wanted_stamp() {
    {
        "$1" -c 'import sys; print(sys.version)'
        printf '%s\n' "$root"
        cat "$root/requirements.lock" "$root/pyproject.toml"
    } | sha256sum | cut -d ' ' -f 1
}

make_environment() {
    local python="$1"
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "กำลังสร้างสภาพแวดล้อมของโปรแกรมที่ .venv / Making the virtual environment in .venv"
        "$python" -m venv --clear "$venv"
    fi
    say "กำลังติดตั้งไลบรารีตาม requirements.lock (ครั้งแรกอาจใช้เวลาหลายนาที)" \
        "/ Installing the libraries of requirements.lock (the first time may take minutes)"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes -r "$root/requirements.lock"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --no-index -e "$root"
}

main() {
    local python wanted
    install_missing_packages
    if ! python="$(find_python)"; then
        say "ไม่พบ Python 3.11 ขึ้นไปที่สร้างสภาพแวดล้อมได้ ให้ระบุด้วย PYTHON=/ที่อยู่/python3.11 แล้วสั่งใหม่" \
            "/ No Python 3.11 or newer that makes environments: name one with PYTHON=/path/to/python3.11."
        exit 1
    fi
    wanted="$(wanted_stamp "$python")"
    if [ -x "$venv/bin/oit" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    rm -f "$stamp"
    make_environment "$python"
    printf '%s\n' "$wanted" >"$stamp"
    say "พร้อมใช้งานแล้ว / Ready: $venv/bin/oit"
}

main "$@"
