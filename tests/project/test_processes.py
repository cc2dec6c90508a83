"""The keeper: web and jobs start together and leave nothing behind."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from jiceng.project import processes
from jiceng.project.processes import Keeper

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def _writes(path: Path) -> str:
    return f"open({str(path)!r}, 'a').write('x')"


def _wait_for(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass within ten seconds"
        time.sleep(0.02)


@pytest.fixture
def started(monkeypatch):
    """Every process that the keeper starts."""
    children: list[subprocess.Popen[bytes]] = []
    start = processes._start

    def remember(command):
        children.append(start(command))
        return children[-1]

    monkeypatch.setattr(processes, "_start", remember)
    monkeypatch.setattr(processes, "SECONDS_BEFORE_AGAIN", 0.1)
    return children


def test_it_ends_both_when_stopped(started):
    keeper = Keeper(web=SLEEPS, jobs=SLEEPS)
    threading.Timer(0.5, keeper.stop).start()

    assert keeper.run() == 0
    assert len(started) == 2
    assert all(child.poll() is not None for child in started)


def test_it_ends_jobs_when_web_ends_and_passes_on_its_code(started):
    keeper = Keeper(web=[sys.executable, "-c", "raise SystemExit(3)"], jobs=SLEEPS)

    assert keeper.run() == 3
    assert all(child.poll() is not None for child in started)


def test_it_starts_jobs_again_when_they_end(started, tmp_path):
    path = tmp_path / "runs"
    keeper = Keeper(web=SLEEPS, jobs=[sys.executable, "-c", _writes(path)])
    runner = threading.Thread(target=keeper.run)
    runner.start()

    _wait_for(lambda: path.exists() and len(path.read_text()) >= 2)
    keeper.stop()
    runner.join()

    assert all(child.poll() is not None for child in started)


def test_it_stops_by_force_what_does_not_end(started, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(processes, "SECONDS_TO_END", 0.3)
    path = tmp_path / "deaf"
    ignore = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    deaf = [sys.executable, "-c", f"{ignore}; {_writes(path)}; time.sleep(60)"]
    keeper = Keeper(web=deaf, jobs=SLEEPS)
    runner = threading.Thread(target=keeper.run)
    runner.start()
    _wait_for(path.exists)

    keeper.stop()
    runner.join()

    assert all(child.poll() is not None for child in started)
    assert "did not end in time" in capsys.readouterr().err
