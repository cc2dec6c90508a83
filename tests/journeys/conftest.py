"""A real headless Chromium on a real server. A script error, a refusal of the content security
policy or a request to a foreign address fails the journey in which it happens.
"""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = settings.BASE_DIR / ".make" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, NARROW = (1440, 900), (390, 844)
PASSWORD = "correct horse"

# Playwright keeps an event loop in this thread; the tests themselves stay synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass
class Visitor:
    """Somebody at a browser window."""

    page: Page
    server: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._watch)

    def _listen(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource") and "status of 4" in (
            message.text
        )
        if message.type == "error" and not refused:  # refusals are answers, not faults
            self.faults.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.server):
            self.faults.append(f"foreign address: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.server + path)
        return self.page

    def log_in(self, username: str, password: str = PASSWORD) -> Page:
        self.open("/log-in/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda address: "/log-in/" not in address)
        return self.page

    def go_to(self, section: str) -> None:
        """Follow the main menu, wherever else the page may lead there."""
        menu = self.page.get_by_role("navigation", name="主导航")
        menu.get_by_role("link", name=section, exact=True).click()

    def fits(self) -> bool:
        """Say whether the page can be read without scrolling sideways."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )

    def barriers(self) -> list[str]:
        """Return what axe holds to be a serious or critical barrier on this page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [
            f"{fault['id']}: {fault['help']} — {node['html'][:160]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: `make test` installs it or says how."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(live_server, chromium: Browser):
    """Open a window: `visit()` at a desk, `visit(NARROW)` on a phone."""
    opened: list[Visitor] = []

    def open_window(size: tuple[int, int] = WIDE, **options: object) -> Visitor:
        window = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=window, locale="zh-CN", **options)
        opened.append(Visitor(context.new_page(), live_server.url))
        return opened[-1]

    yield open_window
    faults = [fault for visitor in opened for fault in visitor.faults]
    for visitor in opened:
        visitor.page.context.close()
    assert faults == []
