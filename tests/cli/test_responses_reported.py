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


def rounds_of(rows: Path, name: str | None = None) -> list[RoundSummary]:
    """The figures of a scored file, by round; or of one of its rounds."""
    scored = score_responses(EDITION, rows, "full", (), Thresholds(), name)
    return [one for found in scored.rounds() for one in found.summary.rounds]


def test_it_has_the_figures_of_the_scored_file(selfassess: Command, small: str, rows: Path) -> None:
    (scored,) = rounds_of(rows)
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
    for option in (("--full",), INVITED, ("--group", "board"), ("--strand", "one"), ("--explain",)):
        assert "--full, --group, --strand, --explain and --invited are for a page." in said(*option)
    assert "A page protects small groups." in said("--format", "text", "--min-group", "1", *INVITED)
    assert "Each respondent's scores" in said("--format", "text", "--per-respondent", *INVITED)
    assert "--receipt does not go with --responses." in said("--format", "text", "--receipt", "A", *INVITED)
    assert "go with --responses" in selfassess("report", small, *INVITED).err
    assert "go with --responses" in selfassess("report", small, "--round", "a").err


def test_a_page_is_narrowed_and_explained_as_that_of_a_round(selfassess: Command, small: str, rows: Path) -> None:
    def page(*options: str) -> str:
        done = selfassess("report", small, "--responses", str(rows), *INVITED, "--format", "text", *options)
        assert done.code == 0, done.err
        return " ".join(done.out.split())

    assert "Board members" in page("--group", "board")
    assert "How we meet" in page("--strand", "one")
    assert "We meet in good time" in page("--explain", "meeting")
    assert "meeting" in page("--explain")
    options = ("--responses", str(rows), *INVITED, "--format", "text")
    left_out = selfassess("report", small, *options, "--group", "staff")
    assert (left_out.code, "The group “staff” is not shown separately." in left_out.err) == (2, True)
    as_html = selfassess("report", small, *options[:-1], "html", "--explain", "meeting", "--output", "x.html")
    assert "--explain comes as text only." in as_html.err


def test_a_report_is_of_one_round_of_the_file(selfassess: Command, small: str, rows: Path) -> None:
    def with_rounds(*names: str) -> None:
        heads, *below = csv.reader(rows.read_text("utf-8").splitlines())
        named = [[*row[:4], names[at % len(names)]] for at, row in enumerate(below)]
        with rows.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([[*heads[:4], "round"], *named])

    with_rounds("2025", "2026")
    with pytest.raises(ResponsesError, match="has 2 rounds") as caught:
        report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9})
    assert "--round 2026" in caught.value.hint
    scored = {one.id: one for one in rounds_of(rows)}
    for name in ("2025", "2026"):
        one, _ = report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9}, name)
        assert (one.round.title, one.results.all.n) == (name, scored[name].all.n)
    options = ("--responses", str(rows), *INVITED, "--format", "text")
    assert "“2026”" in selfassess("report", small, *options, "--round", "2026").out
    file = ("--responses", str(rows))
    every, only = (selfassess("report", small, *file, *some).out for some in ((), ("--round", "2026")))
    assert [one["id"] for one in json.loads(every)["rounds"]] == ["2025", "2026"]
    assert json.loads(only)["rounds"] == json.loads(every)["rounds"][1:]
    heads, *table = csv.reader(selfassess("report", small, *file, "--format", "csv").out.splitlines())
    assert (heads[0].removeprefix("\ufeff"), {row[0] for row in table}) == ("round", {"2025", "2026"})
    other = selfassess("report", small, *options, "--round", "2027")
    assert (other.code, "has no round “2027”. Did you mean" in other.err.replace("\n", " ")) == (2, True)
    with_rounds("Spring")
    report, _ = report_responses(EDITION, rows, "full", (), Thresholds(), {"board": 20, "staff": 9})
    assert report.round.title == "Spring"
