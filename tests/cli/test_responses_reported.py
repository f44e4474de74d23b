"""A file of responses is reported on as a round, in every format that a round comes in."""

import csv
import json
from pathlib import Path
from random import Random

import pytest

from selfassess.cli.output import ENDINGS
from selfassess.cli.report import FORMATS
from selfassess.errors import ResponsesError
from selfassess.model.results import RoundSummary
from selfassess.model.round import Thresholds
from selfassess.services.responses import report_responses, score_responses
from tests.cli.conftest import Command
from tests.cli.rounds import EDITION

INVITED = ("--invited", "board=20", "--invited", "staff=9")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """20 people: 16 of the board and 4 of the staff, who are too few."""
    chance, path = Random(4), tmp_path / "Autumn at the partnership.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["respondent", "group", "begin", "late"])
        for number in range(20):
            group = "staff" if number % 5 == 0 else "board"
            writer.writerow([number, group, chance.randint(1, 3), chance.randint(1, 3)])
    return path


def test_every_format_that_a_round_gives(selfassess: Command, small: str, rows: Path, tmp_path: Path) -> None:
    for style in FORMATS:
        if style in ("json", "csv"):
            continue
        ending = next(ending for ending, meant in ENDINGS.items() if meant == style)
        path = tmp_path / f"report{ending}"
        done = selfassess("report", small, "--responses", str(rows), *INVITED, "--output", str(path))
        assert (done.code, done.err) == (0, f"Written: {path}.\n")
        assert path.stat().st_size > 100
    text = " ".join((tmp_path / "report.txt").read_text("utf-8").split())
    assert "“Autumn at the partnership”" in text
    assert "Staff (4 handed in) are left out, so this is not everybody's view" in text
    assert "Board members 16 of 20" in text
    whole = selfassess("report", small, "--responses", str(rows), *INVITED, "--format", "text", "--full").out
    assert len(whole) > 2 * len(text)


def test_it_has_the_figures_of_the_scored_file(selfassess: Command, small: str, rows: Path) -> None:
    scored = score_responses(EDITION, rows, "full", (), Thresholds()).summary.rounds[0]
    report, _ = report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9})
    said = report.results
    assert said.left_out == scored.left_out == ("staff",)
    assert said.all.n == scored.all.n == 16

    def figures(of: RoundSummary) -> list[tuple[object, ...]]:
        walked = [one for node in of.all.strands for one in node.walk()]
        return [(one.id, one.n, one.mean, one.sd, one.coded, one.withheld) for one in walked]

    assert figures(said) == figures(scored)
    document = json.loads(selfassess("report", small, "--responses", str(rows)).out)
    assert document["rounds"][0]["left_out"] == ["staff"]


def test_what_is_missing_or_does_not_fit_is_said(selfassess: Command, small: str, rows: Path) -> None:
    def said(*options: str) -> str:
        done = selfassess("report", small, "--responses", str(rows), *options)
        assert done.code == 2
        return done.err

    assert "Add their number: --invited board=12 --invited staff=12" in said("--format", "text")
    assert "Board members: 16 answered, and 12 were asked." in said(
        "--format", "text", "--invited", "board=12", "--invited", "staff=9"
    )
    assert "--full and --invited are for a page." in said("--full")
    assert "--full and --invited are for a page." in said(*INVITED)
    assert "A page protects small groups." in said("--format", "text", "--min-group", "1", *INVITED)
    assert "Each respondent's scores" in said("--format", "text", "--per-respondent", *INVITED)
    assert "do not go with --responses" in said("--format", "text", "--group", "board", *INVITED)
    assert "go with --responses" in selfassess("report", small, *INVITED).err


def test_a_report_is_of_one_round(rows: Path) -> None:
    def with_rounds(*names: str) -> None:
        heads, *below = csv.reader(rows.read_text("utf-8").splitlines())
        named = [[*row[:4], names[at % len(names)]] for at, row in enumerate(below)]
        with rows.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([[*heads[:4], "round"], *named])

    with_rounds("2025", "2026")
    with pytest.raises(ResponsesError, match="has 2 rounds"):
        report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9})
    with_rounds("Spring")
    report, _ = report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9})
    assert report.round.title == "Spring"
