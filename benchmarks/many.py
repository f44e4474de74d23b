"""What very many people take: each beside something else in the same run, by turns. See README.md beside this."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import arriving
from large import Cost, hundred_items, make

from selfassess.definition.loader import restore

HERE = Path(__file__).parent
LARGE = [sys.executable, str(HERE / "large.py")]
SELFASSESS = [sys.executable, "-m", "selfassess"]
RUNS, MORE_RUNS = 3, 7
SMALL = 10_000
"""Reports of up to so many sheets take so little time that they are measured more often."""
PARTNERSHIPS = 50
"""Rounds in one file, of small partnerships."""
RETURNED = 400
"""Files that come back."""


def many(folder: Path) -> None:
    """Measure everything and print it."""
    content = hundred_items()
    reports(folder)
    scored_files(folder, content)
    hand_ins(folder, content)
    come_back(folder, content)


def reports(folder: Path) -> None:
    """Reports of closed rounds as JSON, beside polars; and how they grow."""
    project, csv = folder / "large.selfassess", folder / "large.csv"
    for sheets, most in ((1_000, "1.5"), (10_000, "1.5"), (700_000, "1")):
        make(sheets, project, csv)
        ours, other = by_turns([*LARGE, "report", str(project)], [*LARGE, "polars", str(csv)], sheets > SMALL)
        tell(f"report of {sheets:,} sheets", ours, other, most)
        print(f"{'  its memory':40} {ours.mebibytes:6.0f} MiB    ({other.mebibytes:.0f} MiB for polars; at most 1024)")
        project.unlink()
        csv.unlink()
    for sheets in (100_000, 200_000, 400_000):
        make(sheets, project)
        seconds = min(cost(*LARGE, "report", str(project)).seconds for _ in range(RUNS))
        print(f"{f'report of {sheets:,} sheets':40} {seconds:6.2f} s      ({seconds / sheets * 1e6:.1f} s a million)")
        project.unlink()


def scored_files(folder: Path, content: bytes) -> None:
    """`report --responses`, beside polars reading the same file and nothing else; and of many small rounds in one file,
    beside as many people in one round."""
    questionnaire = folder / "hundred.toml"
    questionnaire.write_bytes(content)
    project, csv, file = folder / "some.selfassess", folder / "some.csv", folder / "responses.csv"
    make(100_000, project, csv)

    def scoring(path: Path) -> list[str]:
        into = ["--format", "json", "--output", str(folder / "out.json"), "--replace"]
        return [*SELFASSESS, "report", str(questionnaire), "--responses", str(path), *into]

    arriving.responses(csv, file, 100_000)
    ours, other = by_turns(scoring(file), [*LARGE, "read", str(file)], True)
    tell("responses of 100,000 in CSV", ours, other, "3")
    apart = folder / "apart.csv"
    arriving.responses(csv, file, PARTNERSHIPS * 20)
    arriving.responses(csv, apart, PARTNERSHIPS * 20, rounds=PARTNERSHIPS)
    ours, other = cost(*scoring(apart)), cost(*scoring(file))
    tell(f"{PARTNERSHIPS} rounds of 20 in one CSV", ours, other, "watched")
    for path in (project, csv, file, apart):
        path.unlink()


def hand_ins(folder: Path, content: bytes) -> None:
    """A hand-in where few are in and where very many are."""
    edition = restore("hundred.toml", content)
    files = {sheets: folder / f"{sheets}.selfassess" for sheets in (10, 1_000, 100_000)}
    for sheets, path in files.items():
        make(sheets, path)
        arriving.reopened(path)
    times = {sheets: arriving.hand_ins(path, edition, MORE_RUNS) for sheets, path in files.items()}
    for sheets in (1_000, 100_000):
        for place, what in enumerate(("hand-in", "the same, from opening to tidying")):
            ours, other = times[sheets][place], times[10][place]
            words = f"{what}, {sheets:,} in"
            print(f"{words:40} {ours / other:6.2f} times  ({1000 * ours:.1f} ms to {1000 * other:.1f} ms with 10 in)")


def come_back(folder: Path, content: bytes) -> None:
    """`collect`, beside handing the same files in one by one."""
    edition = restore("hundred.toml", content)
    together, alone, returned = folder / "together.selfassess", folder / "alone.selfassess", folder / "returned"
    round = arriving.open_round(together, content)
    alone.write_bytes(together.read_bytes())
    arriving.sheet_files(returned, round, RETURNED)
    ours = cost(*SELFASSESS, "--project", str(together), "collect", str(returned))
    other = arriving.one_by_one(alone, returned, edition)
    words = f"collect {RETURNED} files"
    print(
        f"{words:40} {ours.seconds / other:6.2f} times  ({ours.seconds:.2f} s to {other:.2f} s one by one, once loaded)"
    )


def by_turns(ours: Sequence[str], other: Sequence[str], few: bool) -> tuple[Cost, Cost]:
    """The least that each of two programs takes."""
    costs = [(cost(*ours), cost(*other)) for _ in range(RUNS if few else MORE_RUNS)]
    least = [Cost(*map(min, zip(*(pair[side] for pair in costs), strict=True))) for side in (0, 1)]
    return least[0], least[1]


def tell(what: str, ours: Cost, other: Cost, most: str) -> None:
    """One line: the ratios of time and of work, and what they are made of."""
    made_of = f"{ours.seconds:.2f} s to {other.seconds:.2f} s"
    work = f"processors {ours.processor / other.processor:.2f} times"
    print(f"{what:40} {ours.seconds / other.seconds:6.2f} times  ({made_of}; {work}; at most {most})", flush=True)


def cost(*command: str) -> Cost:
    """What a program takes in a process of its own, from the start of that."""
    # What was compiled stays, as where the program is installed.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    memory = used.ru_maxrss / (1 if sys.platform == "linux" else 1024) / 1024
    return Cost(seconds, used.ru_utime + used.ru_stime, memory)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        many(Path(made))
