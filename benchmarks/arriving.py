"""Answers on their way in: a hand-in where very many are in, sheet files that come back, and responses in CSV files."""

import statistics
import time
from pathlib import Path

from large import GROUPS

from selfassess.definition.loader import restore
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes
from selfassess.project.exchange_files import write_sheet
from selfassess.project.parcel import pack
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds

ID = "large"


def responses(from_csv: Path, to: Path, rows: int, rounds: int = 1) -> None:
    """So many rows of the answers that `large.make_round` wrote, as a file for `report --responses`."""
    names = {group[0]: group for group in GROUPS}
    with from_csv.open(encoding="ascii") as lines, to.open("w", encoding="ascii") as file:
        file.write(f"respondent,round,{next(lines)}")
        for number, line in zip(range(rows), lines, strict=False):
            group, _, rest = line.partition(",")
            file.write(f"p{number},{number % rounds + 1},{names[group]},{rest}")


def a_sheet(round: Round) -> Sheet:
    """One that somebody of the board answered."""
    answers = "".join("01234"[place % 5] for place in range(100))
    ticket = Ticket(round=round.key)
    return Sheet(questionnaire=round.questionnaire, group="board", form="full", answers=answers, ticket=ticket)


def hand_ins(path: Path, edition: Edition, times: int) -> tuple[float, float]:
    """Seconds that it takes to hand one sheet in, and with opening the project and leaving it tidy."""
    alone, whole = [], []
    for _ in range(times):
        start = time.perf_counter()
        with open_project(path) as project:
            rounds = Rounds(project)
            parcel = pack(a_sheet(rounds.get(ID)), codes.new_code(codes.RECEIPT_LENGTH))
            begun = time.perf_counter()
            rounds.sheets.hand_in(parcel, questionnaire=edition.questionnaire)
            alone.append(time.perf_counter() - begun)
        whole.append(time.perf_counter() - start)
    return statistics.median(alone), statistics.median(whole)


def reopened(path: Path) -> None:
    """The round takes sheets again."""
    with open_project(path) as project:
        Rounds(project).reopen(ID)


def open_round(path: Path, content: bytes) -> Round:
    """A round in which nobody has handed in."""
    edition = restore(path.name, content)
    round = Round(id=ID, key=codes.new_key(), title="L", questionnaire=edition.sha256, invited={"board": 10_000})
    with create(path, "shared", made_up=True) as project:
        rounds = Rounds(project)
        rounds.add(round, edition)
        rounds.open(ID)
    return round


def sheet_files(folder: Path, round: Round, number: int) -> None:
    """So many sheet files that came back."""
    folder.mkdir()
    for place in range(number):
        write_sheet(folder / f"{place:05}.sheet", pack(a_sheet(round), codes.new_code(codes.RECEIPT_LENGTH)))


def one_by_one(path: Path, folder: Path, edition: Edition) -> float:
    """Seconds that it takes to read the sheet files of a folder and hand each in by itself."""
    from selfassess.project.exchange_files import read_sheet

    start = time.perf_counter()
    with open_project(path) as project:
        rounds = Rounds(project)
        for file in sorted(folder.iterdir()):
            rounds.sheets.hand_in(read_sheet(file), questionnaire=edition.questionnaire)
    return time.perf_counter() - start
