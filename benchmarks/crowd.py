"""Very many processes that save to one project file at once, as fast as they can.

`python benchmarks/crowd.py 200 20` starts 200 processes that come at the same moment to a project that is not there
yet. Each begins a sitting and saves 20 answers, one right after the other, each in a transaction of its own that
reaches the disk. Nobody may be refused.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.project.drafts import begin
from selfassess.project.project import open_or_create, open_project
from selfassess.sitting.state import start

Told = tuple[list[float], str]
"""Seconds that each save took, and why somebody was refused."""


def answer(path: Path, edition: Edition, saves: int, all_there: Barrier, told: "Queue[Told]") -> None:
    """Begin a sitting when all are there, and save."""
    times: list[float] = []
    refused = ""
    draft = start(edition, "board")
    all_there.wait()
    try:
        with open_or_create(path, "shared") as project:
            saver = begin(project, edition, draft)
            for number in range(saves):
                draft = replace(draft, responses={**draft.responses, edition.questionnaire.items[number].id: 1.0})
                before = time.perf_counter()
                saver.save(draft)
                times.append(time.perf_counter() - before)
    except SelfAssessError as error:
        refused = error.message
    told.put((times, refused))


def crowd(processes: int, saves: int) -> tuple[float, list[Told], int]:
    """How long it took altogether, what each process told, and how many answers are in the file afterwards."""
    edition = read(find("partnership"))
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    all_there, told = context.Barrier(processes + 1), context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ours.selfassess"
        running = [
            context.Process(target=answer, args=(path, edition, saves, all_there, told)) for _ in range(processes)
        ]
        for one in running:
            one.start()
        all_there.wait()
        before = time.perf_counter()
        found = [told.get() for _ in running]
        seconds = time.perf_counter() - before
        for one in running:
            one.join()
        with open_project(path) as project:
            saved = project.database.first(int, "SELECT sum(revision) FROM drafts") or 0
        left = [one.name for one in path.parent.iterdir() if one != path]
        if left:
            raise RuntimeError(f"left beside the file: {left}")
    return seconds, found, saved


def main() -> None:
    """Say how long they waited: exit code 1 if anybody was refused, or an answer is missing."""
    processes, saves = int(sys.argv[1]), int(sys.argv[2])
    seconds, found, saved = crowd(processes, saves)
    times = sorted(one for each, _ in found for one in each)
    refused = [why for _, why in found if why]
    print(
        f"{processes} processes, {len(times)} answers in {seconds:.1f} s, {len(refused)} refused, {saved} in the file"
    )
    for name, share in (("95 in 100", 0.95), ("99 in 100", 0.99)):
        print(f"{name} waited at most {times[int(share * len(times)) - 1]:.2f} s")
    print(f"median {statistics.median(times):.3f} s, longest {times[-1]:.2f} s, load {os.getloadavg()[0]:.0f}")
    sys.exit(1 if refused or saved != processes * saves else 0)


if __name__ == "__main__":
    main()
