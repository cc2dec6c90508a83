#!/usr/bin/env bash
# Usage: install.sh [dev]. Puts what Jiceng needs into the project folder, once for each state of
# the lock files: .venv (Python), node_modules and .make/vendor (browser), *.mo (translations).
set -euo pipefail
# shellcheck source=once.sh
source "$(dirname "$0")/once.sh"

purpose=${1:-run}
lock=requirements.lock
[ "$purpose" = dev ] && lock=requirements-dev.lock

make_environment() {
    local python
    python=$(command -v python3.11 || command -v python3)
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "Python 3.11 or later is needed; $python is older." >&2
        return 1
    }
    "$python" -m venv --clear .venv || {
        echo "Install the package python3-venv, then run this again." >&2
        return 1
    }
    .venv/bin/pip install --quiet --disable-pip-version-check uv ||
        echo "uv cannot be had: pip takes its place." >&2
}

install_python() {
    rm -f .make/python-* # what was installed for the other purpose is no longer as it was
    if [ -x .venv/bin/uv ]; then
        .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes "$lock"
    else
        .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    fi
}

install_browser_files() {
    rm -f .make/browser-*
    if [ "$purpose" = dev ]; then
        npm ci --loglevel=error --ignore-scripts
    else
        npm ci --loglevel=error --ignore-scripts --omit=dev
    fi
    rm -rf .make/vendor
    local source target
    while read -r source target; do
        case $source in '' | '#'*) continue ;; esac
        mkdir -p "$(dirname ".make/vendor/$target")"
        cp "node_modules/$source" ".make/vendor/$target"
        # Source maps are not served, so nothing may point at them.
        case $target in *.js | *.css) sed -i 's|^//# sourceMappingURL=.*$||; s|/\*# sourceMappingURL=[^*]*\*/||' ".make/vendor/$target" ;; esac
    done <tools/vendor.txt
}

python_for() { step "Python packages for: $purpose" install_python; }
browser_for() { step "browser files" install_browser_files; }

[ -x .venv/bin/python ] || { rm -f .make/python-*; step "virtual environment" make_environment; }
# What tests need holds everything that running needs, so `make run` keeps a fuller environment.
# shellcheck disable=SC2086 - the list is split on purpose
held_for_tests() { [ "$purpose" = run ] && [ -e ".make/$1-dev.$(digest_of $2)" ]; }

held_for_tests python requirements-dev.lock || once "python-$purpose" "$lock" python_for
files="package-lock.json tools/vendor.txt"
held_for_tests browser "$files" || once "browser-$purpose" "$files" browser_for
once messages "locale tools/messages.py" python tools/messages.py compile
