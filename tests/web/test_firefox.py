"""A whole sitting in Firefox, from a file and without a network: by touch, and by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.sheet import Missing, Receipt
from selfassess.project.armour import sheets_in
from selfassess.project.exchange_files import read_sheet
from tests.cli.conftest import Command, selfassess, small
from tests.examples import some_of
from tests.web.firefox import FIREFOX, Firefox
from tests.web.made import case
from tests.web.test_page import collected, invited
from tests.web.test_same_sheets import by_the_program
from tests.web.test_same_sheets_in_browser import QUICK, SITTING, in_browser, page_of, placed

__all__ = ["invited", "selfassess", "small"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(FIREFOX is None, reason="needs Firefox")]


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    with Firefox(tmp_path / "firefox") as window:
        yield window


def test_a_sitting_by_touch(selfassess: Command, invited: Path, firefox: Firefox) -> None:
    firefox.open(invited)
    firefox.tap("Start")
    firefox.tap("Yes, it may be shown")
    firefox.pause()
    firefox.tap("Yes")
    assert firefox.sees("Papers come late.")
    firefox.open(invited)  # lost in the middle
    firefox.tap("Carry on where you stopped")
    assert firefox.sees("Papers come late.")
    firefox.pause()
    firefox.tap("Yes")
    assert firefox.sees("Would you like to say a little more about this?")
    firefox.tap("Next")
    firefox.run("document.querySelector('textarea').focus()")
    firefox.press(*"Würde: “tea”.")
    firefox.tap("Next")
    firefox.tap("Hand in")
    assert firefox.sees("Hand in now?")
    firefox.tap("Hand in")
    assert firefox.sees("One last step: send your answers")
    firefox.tap("Save the file")
    path = firefox.download()
    assert path.name == "autumn.sheet.txt"
    parcel = read_sheet(path)
    assert parcel.sheet.answers == "22+"
    assert [text for _, text in parcel.texts.values()] == ["Würde: “tea”."]
    assert collected(selfassess, path) == "1 new, 0 already here, 0 replaced, 0 refused."
    firefox.tap("I have sent it: erase it here")
    assert firefox.sees("None of your answers are left in this browser.")
    assert firefox.run("return localStorage.length") == 0


def test_a_sitting_by_keyboard(selfassess: Command, invited: Path, firefox: Firefox) -> None:
    firefox.open(invited)
    firefox.press("Tab", "Enter", "Tab", "Tab", "Enter")
    assert firefox.sees("Meetings begin on the hour.")
    firefox.pause()
    firefox.press("2")
    assert firefox.sees("Papers come late.")
    firefox.pause()
    firefox.press("d")
    assert firefox.sees("What works well?")
    firefox.press("ArrowRight")
    assert firefox.sees("You have answered every question.")
    firefox.press("Tab", "Tab", "Enter")
    assert firefox.sees("Hand in now?")
    firefox.press("Tab", "Enter")
    assert firefox.sees("One last step: send your answers")
    [sheet] = sheets_in(firefox.run("return document.getElementById('text').value"))
    path = invited.with_name("typed.sheet.txt")
    path.write_bytes(sheet)
    parcel = read_sheet(path)
    assert parcel.sheet.answers == f"1{Missing.DONT_KNOW.value}+"
    assert parcel.sheet.ticket
    assert parcel.sheet.ticket.agrees is False
    assert collected(selfassess, path) == "1 new, 0 already here, 0 replaced, 0 refused."


@pytest.mark.attack
def test_made_up_people_hand_in_the_same(firefox: Firefox, tmp_path: Path, slow_codes: None) -> None:
    for seed in some_of(range(100), 4):
        made = in_browser(case(seed))
        if made.acts:
            firefox.open(page_of(made, tmp_path))
            firefox.run(QUICK)
            receipt, text = firefox.wait_for(SITTING, placed(made))
            [sheet] = sheets_in(text)
            wanted = by_the_program(replace(made, receipt=Receipt(receipt)), tmp_path / "one.sheet")
            assert sheet.decode() == wanted, seed
