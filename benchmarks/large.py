"""A closed round of very many people: its report, and polars counting the same answers from CSV.

`python large.py report FILE` and `python large.py polars FILE` do the one or the other. Whoever starts it measures what
it takes.
"""

import secrets
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

GROUPS = ("board", "staff", "external")
BLANK = 0.03
"""The share of answers that are missing."""
AT_ONCE = 50_000


class Cost(NamedTuple):
    """What something took."""

    seconds: float
    processor: float
    """Seconds of all processors together."""
    mebibytes: float


def hundred_items() -> bytes:
    """A made-up questionnaire: 10 strands with 5 benchmarks of 2 items each, asked of three groups."""
    lines = ['format = 1\nid = "hundred"\nversion = "1"\ntitle = "A hundred items"']
    lines += [f'[[groups]]\nid = "{group}"\ntitle = "{group.title()}"' for group in GROUPS]
    lines += ["[scales.agree]", "points = ["]
    lines += [f'  {{ value = {value}, label = "Step {value}" }},' for value in range(1, 6)] + ["]"]
    for strand in range(10):
        lines.append(f'[[strands]]\nid = "s{strand}"\ntitle = "Strand {strand}"')
        for benchmark in range(5):
            name = f"s{strand}_b{benchmark}"
            lines.append(f'  [[strands.benchmarks]]\n  id = "{name}"\n  title = "Benchmark {name}"')
            for item in range(2):
                text = f"We met in room {strand * 10 + benchmark * 2 + item}."
                lines.append(f'    [[strands.benchmarks.items]]\n    id = "{name}_i{item}"\n    text = "{text}"')
    return "\n".join(lines).encode()


def make_round(content: bytes, sheets: int, path: Path, csv: Path | None = None) -> None:
    """A closed round of so many sheets, and the same answers as CSV: a column an item, nothing where one is missing."""
    import numpy as np

    from selfassess.definition.loader import restore
    from selfassess.model.questionnaire import POINT_CODES
    from selfassess.model.round import Round
    from selfassess.project.project import create
    from selfassess.project.rounds import Rounds

    edition = restore(path.name, content)
    items = [item.id for item in edition.questionnaire.items]
    chance = np.random.default_rng(2005)
    characters = np.frombuffer(f"-{POINT_CODES[:5]}".encode(), dtype=np.uint8)
    key = secrets.token_hex(16)
    invited = dict.fromkeys(GROUPS, sheets)
    if csv:
        csv.write_text(",".join(["group", *items]) + "\n", encoding="ascii")
    with create(path, "shared", made_up=True) as project:
        rounds = Rounds(project)
        rounds.add(Round(id="large", key=key, title="L", questionnaire=edition.sha256, invited=invited), edition)
        rounds.open("large")
        # Keys in rising order: the table is sorted by them, and the file is not to be sorted in the time measured.
        keys = sorted(secrets.token_hex(16) for _ in range(sheets))
        for start in range(0, sheets, AT_ONCE):
            ids = keys[start : start + AT_ONCE]
            values = chance.integers(1, 6, (len(ids), len(items)), dtype=np.uint8)
            values[chance.random(values.shape, dtype=np.float32) < BLANK] = 0
            groups = chance.integers(0, len(GROUPS), len(ids))
            with project.database.transaction() as connection:
                connection.executemany(
                    "INSERT INTO sheets (id, questionnaire, group_id, form, answers, beside, round, revision) "
                    "VALUES (?, ?, ?, 'full', ?, '{}', ?, 0)",
                    (
                        (id, edition.sha256, GROUPS[group], row.tobytes().decode(), key)
                        for id, group, row in zip(ids, groups, characters[values], strict=True)
                    ),
                )
            if csv:
                cells = np.full((len(ids), 2 * len(items) + 2), ord(","), dtype=np.uint8)
                cells[:, 0] = np.frombuffer("".join(one[0] for one in GROUPS).encode(), dtype=np.uint8)[groups]
                cells[:, 2::2] = np.where(values, values + ord("0"), 0)
                cells[:, -1] = ord("\n")
                with csv.open("ab") as file:
                    file.write(cells[cells > 0].tobytes())
        rounds.close("large")


def report(path: Path) -> None:
    """The whole report as a JSON document."""
    from selfassess.documents.export import summary as data
    from selfassess.documents.export.round import round_document
    from selfassess.project.project import open_project
    from selfassess.project.rounds import Rounds
    from selfassess.services.reports import ClosedRounds, build_report

    with open_project(path, read_only=True) as project:
        rounds = Rounds(project)
        round, closed = rounds.get("large"), ClosedRounds(rounds)
        made, _ = build_report(
            closed.edition(round),
            round,
            closed.results(round),
            rounds.sheets.texts(round.id),
            rounds.agreed(round.id),
            rounds.released(round.id),
            plan=(),
            reported=rounds.reported(round.id),
            made_up=True,
            decided=closed.decided(round),
        )
        data.to_json(round_document(made))


def polars(path: Path) -> None:
    """How many gave each answer to each item, in all and in each group."""
    import polars as pl

    frame = pl.read_csv(path)
    items = frame.columns[1:]
    for item in items:
        frame.get_column(item).value_counts()
    frame.group_by("group").agg(pl.col(items).value_counts())


def read(path: Path) -> None:
    """A file of responses read by polars, and nothing else."""
    import polars as pl

    pl.read_csv(path)


def make(sheets: int, path: Path, csv: Path | None = None) -> None:
    """Make a round in a process of its own, so that its memory is not taken for that of what is measured."""
    subprocess.run([sys.executable, __file__, "make", str(sheets), str(path), *([str(csv)] if csv else [])], check=True)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "make":
        make_round(hundred_items(), int(rest[0]), Path(rest[1]), Path(rest[2]) if rest[2:] else None)
    else:
        {"report": report, "polars": polars, "read": read}[what](Path(rest[0]))
