#!/usr/bin/env bash
# Usage: run.sh [PORT]. From a fresh checkout to a served demonstration city.
set -euo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"

port=${1:-8000}
data=${JICENG_DATA_DIR:-.data}
export JICENG_DEMONSTRATION=yes
tools/install.sh run

collect_static() { rm -rf static && python -m jiceng collectstatic --no-input -v0; }
once static "$(find jiceng -type d -name static | sort) tools/vendor.txt package-lock.json" \
    step "static files" collect_static

# One list of accounts for each database: that it exists says that the city was built whole.
database=$(printf %s "${JICENG_DATABASE:-}" | sha256sum | cut -c1-8)
accounts=$data/accounts-$database.txt

build_city() {
    python -m jiceng migrate -v0
    python -m jiceng demo >"$1.partial"
    mv "$1.partial" "$1"
}

# SQLite: built beside, and put in place when whole, so that an interrupted build leaves nothing.
build_city_aside() {
    rm -rf "$data.building"
    mkdir -p "$data.building"
    JICENG_DATA_DIR=$data.building build_city "$data.building/$(basename "$accounts")"
    mkdir -p "$data"
    cp -a "$data.building/." "$data/"
    rm -rf "$data.building"
}

if [ -z "${JICENG_DATABASE:-}" ] && [ ! -e "$data/jiceng.sqlite3" ]; then
    step "the demonstration city" build_city_aside
elif [ ! -e "$accounts" ] && [ -n "${JICENG_DATABASE:-}" ]; then
    mkdir -p "$data"
    step "the demonstration city" build_city "$accounts"
fi

# Kept with the data, so that data put back from elsewhere are migrated again.
migrated=$data/migrated-$database-$(digest_of jiceng/*/migrations requirements.lock)
if [ ! -e "$migrated" ]; then
    python -m jiceng migrate -v0
    rm -f "$data/migrated-$database"-*
    touch "$migrated"
fi

[ ! -e "$accounts" ] || cat "$accounts"
echo "Jiceng: http://127.0.0.1:$port/ (stop with Ctrl+C)"
exec python -m jiceng serve --port "$port"
