"""No reader takes long over anything that it can be given, and none goes on without saying which file it is about."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from tests.cli.conftest import Command
from tests.cli.megabytes import READERS, Reader, Table, laid
from tests.examples import USUAL

SIZE = 50_000
"""Bytes: what takes the square of its length takes seconds for so many."""
LONGEST = 1.0
"""Seconds of the processor for one of these files."""
SAMPLE = 12
"""Files for each reader in an ordinary run; where attacks are run by themselves, all are read."""


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return laid(tmp_path)


@pytest.mark.attack
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_file_is_a_fault_or_takes_long(selfassess: Command, table: Table, reader: Reader) -> None:
    slow, faults, unnamed = {}, {}, {}
    files = dict(reader.all_files(table, SIZE))
    further = settings().max_examples > USUAL
    chosen = list(files) if further else Random(reader.name).sample(list(files), SAMPLE)
    for name in chosen:
        content = files[name]
        path = table.folder / f"file{reader.ending}"
        typed = "" if reader.ending else content.decode(errors="replace")
        path.write_bytes(content)
        table.project.write_bytes(table.as_laid)
        start = time.process_time()
        done = selfassess(*reader.arguments(table, str(path)), typed=typed)
        taken = time.process_time() - start
        said = done.out + done.err
        if taken > LONGEST * max(1, len(content) / SIZE / 2):
            slow[name] = taken
        if done.code not in (0, 2, 3, 4, *reader.others):
            faults[name] = done
        if done.code in (2, 3, 4) and reader.ending and path.name not in said:
            unnamed[name] = said
    assert (slow, faults, unnamed) == ({}, {}, {})
