#!/usr/bin/env bash
# Everything that can be said of the code without running it; every part runs.
set -uo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"
tools/install.sh dev || exit 1

failed=()
part() {
    local title=$1
    shift
    echo "· $title"
    "$@" </dev/null || failed+=("$title")
}

part "ruff check" ruff check --quiet .
part "ruff format" ruff format --quiet --check .
part "djlint" djlint --quiet --lint jiceng
part "layers" lint-imports --no-logo
part "types" mypy
part "migrations" python -m jiceng makemigrations --check --dry-run
part "system checks" python -m jiceng check --fail-level WARNING
part "translations" python tools/messages.py check

[ ${#failed[@]} -eq 0 ] || {
    printf 'failed: %s\n' "${failed[@]}"
    exit 1
}
echo "check: nothing found"
