"""How long `make run` takes on a fresh checkout with empty caches, and again."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from bench.figures import Figure, figure

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 600  # seconds until we stop waiting


@figure
def make_run() -> Iterator[Figure]:
    """The first time and the second; once only, as it always builds on SQLite."""
    if connection.vendor != "sqlite":
        return
    with tempfile.TemporaryDirectory(prefix="jiceng-startup-") as folder:
        tree = _checkout(Path(folder))
        environment = _bare_environment(Path(folder))
        yield Figure("startup.first", _until_it_answers(tree, environment), "s", "empty caches")
        yield Figure("startup.again", _until_it_answers(tree, environment), "s", "nothing to do")


def _checkout(folder: Path) -> Path:
    tree = folder / "jiceng"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)
    return tree


def _bare_environment(folder: Path) -> dict[str, str]:
    """Return this environment without the virtual one, settings of ours, and warm caches."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JICENG_")}
    ours = str(ROOT / ".venv")
    kept["PATH"] = ":".join(part for part in kept["PATH"].split(":") if not part.startswith(ours))
    kept.pop("VIRTUAL_ENV", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    caches = ("UV_CACHE_DIR", "PIP_CACHE_DIR", "npm_config_cache")
    return kept | {name: str(folder / name) for name in caches}


def _until_it_answers(tree: Path, environment: dict[str, str]) -> float:
    port = _free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=tree,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if server.poll() is not None or time.perf_counter() - began > LONGEST:
                raise RuntimeError(f"make run did not serve (exit code {server.poll()})")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
