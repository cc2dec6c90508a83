#!/usr/bin/env bash
# Compiles both requirements files with hashes, and the npm lock files, none with an address.
set -euo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"
tools/install.sh dev

compile() { uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 "$@"; }
compile requirements.in -o requirements.lock
compile requirements-dev.in -o requirements-dev.lock

for folder in . bench; do
    (cd "$folder" && npm install --package-lock-only --loglevel=error >/dev/null)
    node -e '
        const fs = require("fs"), path = process.argv[1];
        const lock = JSON.parse(fs.readFileSync(path));
        for (const entry of Object.values(lock.packages)) {
            delete entry.funding;
            delete entry.resolved;
        }
        fs.writeFileSync(path, JSON.stringify(lock, null, 2) + "\n");
    ' "$folder/package-lock.json"
done
! grep -l '://' requirements.lock requirements-dev.lock package-lock.json bench/package-lock.json
