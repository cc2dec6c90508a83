"""Take the pictures of docs/manual/screenshots.yaml from the demonstration city that is served.

`make run` must have built the city; the accounts are those that hold the named roles there.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import yaml
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
LISTED = ROOT / "docs" / "manual" / "screenshots.yaml"
IMAGES = ROOT / "docs" / "manual" / "images"
HEIGHTS = {1440: 900, 390: 844}


@contextmanager
def _server() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "jiceng", "serve", "--port", str(port)])
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if server.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _session_of(role: str) -> str:
    """Return a session of an account that holds `role`; empty for the public."""
    if role == "none":
        return ""
    from django.test import Client

    from jiceng.accounts.models import User

    user = User.objects.filter(grants__role=role, is_active=True).order_by("pk").first()
    if user is None:
        sys.exit(f"no account of the city holds the role {role}: run `make run` first")
    client = Client()
    client.force_login(user, backend="jiceng.accounts.backends.AccountBackend")
    return client.cookies["sessionid"].value


def _take(browser: Browser, site: str, picture: dict[str, str | int], session: str) -> int:
    """Take one picture and return the status its page was answered with."""
    width = int(picture["width"])
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, locale="zh-CN"
    )
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    answer = page.goto(f"{site}{picture['path']}", wait_until="networkidle")
    page.screenshot(path=IMAGES / f"{picture['name']}.png")
    context.close()
    return answer.status if answer else 0


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: run tools/test-needs.sh")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiceng.project.settings")
    os.environ.setdefault("JICENG_DEMONSTRATION", "yes")
    django.setup()
    pictures = yaml.safe_load(LISTED.read_text())["screenshots"]
    # Before the browser: its loop would forbid the database.
    sessions = {
        role: _session_of(role) for role in {str(picture["account"]) for picture in pictures}
    }
    IMAGES.mkdir(exist_ok=True)
    failed = 0
    with _server() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in pictures:
            status = _take(browser, site, picture, sessions[str(picture["account"])])
            failed += status != 200
            print(f"{picture['name']}: {status}")
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
