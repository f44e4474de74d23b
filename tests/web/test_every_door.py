"""A round of thirty people who came through different doors: its file can't be told from that of a round in which all
sat at the terminal."""

import base64
import datetime
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Draft, Receipt, RoundKey, Ticket
from selfassess.project import codes
from selfassess.project.drafts import InRound
from selfassess.project.paper_sheets import FromPaper
from selfassess.project.project import Project, create
from selfassess.project.rounds import Rounds
from selfassess.services.answer_page import AnswerPage
from selfassess.services.arrival import Arrived, take_in
from selfassess.services.collection import Collection, collect
from selfassess.services.paper_desk import Desk
from selfassess.sitting.session import Sitting
from tests.cli.rounds import EDITION
from tests.web.made import Act, Case, after
from tests.web.test_same_sheets import by_the_page, pytestmark

__all__ = ["pytestmark"]
ROUND = Round(
    id="autumn",
    key=RoundKey("c0de" * 8),
    title="Autumn 2026",
    questionnaire=EDITION.sha256,
    invited={"board": 20, "staff": 9},
    rules=Rules(small_groups="consent", asks_consent=("staff",)),
)
SIX = 6
"""People a door."""


def people() -> list[Case]:
    """Five times six people, of whom those on paper write nothing."""
    page = AnswerPage(round=ROUND, edition=EDITION, salt="5a" * 16, since=datetime.datetime.now(datetime.UTC))
    random = Random(30)
    found = []
    for number in range(5 * SIX):
        group = "board" if number % 3 else "staff"
        ticket = Ticket(round=ROUND.key, agrees=bool(number % 2) if group == "staff" else None)
        acts: list[Act] = [("choose", "begin", random.randrange(5)), ("choose", "late", random.randrange(5))]
        if number < 4 * SIX:
            acts.append(("write", "well", f"What number {number} says"))
        receipt = "-".join(f"{number:04}" for _ in range(5))
        draft = Draft(questionnaire=EDITION.sha256, group=group, form="full", ticket=ticket)
        found.append(Case(page=page, draft=draft, acts=tuple(acts), receipt=receipt, revision=0, code=""))
    return found


@pytest.fixture
def receipts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those that are given out next, the next one last."""
    coming: list[str] = []
    monkeypatch.setattr(codes, "new_receipt", lambda: Receipt(coming.pop()))
    return coming


def opened(path: Path) -> Project:
    project = create(path, "shared")
    rounds = Rounds(project)
    rounds.add(ROUND, EDITION)
    rounds.open(ROUND.id)
    return project


def at_the_terminal(project: Project, one: Case, receipts: list[str]) -> None:
    """A sitting as both front ends lead it."""
    rounds, receipts[:] = Rounds(project), [one.receipt]
    code = codes.new_code(codes.RESUME_LENGTH)
    saver = InRound(rounds, ROUND, rounds.sheets.begin(EDITION, one.draft, code), code=code)
    sitting = Sitting(EDITION, one.draft, saver, round=ROUND)
    for act in one.acts:
        sitting._become(after(EDITION.questionnaire, sitting.draft, act))
    assert sitting.hand_in().receipt == one.receipt


def on_paper(project: Project, one: Case, row: str, number: int, receipts: list[str]) -> None:
    rounds, receipts[:] = Rounds(project), [one.receipt]
    desk = Desk(rounds=rounds, round=ROUND, edition=EDITION, group=one.draft.group or "")
    keyed = desk.read(row)
    assert not desk.misfits(keyed)
    rounds.papers.enter_all(
        ROUND.id, [FromPaper(number=str(number), sheet=desk.sheet(keyed, {}))], EDITION.questionnaire
    )


def by_file(project: Project, content: str, folder: Path, number: int) -> None:
    path = folder / f"{number}.sheet.txt"
    path.write_text(content, encoding="utf-8")
    _collected(project, path)


def by_message(project: Project, content: str, folder: Path, number: int) -> None:
    path = folder / f"{number}.eml"
    text = base64.encodebytes(content.encode()).decode()
    path.write_text(f"Subject: answers\n\nBEGIN SELFASSESS SHEET\n{text}\nEND SELFASSESS SHEET\n", encoding="utf-8")
    _collected(project, path)


def _collected(project: Project, path: Path) -> None:
    collection = Collection()
    collect(Rounds(project), [path], collection)
    assert (collection.new, collection.refused) == (1, [])


def rows(project: Project) -> Iterator[tuple[object, ...]]:
    """Everything that the file says of sheets, texts and consent."""
    for table in ("sheets", "texts", "refusals", "papers", "withdrawn", "drafts", "admissions"):
        yield from ((table, *row) for row in project.database.rows(f"SELECT * FROM {table} ORDER BY 1, 2"))


@pytest.mark.slow
def test_a_round_through_every_door_is_the_same_as_one_at_the_terminal(tmp_path: Path, receipts: list[str]) -> None:
    everybody = people()
    given = by_the_page(everybody)
    with opened(tmp_path / "doors.selfassess") as doors, opened(tmp_path / "terminal.selfassess") as terminal:
        for number, (one, page) in enumerate(zip(everybody, given, strict=True)):
            content, row = page["content"] or "", page["row"]
            match number // SIX:
                case 0:
                    by_file(doors, content, tmp_path, number)
                case 1:
                    by_message(doors, content, tmp_path, number)
                case 2:
                    assert isinstance(take_in(Rounds(doors), content.encode()), Arrived)
                case 3:
                    at_the_terminal(doors, one, receipts)
                case _:
                    assert row is not None
                    on_paper(doors, one, row, number, receipts)
            at_the_terminal(terminal, one, receipts)
        for project in (doors, terminal):
            Rounds(project).close(ROUND.id)
            Rounds(project).fix(ROUND.id)
        found, wanted = list(rows(doors)), list(rows(terminal))
    numbers = [row for row in found if row[0] == "papers"]
    assert len(numbers) == SIX
    assert [row for row in found if row[0] != "papers"] == wanted
    sheets = [row for row in wanted if row[0] == "sheets"]
    assert len(sheets) == len(everybody)
    assert len({row[5] for row in sheets}) > SIX  # they did not all say the same
