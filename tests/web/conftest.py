"""A browser, and rounds whose people answer in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one file at a time: while it is open asyncio is taken, which other tests need."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone without a network."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True, offline=True)
    yield context
    context.close()


def opened(context: BrowserContext, path: Path, fragment: str = "") -> Page:
    """A page in a browser, in which nothing may go wrong and nothing may be asked of anybody."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    page.on("request", lambda request: pytest.fail(request.url) if request.url.startswith("http") else None)
    page.goto(path.as_uri() + fragment)
    return page
