"""What another process does with a project file, for tests that need several: child.py WHAT PROJECT …"""

import hashlib
import multiprocessing
import os
import sqlite3
import sys
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Draft, Sheet
from selfassess.storage.drafts import begin
from selfassess.storage.project import open_or_create, open_project

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
    project = open_or_create(path)
    saver, draft = begin(project, EDITION, DRAFT), DRAFT
    for number in range(1_000_000):
        draft = replace(draft, responses={**draft.responses, f"item_{number}": float(number)})
        saver.save(draft)
        say(number)


def hand_in_together(path: Path, many: str) -> None:
    """Be many processes that come at the same moment. Each says who it is and its receipt."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    all_there = context.Barrier(int(many))
    names = [f"p{number}" for number in range(int(many))]
    processes = [context.Process(target=hand_in, args=(path, name, all_there)) for name in names]
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


def look(path: Path) -> None:
    """Have the project open, doing nothing."""
    with open_project(path) as project:
        project.sheets()
        say("ready")
        sys.stdin.readline()


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
    what, path, *rest = sys.argv[1:]
    {"answer": answer_without_end, "hand_in_together": hand_in_together, "look": look, "write": write}[what](
        Path(path), *rest
    )
