"""A megabyte of each bad kind into every reader: what each takes of the processor, beside a good megabyte.

`python benchmarks/megabytes.py` takes an hour; `python benchmarks/megabytes.py 100000 plan sheet` reads files of so
many bytes with some of the readers. It ends with 1 if a file takes longer than two seconds a megabyte (beyond what the
program takes to start), is told as our own fault, or is refused without its name.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.cli.megabytes import READERS, Reader, Table, laid

MEGABYTE = 1_000_000
SECONDS = 2.0
"""The most that a megabyte may take."""
PATIENCE = 30
"""Seconds after which a reader is stopped."""


class Reading(NamedTuple):
    """What became of a file."""

    seconds: float
    """Of the processor, the start of the program among them."""
    code: int | None
    """None where it was stopped."""
    said: str


def main() -> int:
    """Read everything, and print what stands out."""
    size, *names = sys.argv[1:] or [str(MEGABYTE)]
    chosen = [reader for reader in READERS if not names or reader.name in names]
    with tempfile.TemporaryDirectory() as folder:
        table = laid(Path(folder))
        wrong = [tell(reader, table, int(size)) for reader in chosen]
    return int(any(wrong))


def tell(reader: Reader, table: Table, size: int) -> bool:
    """Read every bad file with one reader, and print a line for each that takes long, and one for all. Whether anything
    was wrong."""
    good = read(reader, table, reader.good(table, size))
    start = read(reader, table, b"").seconds
    most = start + SECONDS * max(size, MEGABYTE // 10) / MEGABYTE
    print(f"{reader.name}: a good one {good.seconds:.2f} s ({good.code}: {last_line(good.said)})", flush=True)
    count, wrong, slowest = 0, 0, ("", good)
    for name, content in reader.all_files(table, size):
        found = read(reader, table, content)
        count += 1
        why = [] if found.code in (0, 2, 3, 4, *reader.others) else [f"ended with {found.code}"]
        why += ["too long"] if found.seconds > most else []
        why += (
            ["without its name"]
            if found.code in (2, 3, 4) and reader.ending and f"bad{reader.ending}" not in found.said
            else []
        )
        wrong += bool(why)
        slowest = max(slowest, (name, found), key=lambda one: one[1].seconds)
        if why:
            ratio = found.seconds / good.seconds
            print(
                f"  {name:45} {found.seconds:6.2f} s  {ratio:5.1f} times  {', '.join(why):18} {last_line(found.said)}"
            )
    name, found = slowest
    print(f"  {count} files, {wrong} wrong; the slowest took {found.seconds:.2f} s: {name}", flush=True)
    return bool(wrong)


def last_line(said: str) -> str:
    """The end of what was said, short."""
    return (said.strip().splitlines() or [""])[-1].strip()[:80]


def read(reader: Reader, table: Table, content: bytes) -> Reading:
    """What a reader makes of a file, in a process of its own."""
    path = table.folder / f"bad{reader.ending}"
    path.write_bytes(content)
    table.project.write_bytes(table.as_laid)
    environment = {**os.environ, "SELFASSESS_PROJECT": str(table.folder / "mine.selfassess")}
    command = [sys.executable, "-m", "selfassess", *reader.arguments(table, str(path))]
    before = used()
    with path.open("rb") as typed, tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL if reader.ending else typed, stdout=said, stderr=said, env=environment
        ) as program:
            code = until(program)
        said.seek(0)
        return Reading(used() - before, code, said.read().decode(errors="replace"))


def until(program: subprocess.Popen[bytes]) -> int | None:
    """The exit code of a program; None where it used up the time that it has."""
    start = time.monotonic()
    try:
        return program.wait(PATIENCE * 4)
    except subprocess.TimeoutExpired:
        program.kill()
        print(f"  stopped after {time.monotonic() - start:.0f} s")
        return None


def used() -> float:
    """Seconds of the processor that ended children took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(main())
