# Sourced by the other tools: work that is done once for each state of the files it reads.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH" UV_PYTHON_DOWNLOADS=never PYTHONUNBUFFERED=1
mkdir -p .make

digest_of() { find "$@" -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16; }

# once NAME "FILES AND FOLDERS" COMMAND…: skips COMMAND while they are as at its last success.
once() {
    local name=$1 read=$2
    shift 2
    # shellcheck disable=SC2086 - the list is split on purpose
    local stamp=.make/$name.$(digest_of $read)
    [ -e "$stamp" ] && return 0
    "$@"
    rm -f .make/"$name".*
    touch "$stamp"
}

# step SENTENCE COMMAND…: says what is done and how long it took.
step() {
    local sentence=$1 began=$SECONDS
    shift
    echo "· $sentence" >&2
    "$@" >&2
    local took=$((SECONDS - began))
    [ $took -lt 2 ] || echo "  ($took s)" >&2
}
