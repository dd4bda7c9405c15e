#!/usr/bin/env bash
# Installs Celery into an environment of its own, outside the project, for python -m bench.engines.
#
# Usage: bench/engines/install.sh [FOLDER]      (default: ~/.cache/oit-bench/peers)
# The servers are Debian's: apt-get install --no-install-recommends rabbitmq-server redis-server
set -euo pipefail
folder="${1:-$HOME/.cache/oit-bench/peers}"
[ -x "$folder/engines/bin/python" ] || python3 -m venv "$folder/engines"
"$folder/engines/bin/pip" install --quiet --disable-pip-version-check "celery[redis]==5.7.0"
