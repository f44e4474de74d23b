"""Writes what the README shows of the program, from the program: `python docs/make.py`. A test holds it to that."""

import asyncio
import random
import re
import tempfile
from pathlib import Path

from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft
from selfassess.report.console import page, to_text
from selfassess.report.own import own_report
from selfassess.sitting import state
from selfassess.sitting.order import steps
from selfassess.storage.project import create
from selfassess.tui.app import SelfAssess
from selfassess.tui.opening import Opening

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
PICTURE = DOCS / "picture.svg"
MADE_UP = 8
"""The seed of the made-up answers."""


def main() -> None:
    """Write the picture and the page of report."""
    PICTURE.write_text(picture(), encoding="utf-8")
    README.write_text(with_report(README.read_text(encoding="utf-8")), encoding="utf-8")


def made_up_sitting(edition: Edition) -> Draft:
    """A board member's answers, drawn from a fixed seed."""
    chance = random.Random(MADE_UP)
    questionnaire, draft = edition.questionnaire, state.start(edition, "board")
    for step in steps(questionnaire, draft):
        if step.item and step.item.kind == "choice":
            leaning = [2, 3, 3, 4, 4, 5] if step.strand.id != "organisation" else [1, 2, 2, 3, 4]
            draft = state.respond(questionnaire, draft, step.id, chance.choice(leaning))
    return draft


def picture() -> str:
    """A question on screen as an SVG that fetches nothing."""
    return asyncio.run(_picture())


async def _picture() -> str:
    edition = read(find("partnership"))
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "personal.selfassess", "personal") as project:
        app = SelfAssess(Opening(project=project, edition=edition, group="board"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter", "4", "enter", "2", "enter", "4")
            await pilot.pause()
            drawn = app.export_screenshot(title="selfassess", simplify=False)
    return _timeless(drawn, folder)


def _timeless(drawn: str, folder: str) -> str:
    """Without fonts from elsewhere, without the names of this computer, and with the same ids every time."""
    drawn = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"terminal-\d+-", "terminal-", drawn)
    return drawn.replace("Fira Code, monospace", "monospace").replace(folder, "~")


def with_report(readme: str) -> str:
    """The README with a part of the report of made-up answers."""
    edition = read(find("partnership"))
    sheet = state.hand_in(edition.questionnaire, made_up_sitting(edition))
    lines = to_text(page(own_report(edition, sheet))).splitlines()
    profile, gaps = lines.index(""), lines.index("Widest gaps, and what could be done")
    second = next(place for place, line in enumerate(lines) if line.startswith("Organisation and"))
    part = "\n".join([*lines[profile + 1 : second], "[…]", "", *lines[gaps : gaps + 6], "[…]"])
    block = re.compile(r"(<!-- report -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)
    return block.sub(lambda found: f"{found[1]}{part}\n{found[2]}", readme)


if __name__ == "__main__":
    main()
