"""How many taps there are from the code to scan to "handed in", on a phone, for our own questionnaire."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.cli.conftest import Command, selfassess
from tests.web.conftest import opened
from tests.web.test_same_sheets_in_browser import QUICK

__all__ = ["selfassess"]
QUESTIONS, PARTS = 44, 4
"""Of a board member: those with answers to choose from, and the parts, each of which ends with two in words."""


@pytest.mark.slow
@pytest.mark.parametrize("is_scanned", [True, False])
def test_hardly_more_than_one_a_question(
    selfassess: Command, phone: BrowserContext, tmp_path: Path, slow_codes: None, is_scanned: bool
) -> None:
    """Start, the questions, one for what is written at the end of each part, and handing in, which asks once more; a
    code that is typed adds one, and so does the group."""
    made = ("--questionnaire", "partnership", "--invited", "board=12", "--codes", "--yes")
    assert selfassess("round", "new", "autumn", "--title", "Autumn", *made).code == 0
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path)).code == 0
    code = "K7QM-3RTP-9XWD"
    phone.add_init_script(QUICK)
    page = opened(phone, tmp_path / "index.html", f"#board/{code}" if is_scanned else "")
    taps = 0

    def tap(name: str) -> None:
        nonlocal taps
        page.get_by_role("button", name=name, exact=True).first.tap()
        taps += 1

    tap("Start")
    if not is_scanned:
        page.get_by_role("textbox").fill(code)
        tap("Next")
        tap("Board members")
    asked = page.locator(".asked")
    while page.get_by_role("heading", name="Look at your answers").count() == 0:
        before = asked.first.inner_text()
        choices = page.locator(".choices button:visible")
        if choices.count():
            choices.first.tap()
            taps += 1
        else:
            tap("Next")
        page.wait_for_function("(before) => document.querySelector('.asked')?.innerText !== before", arg=before)
    expect(page.get_by_text("You have answered every question.")).to_be_visible()
    tap("Hand in")
    tap("Hand in")
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible(timeout=20_000)
    assert taps == 1 + QUESTIONS + PARTS + 2 + (0 if is_scanned else 2)
