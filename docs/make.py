"""Writes what the README shows of the program, and the catalogue of its sentences, from the program: `python
docs/make.py`. Tests hold them to that."""

import asyncio
import datetime
import hashlib
import io
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import catalogue
import pypdfium2
from PIL.Image import Image, Palette
from PIL.Image import new as new_image
from PIL.Image import open as open_image
from PIL.PngImagePlugin import PngInfo

from selfassess.definition.json_schema import written
from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.definition.schema_file import NAME
from selfassess.documents import media
from selfassess.documents.personal import brief
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.round.board_page import document as board_page_of
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.round import Round
from selfassess.model.sheet import Draft, RoundKey
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.answer_page import AnswerPage
from selfassess.services.comparisons import release_with_follow_up
from selfassess.services.demo import CLOSED, LATER, make_project
from selfassess.services.reports import own_report, with_current_plan
from selfassess.sitting import state
from selfassess.sitting.steps import steps
from selfassess.tui.app import SelfAssess
from selfassess.tui.dashboard_navigation import show_dashboard
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Begin
from selfassess.tui.sitting_navigation import show_results
from selfassess.web.page import to_html

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
PICTURE = DOCS / "picture.svg"
DASHBOARD = DOCS / "dashboard.svg"
RESULT = DOCS / "result.svg"
BOARD_PAGE = DOCS / "board-page.png"
ANSWER_PAGE = DOCS / "answer-page.png"
SCHEMA = DOCS.parent / "selfassess" / "definition" / NAME
DRAWN = "page"
"""Under which name a picture of a page says which page it shows, by the checksum of its HTML."""
MADE_UP = 8
"""The seed of the made-up answers."""


def main() -> None:
    """Write the catalogue, the pictures and the parts of reports."""
    catalogue.write()
    SCHEMA.write_text(written(), encoding="utf-8", newline="\n")
    PICTURE.write_text(picture(), encoding="utf-8")
    DASHBOARD.write_text(dashboard(), encoding="utf-8")
    RESULT.write_text(result(), encoding="utf-8")
    board_page().save(BOARD_PAGE, optimize=True)
    draw_answer_page()
    README.write_text(with_reports(README.read_text(encoding="utf-8")), encoding="utf-8")


def made_up_sitting(edition: Edition) -> Draft:
    """A board member's answers, drawn from a fixed seed."""
    chance = random.Random(MADE_UP)
    questionnaire, draft = edition.questionnaire, state.start(edition, "board")
    for step in steps(questionnaire, draft):
        if step.item and step.item.has_figures:
            leaning = [2, 3, 3, 4, 4, 5] if step.strand.id != "organisation" else [1, 2, 2, 3, 4]
            values = questionnaire.scale_of(step.item).values
            from_worst = values[::-1] if step.item.reverse else values
            nearest = round((chance.choice(leaning) - 1) / 4 * (len(values) - 1))
            draft = state.respond(questionnaire, draft, step.id, from_worst[nearest])
    return draft


def picture() -> str:
    """A question on screen as an SVG that fetches nothing."""
    edition = read(find("partnership"))
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "personal.selfassess", "personal") as project:
        options = LaunchOptions(project=project, edition=edition, group="board")
        return asyncio.run(_drawn(options, keys=("enter", "4", "enter", "2", "enter", "4")))


def result() -> str:
    """One person's result on screen, for invented answers, as such an SVG."""
    edition = read(find("partnership"))
    sheet = state.hand_in(edition.questionnaire, made_up_sitting(edition))
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "personal.selfassess", "personal") as project:
        options = LaunchOptions(project=project)
        return asyncio.run(_drawn(options, lambda navigator: partial(show_results, navigator, edition, sheet)))


def dashboard() -> str:
    """The dashboard of the demonstration's later round in a large window, as such an SVG."""
    with demonstration(LATER) as (project, report):
        rounds, plans = Rounds(project), Plans(project)
        whole = with_current_plan(rounds, report)
        options = LaunchOptions(project=project)
        return asyncio.run(
            _drawn(
                options,
                lambda navigator: partial(show_dashboard, navigator, whole, rounds, plans),
                size=(120, 40),
            )
        )


async def _drawn(
    options: LaunchOptions, begin: Begin | None = None, *, size: tuple[int, int] = (80, 24), keys: tuple[str, ...] = ()
) -> str:
    app = SelfAssess(options, begin)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        drawn = app.export_screenshot(title="selfassess", simplify=False)
    return _timeless(drawn, str(options.project.path.parent) if options.project else "")


def answer_page() -> str:
    """The page on which a board member answers."""
    questionnaire = read(find("partnership"))
    round = Round(
        id="autumn_2026",
        key=RoundKey("c0de" * 8),
        title="Autumn 2026",
        questionnaire=questionnaire.sha256,
        invited={"board": 12},
    )
    since = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    return to_html(AnswerPage(round=round, edition=questionnaire, salt="5a" * 16, since=since, group="board"))


def draw_answer_page() -> None:
    """A phone with a question, and the same in a wide window. Left as it is where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("No Chromium: docs/answer-page.png stays as it is.\n")
        return
    drawn = [_answered(chromium, width) for width in (360, 800)]
    whole = new_image("RGB", (sum(one.width for one in drawn) + 40, drawn[0].height), "#888888")
    whole.paste(drawn[0], (0, 0))
    whole.paste(drawn[1], (drawn[0].width + 40, 0))
    says = PngInfo()
    says.add_text(DRAWN, checksum(answer_page()))
    whole.quantize(64).save(ANSWER_PAGE, optimize=True, pnginfo=says)


def checksum(page: str) -> str:
    """The checksum of a page, which a picture of it carries."""
    return hashlib.sha256(page.encode()).hexdigest()


def _answered(chromium: str, width: int) -> Image:
    """The page in a window of that width, at its third question."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(answer_page(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": width, "height": 700}, device_scale_factor=1.5)
        shown.goto(path.as_uri())
        shown.get_by_role("button", name="Start", exact=True).click()
        for _ in range(2):
            shown.wait_for_timeout(450)
            shown.get_by_role("button", name="Agree", exact=True).click()
            shown.wait_for_timeout(350)
        content = shown.screenshot()
        browser.close()
    return open_image(io.BytesIO(content)).convert("RGB")


def board_page() -> Image:
    """The one page of the demonstration's later round, as it is printed."""
    with demonstration(LATER) as (_, report):
        content = media.write(board_page_of(report), "pdf")
    if not isinstance(content, bytes):
        raise TypeError(content)
    drawn = pypdfium2.PdfDocument(content)[0].render(scale=1.2).to_pil()
    return drawn.convert("P", palette=Palette.ADAPTIVE, colors=32)


@contextmanager
def demonstration(id: str = CLOSED) -> Iterator[tuple[Project, RoundReport]]:
    """What `selfassess demo` makes, and the report of one of its closed rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.selfassess"
        make_project(path, replace=False)
        with open_project(path) as project:
            rounds = Rounds(project)
            yield project, release_with_follow_up(rounds, rounds.get(id))


def _timeless(drawn: str, folder: str) -> str:
    """Without fonts from elsewhere, without the names of this computer, and with the same ids every time."""
    drawn = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"terminal-\d+-", "terminal-", drawn)
    return drawn.replace("Fira Code, monospace", "monospace").replace(folder, "~")


def with_reports(readme: str) -> str:
    """The README with a part of one person's report."""
    return _with(readme, "report", _of_one_person())


def _with(readme: str, name: str, part: str) -> str:
    block = re.compile(rf"(<!-- {name} -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)
    return block.sub(lambda found: f"{found[1]}{part}\n{found[2]}", readme)


def _of_one_person() -> str:
    edition = read(find("partnership"))
    sheet = state.hand_in(edition.questionnaire, made_up_sitting(edition))
    lines = to_text(page(brief(own_report(edition, sheet)))).splitlines()
    profile, gaps = lines.index(""), lines.index("Widest gaps, and what could be done")
    second = next(place for place, line in enumerate(lines) if line.startswith("Organisation and"))
    return "\n".join([*lines[profile + 1 : second], "[…]", "", *lines[gaps : gaps + 6], "[…]"])


if __name__ == "__main__":
    main()
