#!/usr/bin/env bash
# Installs the programs of other makers, each into an environment of its own outside the project.
#
# Usage: bench/crawling/install.sh [FOLDER]      (default: ~/.cache/oit-bench/peers)
# What cannot be installed is said; the bench leaves it out and tells so in its table.
set -uo pipefail
folder="${1:-$HOME/.cache/oit-bench/peers}"
mkdir -p "$folder"

python_peer() {
    local name="$1"
    shift
    [ -x "$folder/$name/bin/python" ] || python3 -m venv "$folder/$name" || return
    "$folder/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
}

python_peer scrapy scrapy || echo "scrapy: not installed" >&2
python_peer linkchecker LinkChecker || echo "LinkChecker: not installed" >&2
python_peer crawlee "crawlee[parsel]" || echo "crawlee: not installed" >&2

mkdir -p "$folder/linkinator"
[ -f "$folder/linkinator/package.json" ] || echo '{"private": true}' >"$folder/linkinator/package.json"
(cd "$folder/linkinator" && npm install --silent linkinator) || echo "linkinator: not installed" >&2
