#!/usr/bin/env bash
# Usage: test.sh fast|all|prove. The parts of the suite, one after the other; every part runs even
# when one before it failed. The last lines are pytest's own closing lines, one for each part.
set -uo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"

closing=()
status=0
part() {
    local title=$1 log
    shift
    log=$(mktemp .make/part-XXXXXX)
    echo "· $title"
    "$@" --color=no </dev/null 2>&1 | tee "$log" || status=1
    closing+=("$(tail -1 "$log")")
    rm -f "$log"
}
on_postgres() { tools/with-postgres.sh pytest -q "$@"; }
suite=(-n 2 --dist loadfile)

tools/install.sh dev || exit 1
case $1 in
fast)
    part "SQLite" pytest -q "${suite[@]}" -m "not journey and not prove"
    ;;
all)
    tools/test-needs.sh || exit 1
    part "SQLite" pytest -q "${suite[@]}" -m "not journey"
    part "PostgreSQL" on_postgres "${suite[@]}" -m "not journey"
    part "journeys in Chromium" pytest -q -m journey
    ;;
prove)
    tools/test-needs.sh || exit 1
    export JICENG_PROVE=full
    rm -f .make/proofs.jsonl
    part "proofs on SQLite" pytest -q -m prove
    part "proofs on PostgreSQL" on_postgres -m prove
    python tools/proofs.py || status=1
    ;;
esac
printf '%s\n' "${closing[@]}"
exit $status
