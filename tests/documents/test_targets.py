"""How scores stand to their targets in words: coded, equal and hidden ones counted, one answer called one answer."""

from dataclasses import replace

import pytest

from selfassess.definition.tables import edition as build_edition
from selfassess.definition.toml_source import parse
from selfassess.documents import targets
from selfassess.documents.blocks import Spot
from selfassess.documents.export.round import round_document
from selfassess.documents.export.summary import own_document
from selfassess.documents.personal import document as own_handout
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_rich import to_text
from selfassess.documents.round.dashboard import page as dashboard_page
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import OwnReport, RoundReport
from selfassess.model.round import Rules
from selfassess.services.reports import own_report
from selfassess.sitting import state
from tests.cli.conftest import SMALL
from tests.documents.drawn import page
from tests.documents.drawn import page as own_page
from tests.documents.test_round_page import section as of_page
from tests.services.made import AIMLESS, made_report, plain_report

NINE = {"board": 9, "staff": 0, "external": 0}


def flat(text: str) -> str:
    return " ".join(text.split())


def section(report: RoundReport, id: str) -> str:
    return flat(of_page(report, id))


def told(report: RoundReport) -> str:
    return flat(to_text(page(report)))


def findings(report: RoundReport) -> str:
    return str(dashboard_page(report, Spot("findings"), by_need=True))


def test_where_all_nine_chose_the_lowest_nothing_is_said_to_be_at_its_target(partnership: Edition) -> None:
    report = made_report(partnership, NINE, mind=1)
    text = told(report)
    assert "Nothing is below its target" not in text + findings(report)
    assert "as wide as the last" not in text, "each is 70 or more, and nobody can say which is wider"
    assert "(scored 5 or less, target 75, at least 70 short)" in text
    assert "Overall: 5 or less, Act now, at least 70 short of the target of 75." in text
    assert "Nothing has reached its target yet." in text
    assert "70 or more" in to_markdown_table(report)
    assert {one["gap"] for one in round_document(report)["gaps"]} == {None}
    assert {one["coded"] for one in round_document(report)["gaps"]} == {"5 or less"}


def to_markdown_table(report: RoundReport) -> str:
    from selfassess.documents.round.report import document as handout

    return to_markdown(handout(report))


def test_where_all_nine_chose_the_highest_it_is_a_strength(partnership: Edition) -> None:
    report = made_report(partnership, NINE, mind=5)
    number = len(report.strengths)
    assert f"{number}, each 95 or more: " in section(report, "strengths")
    assert "none yet" not in told(report)
    assert section(report, "gaps") == "Gaps, widest first Nothing is below its target."


def test_what_is_hidden_is_counted_where_there_is_nothing(partnership: Edition) -> None:
    report = made_report(partnership, NINE, mind=5)
    strands = tuple(
        replace(
            strand,
            parts=tuple(
                replace(part, coded=None, band=None, withheld={"shown": "few", "mean": "few"}) if not at else part
                for at, part in enumerate(strand.parts)
            ),
        )
        for strand in report.results.all.strands
    )
    said = replace(report.results, all=replace(report.results.all, strands=strands))
    hidden = replace(report, summary=replace(report.summary, rounds=(said,)))
    assert targets.score_counts(hidden).hidden == 4
    assert targets.no_gaps(hidden) == "Of 13 scores that can be read, none is below its target (4 are not shown)."
    assert "among what can be read (4 are not shown)." in targets.no_strengths(hidden)


def test_equal_ones_are_said_to_be_equal(partnership: Edition) -> None:
    twelve = {"board": 12, "staff": 0, "external": 0}
    high = made_report(partnership, twelve, mind=4)
    assert {one.figure.shown for one in high.strengths} == {75}
    number = len(high.strengths)
    assert f"{number} with the same score, 75: " in section(high, "strengths")
    assert f"{number} with the same score, 75: " in section(high, "strong")
    assert f"and {number - 3} more" in section(high, "strong")
    low = made_report(partnership, twelve, mind=2)
    assert {one.figure.gap for one in low.gaps} == {50}
    assert section(low, "gaps").count(" 1. ") == len(low.gaps)


def test_without_targets_and_bands_the_highest_are_no_strengths() -> None:
    report = plain_report(["1510"] * 6 + ["0610"] * 6, invited=12, text=AIMLESS)
    text = section(report, "strengths")
    assert "Nothing stands out as a strength yet. Highest so far" in text
    assert "This questionnaire sets no targets." in section(report, "gaps")


def test_a_low_score_is_listed_though_it_reaches_its_target(partnership: Edition) -> None:
    board = made_report(partnership, {"board": 12, "staff": 0, "external": 0}, mind=2, targets={"vision": {"": 5}})
    assert [one.node.id for one in board.ranking.also_low] == ["vision"]
    line = "We share one picture of the difference we want to make: 25, Act now, target 5"
    assert f"Also low, with no gap to a target - {line}" in section(board, "gaps")
    assert "Also low, with no gap to a target" in findings(board)


# Who is left out


@pytest.mark.slow
def test_what_hangs_on_those_who_are_left_out_is_marked(partnership: Edition) -> None:
    report = made_report(partnership, rules=Rules(small_groups="leave_out"))
    assert report.left_out_of(partnership.questionnaire.node("vision")) == 4
    marked = {one["id"] for name in ("strengths", "gaps") for one in round_document(report)[name] if one["may_change"]}
    assert marked
    assert "the 4 left out could change this" in section(report, "gaps") + section(report, "strengths")
    assert "what they answered is never shown" in told(report)
    assert "the 4 left out could change this" in findings(report)
    everybody = made_report(partnership)
    assert "left out could change this" not in told(everybody)


# One answer


def own(*answers: float | None) -> OwnReport:
    small = build_edition(parse("small.toml", SMALL.encode()))
    draft = state.start(small, "board")
    for id, value in zip(("begin", "late"), answers, strict=True):
        if value is not None:
            draft = state.respond(small.questionnaire, draft, id, value)
    return own_report(small, state.hand_in(small.questionnaire, draft))


@pytest.mark.parametrize(("answers", "band", "said"), [((1, None), None, True), ((1, 3), "Act now", False)])
def test_a_score_from_one_answer_has_no_band_and_says_so(
    answers: tuple[float | None, ...], band: str | None, said: bool
) -> None:
    report = own(*answers)
    figure = report.cell.figure("meeting")
    assert (figure.shown, figure.band, figure.one_answer) == (0, band, said)
    for text in (to_text(own_page(report)), to_markdown(own_handout(report))):
        picture = text.partition("Strongest")[0].partition("The picture")[2]
        assert ("one answer" in picture) is said
        assert ("(scored 0, target 75, one answer)" in flat(text)) is said
    node = own_document(report)["rounds"][0]["all"]["strands"][0]["benchmarks"][0]
    assert (node["band"], node["one_answer"]) == (band, said)


def test_one_answer_to_the_only_question_has_its_band() -> None:
    text = SMALL.replace('id = "late"', 'id = "late"\n    groups = ["staff"]')
    small = build_edition(parse("small.toml", text.encode()))
    draft = state.respond(small.questionnaire, state.start(small, "board"), "begin", 1)
    figure = own_report(small, state.hand_in(small.questionnaire, draft)).cell.figure("meeting")
    assert (figure.band, figure.one_answer) == ("Act now", False)


# What many could not answer


def test_nothing_is_said_of_how_many_items() -> None:
    whole = section(plain_report(["2210"] * 12, invited=12), "could_not_say")
    assert whole.endswith("Nothing: each item was answered by at least four in five of those asked.")
    text = section(plain_report(["2210"] * 9 + ["-210"] * 14, invited=23), "could_not_say")
    assert "14 of the 23 asked gave no answer" in text
