#!/usr/bin/env bash
# Usage: with-postgres.sh [--durable] COMMAND…. Runs COMMAND with JICENG_TEST_DATABASE naming a
# throw-away PostgreSQL cluster, which is gone afterwards. --durable keeps fsync on (for benches).
set -euo pipefail

durable=off
[ "${1:-}" != --durable ] || { durable=on && shift; }

programs=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1 | xargs -r dirname) || true
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb)") || {
    echo "PostgreSQL is not installed: run tools/test-needs.sh." >&2
    exit 1
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/jiceng-postgres-XXXXXX")
as_owner=()
if [ "$(id -u)" = 0 ]; then # initdb refuses root
    chown postgres "$folder"
    as_owner=(runuser -u postgres --)
fi
server() { (cd "$folder" && "${as_owner[@]}" "$programs/pg_ctl" -D "$folder/data" -s -w "$@"); }
clean_up() {
    server stop -m immediate 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(cd "$folder" && "${as_owner[@]}" "$programs/initdb" -D data -U postgres -A trust \
    --locale=C.UTF-8 -E UTF8 --no-sync >/dev/null)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"${as_owner[@]}" tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 512MB
work_mem = 32MB
max_wal_size = 4GB
fsync = $durable
synchronous_commit = $durable
full_page_writes = $durable
CONF
server start -l "$folder/log" || {
    cat "$folder/log" >&2
    exit 1
}

export JICENG_TEST_DATABASE="postgres://postgres@127.0.0.1:$port/jiceng"
"$@" &
wait $! && exit 0 || exit $?
