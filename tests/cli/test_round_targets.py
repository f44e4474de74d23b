"""Targets of a round: set by the partnership, read by the report, fixed once it was read."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, Done
from tests.cli.plans_made import closed_round
from tests.cli.rounds_made import made


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return closed_round(tmp_path / "ours.selfassess")


def test_a_target_is_set_shown_and_taken_away(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    assert "Targets" not in selfassess("round", "status").out
    done = selfassess("round", "target", "autumn", "meeting", "80")
    assert (done.code, done.err) == (
        0,
        "Set: We meet in good time: 80. The report of “Autumn 2026” will measure the gap to this target.\n",
    )
    assert selfassess("round", "target", "autumn", "We meet in good time", "85.5", "--group", "staff").code == 0
    assert selfassess("round", "target", "autumn", "overall", "70").code == 0
    assert selfassess("round", "status").out.splitlines()[-3:] == [
        "Targets set for this round:",
        "  Overall: 70",
        "  We meet in good time: 80, Staff 85.5",
    ]
    assert selfassess("round", "target", "autumn", "meeting", "--group", "staff", "--remove").code == 0
    assert selfassess("round", "status").out.endswith("  We meet in good time: 80\n")
    again = selfassess("round", "target", "autumn", "meeting", "--group", "staff", "--remove")
    assert (again.code, "No target was set for Staff" in again.err) == (2, True)


def test_a_target_in_the_lowest_band_is_told(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess("round", "target", "autumn", "meeting", "40")
    assert (done.code, done.err.splitlines()[1]) == (
        0,
        "40 is in the lowest band, “Act now”: a score there is listed as low, even at its target.",
    )
    assert "lowest band" not in selfassess("round", "target", "autumn", "meeting", "50").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("meeting", "180"), "180 is not a score of “We meet in good time”."),
        (("meeting", "nan"), "nan is not a score"),
        (("meetings", "80"), "Did you mean “meeting”?"),
        (("begin", "80"), "There is no strand, benchmark or skill “begin”."),
        (("meeting",), "Say the score, or --remove."),
        (("meeting", "80", "--remove"), "Say the score, or --remove."),
        (("meeting", "80", "--group", "stuff"), "Did you mean “staff”?"),
        (("meeting", "eighty"), "“eighty” is not a number."),
    ],
)
def test_what_is_no_target_is_said(selfassess: Command, small: str, arguments: tuple[str, ...], said: str) -> None:
    made(selfassess, small)
    done = selfassess("round", "target", "autumn", *arguments)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_target_on_the_scale_of_the_items_is_told_to_be_read_on_0_to_100(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess("round", "target", "autumn", "meeting", "2.5")
    assert done.code == 0
    assert "This score runs from 0 to 100: 2.5 on 1 to 3 would be 75 there.\n" in done.err
    assert "runs from" not in selfassess("round", "target", "autumn", "meeting", "25").err


def gap(done: Done, cell: str) -> tuple[float, float]:
    document = json.loads(done.out)["rounds"][0]
    figures = document["all"] if cell == "all" else next(one for one in document["groups"] if one["id"] == cell)
    (strand,) = [one for one in figures["strands"] if one["id"] == "leadership"]
    return strand["benchmarks"][0]["target"], strand["benchmarks"][0]["gap"]


@pytest.mark.slow
def test_a_number_corrected_after_a_report_is_told_with_the_one_before(selfassess: Command, closed: Path) -> None:
    project = ("--project", str(closed))
    before = selfassess(*project, "report").out
    assert "Corrected" not in before
    done = selfassess(*project, "round", "correct", "autumn", "board=14")
    assert "Later reports will say that this was corrected, and give both numbers." in done.err
    assert selfassess(*project, "round", "correct", "autumn", "board=15", "staff=18").code == 0
    told = (
        "Corrected after the first report: Board members, 15 invited (first reported as 12, then corrected to 14). "
        "This report uses the latest numbers."
    )
    for form in ("text", "markdown", "html"):
        text = " ".join(selfassess(*project, "report", "--format", form, "--group", "board").out.split())
        assert told in text
        assert text.index(told) < text.index("Where we stand"), "it is said in front"
    assert told in " ".join(selfassess(*project, "report").out.split())
    assert told not in " ".join(selfassess(*project, "report", "--group", "staff").out.split())
    document = json.loads(selfassess(*project, "report", "--format", "json").out)
    assert [(one["invited"], one["reported"]) for one in document["attendance"]] == [(15, [12, 14]), (18, []), (4, [])]


@pytest.mark.slow
def test_the_report_reads_gaps_by_them_until_it_was_made(selfassess: Command, closed: Path) -> None:
    project = ("--project", str(closed))
    assert selfassess(*project, "round", "target", "autumn", "vision", "90").code == 0
    assert selfassess(*project, "round", "target", "autumn", "vision", "40", "--group", "board").code == 0
    done = selfassess(*project, "report", "--format", "json")
    target, whole = gap(done, "all")
    assert (target, gap(done, "board")[0], gap(done, "staff")[0]) == (90, 40, 90)
    assert whole > 15
    assert "target 90" in " ".join(selfassess(*project, "report", "--full").out.split())
    late = selfassess(*project, "round", "target", "autumn", "vision", "50")
    assert (late.code, "its targets stay" in late.err) == (2, True)
    assert selfassess(*project, "report", "--format", "json").out == done.out
