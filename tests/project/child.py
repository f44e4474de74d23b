"""What another process does with a project file, for tests that need several: child.py WHAT PROJECT …"""

import errno
import hashlib
import multiprocessing
import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.project import codes
from selfassess.project.atomic_files import Together, put_in_place
from selfassess.project.drafts import InRound, begin
from selfassess.project.exchange_files import read_sheet
from selfassess.project.parcel import pack
from selfassess.project.project import open_or_create, open_project
from selfassess.project.recovery import is_taken_in
from selfassess.project.rounds import Rounds
from selfassess.system import end_in_order
from tests.project import asked

CONTENT = b'format = 1\nid = "small"\n'
EDITION = Edition(
    Questionnaire(format=1, id="small", version="1", title="Small", strands=()),
    CONTENT,
    hashlib.sha256(CONTENT).hexdigest(),
)
DRAFT = Draft(questionnaire=EDITION.sha256, group="board", form="full")


def say(word: object) -> None:
    print(word, flush=True)  # noqa: T201  # it tells its parent


def answer_without_end(path: Path) -> None:
    """Answer one item after the other, and say each that is saved."""
    end_in_order()
    with open_or_create(path) as project:
        saver, draft = begin(project, EDITION, DRAFT), DRAFT
        for number in range(1_000_000):
            draft = replace(draft, responses={**draft.responses, f"item_{number}": float(number)})
            saver.save(draft)
            say(number)


def hand_in_together(path: Path, many: str) -> None:
    """Be many processes that come at the same moment. Each says who it is and its receipt."""
    together(hand_in, path, many)


def answer_rounds_together(path: Path, many: str) -> None:
    """Be many processes that come at the same moment into the rounds "autumn" and "spring"."""
    together(answer_rounds, path, many)


def together(work: Callable[[Path, str, Barrier], None], path: Path, many: str) -> None:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    all_there = context.Barrier(int(many))
    names = [f"p{number}" for number in range(int(many))]
    processes = [context.Process(target=work, args=(path, name, all_there)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(sum(process.exitcode != 0 for process in processes))


def hand_in(path: Path, name: str, all_there: Barrier) -> None:
    all_there.wait()
    with open_or_create(path, "shared") as project:
        saver = begin(project, EDITION, DRAFT)
        for number in range(3):
            saver.save(replace(DRAFT, responses={f"item_{number}": 1.0}))
        texts = {"why": f"because of {name}", "how": f"as {name} does"}
        sheet = Sheet(questionnaire=EDITION.sha256, group="board", form="full", answers=name, texts=texts)
        os.write(1, f"{name} {saver.hand_in(sheet)}\n".encode())


def answer_rounds(path: Path, name: str, all_there: Barrier) -> None:
    """Answer a round without codes from the first question on, and send two sheets into one with codes: with a code of
    one's own, and with one that everybody has. Says what came of it."""
    all_there.wait()
    with open_project(path) as project:
        rounds = Rounds(project)
        ticket = Ticket(round=rounds.get("spring").key)
        draft = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", ticket=ticket)
        code = codes.new_code(codes.RESUME_LENGTH)
        saver = InRound(rounds, rounds.get("spring"), rounds.sheets.begin(asked.EDITION, draft, code))
        saver.save(replace(draft, responses={"years": 3}))
        receipt = saver.hand_in(asked.sheet(ticket=ticket, texts={"why": f"because of {name}"}))
        own, everybodys = (
            pack(asked.sheet(ticket=Ticket(round=asked.KEY, admission=key)), asked.receipt())
            for key in (f"{int(name[1:]):032x}", "f" * 32)
        )
        taken = rounds.sheets.hand_in(own, None, asked.QUESTIONNAIRE)
        try:
            first = rounds.sheets.hand_in(everybodys, None, asked.QUESTIONNAIRE)
        except UsageError as error:
            first = error.message
        os.write(1, f"{name}|{receipt}|{taken}|{first}\n".encode())


def collect(path: Path, folder: str) -> None:
    """Take in every sheet of a folder when told, and say what came of them."""
    with open_project(path) as project:
        rounds = Rounds(project)
        say("ready")
        sys.stdin.readline()
        taken = [
            rounds.sheets.hand_in(read_sheet(file), None, asked.QUESTIONNAIRE)
            for file in sorted(Path(folder).glob("*.sheet"))
        ]
    say(" ".join(taken))


def look(path: Path) -> None:
    """Have the project open, doing nothing."""
    with open_project(path) as project:
        project.sheets()
        say("ready")
        sys.stdin.readline()


def save_as_fast_as_it_can(path: Path, many: str, saves: str) -> None:
    """Be many processes that save, one answer after the other. Each says how many it saved, or why not."""

    def work(path: Path, name: str, all_there: Barrier) -> None:
        all_there.wait()
        saved = 0
        try:
            with open_or_create(path, "shared") as project:
                saver, draft = begin(project, EDITION, DRAFT), DRAFT
                for number in range(int(saves)):
                    draft = replace(draft, responses={**draft.responses, f"item_{number}": 1.0})
                    saver.save(draft)
                    saved += 1
        finally:
            os.write(1, f"{name} {saved}\n".encode())

    together(work, path, many)


def write_a_file(path: Path) -> None:
    """Be in the middle of writing a file until told to go on."""
    end_in_order()
    with put_in_place(path, overwrite=True) as new:
        new.write_text("What nobody else may read.", encoding="utf-8")
        say("ready")
        sys.stdin.readline()


def invite(path: Path, folder: str, when: str) -> None:
    """Invite somebody, and wait "before" or "after" the project has taken it in. With a third word the disk knows no
    hard links."""
    end_in_order()
    when, _, disk = when.partition(" ")
    if disk:
        os.link = refuse
    with open_project(path) as project, Together(Path(folder), is_taken_in) as files:
        rounds = Rounds(project)
        code = codes.new_code(codes.RESUME_LENGTH)
        (files.at / "board-01.txt").write_text(code, encoding="utf-8")
        (files.at / "board-02.txt").write_text("a letter", encoding="utf-8")
        with rounds.admission.inviting(rounds.get("autumn"), "board", [code]) as admission:
            files.put(path, admission)
            if when == "before":
                say("ready")
                sys.stdin.readline()
        say("ready")
        sys.stdin.readline()


def refuse(*_: object) -> None:
    raise OSError(errno.EPERM, "no hard links here")


def write(path: Path, mode: str) -> None:
    """Keep the file from being written ("normal") or even read ("exclusive") until told to stop."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA locking_mode = {mode}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE other (id)")
    say("ready")
    sys.stdin.readline()
    connection.execute("ROLLBACK")
    connection.close()


if __name__ == "__main__":
    codes._WORK = 2  # as in the tests that start it; and so that all come as close together as can be
    what, path, *rest = sys.argv[1:]
    {
        "answer": answer_without_end,
        "answer_rounds_together": answer_rounds_together,
        "collect": collect,
        "hand_in_together": hand_in_together,
        "invite": invite,
        "look": look,
        "save_as_fast_as_it_can": save_as_fast_as_it_can,
        "write": write,
        "write_a_file": write_a_file,
    }[what](Path(path), *rest)
