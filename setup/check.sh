#!/usr/bin/env bash
# Checks the code and runs the tests; every check runs, the exit status is 1 when any failed.
#
# Usage: setup/check.sh [--no-tests]
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
bin=.venv/bin
# Hundreds of processes are started: compiled modules are kept for the next one whatever the
# environment says.
unset PYTHONDONTWRITEBYTECODE
failed=()

step() {
    local name="$1"
    shift
    printf '== %s\n' "$name"
    "$@" || failed+=("$name")
}

step "ruff check" $bin/ruff check .
step "ruff format" $bin/ruff format --check .
step "mypy" $bin/mypy
step "import contracts" $bin/lint-imports --no-logo
step "bandit" $bin/bandit --quiet --configfile pyproject.toml --recursive accounts registry \
    checklist units database crawler results sweep web demo commands setup cli.py scheduling \
    evidence notices distributed objects
step "known faults of libraries" $bin/python -m setup.known_faults
if [ "${1:-}" != "--no-tests" ]; then
    step "pytest" $bin/python -m pytest -n 2 --no-loadscope-reorder
fi

if [ ${#failed[@]} -gt 0 ]; then
    printf 'ไม่ผ่าน / failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf 'ผ่านทั้งหมด / all passed\n'
