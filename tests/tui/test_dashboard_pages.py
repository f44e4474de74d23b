"""What the pages of the dashboard say, as documents' blocks, and how these are drawn on screen."""

from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.documents.blocks import (
    AnswerChart,
    Document,
    HeatCell,
    Kind,
    Paragraph,
    ScoreChart,
    ScoreRow,
    Section,
    Spot,
)
from selfassess.documents.media import MEDIA, write
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.dashboard import agreed as agreed_words
from selfassess.documents.round.dashboard import meeting, page, place
from selfassess.documents.round.order import benchmarks, in_order
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed
from selfassess.model.score_tree import ends, nodes
from selfassess.services.reports import narrow_report
from selfassess.tui.screens.agreed_score import read_score
from selfassess.tui.widgets.block_lines import Piece, draw, large, pieces
from selfassess.tui.widgets.document_view import DocumentView
from tests.tui.made_round import made_report

KINDS: tuple[Kind, ...] = ("findings", "actions", "comments", "who")


@pytest.fixture(scope="module")
def bridge() -> Edition:
    return read(Path(__file__).parent / "dashboard.toml")


@pytest.fixture(scope="module")
def report(bridge: Edition) -> RoundReport:
    return made_report(bridge)


def at(report: RoundReport, spot: Spot, *, by_need: bool = True) -> Section:
    return page(report, spot, by_need=by_need)


def openings(shown: Section) -> list[Piece]:
    return [piece for piece in pieces(shown) if piece.opens]


def scores(shown: Section) -> list[ScoreRow]:
    return [piece.block for piece in pieces(shown) if isinstance(piece.block, ScoreRow)]


def titles(shown: Section) -> list[str]:
    return [score.title for score in scores(shown) if score.opens]


def text(shown: Section) -> str:
    return "\n".join(line.plain for piece in pieces(shown) for line in draw(piece, 80))


def test_every_spot_that_opens_leads_somewhere(report: RoundReport) -> None:
    for view in (report, narrow_report(report, "staff", None), narrow_report(report, "external", None)):
        seen: set[Spot] = set()
        waiting = [Spot("strands"), *(Spot(kind) for kind in KINDS)]
        while waiting:
            spot = waiting.pop()
            if spot not in seen:
                seen.add(spot)
                waiting += [piece.opens for piece in openings(at(view, spot)) if piece.opens]
        assert {spot.id for spot in seen} >= {"plans", "drawing", "drawing_know", "safety_say"}


def test_the_first_nine_that_open_have_a_key(report: RoundReport) -> None:
    for kind in KINDS:
        shown = DocumentView()
        shown.show_section(at(report, Spot(kind)), None)
        keys = range(1, len(shown.openings) + 1)
        assert [option.key for option in shown.options] == [str(n) if n < 10 else "" for n in keys]


@pytest.mark.slow
def test_every_page_can_be_written_in_every_medium(report: RoundReport) -> None:
    spots = [Spot("strands"), Spot("strand", "plans"), Spot("benchmark", "drawing"), Spot("item", "drawing_know")]
    for view in (report, narrow_report(report, "external", None)):
        shown = tuple(at(view, spot) for spot in (*spots, *(Spot(kind) for kind in KINDS)))
        for medium in MEDIA:
            told = write(Document(title="Bridge", sections=shown), medium)
            assert told if isinstance(told, bytes) else "We know what it costs" in told


# Order


def test_what_needs_talk_comes_first_two_camps_then_differences_then_gaps(report: RoundReport) -> None:
    found = benchmarks(report)
    assert [node.id for node in in_order(report, found, by_need=False)] == ["drawing", "money", "safety"]
    alike = replace(report, splits=())
    assert [node.id for node in in_order(alike, found, by_need=True)] == ["money", "drawing", "safety"]
    quiet = replace(alike, summary=replace(alike.summary, rounds=(replace(alike.results, differences=()),)))
    assert [node.id for node in in_order(quiet, found, by_need=True)] == ["drawing", "money", "safety"]


def test_strands_stand_where_the_first_of_what_is_in_them_does(report: RoundReport) -> None:
    only_safety = replace(
        report, splits=tuple(replace(one, node=report.questionnaire.node("safety")) for one in report.splits)
    )
    assert titles(at(only_safety, Spot("strands"))) == ["Work on the river", "Plans"]
    assert titles(at(only_safety, Spot("strands"), by_need=False)) == ["Plans", "Work on the river"]


# Words


def test_two_camps_or_groups_that_differ_are_named_beside_the_score(report: RoundReport) -> None:
    notes = {score.title: score.note for score in scores(at(report, Spot("strand", "plans")))}
    assert notes["We all build from the same drawing"] == "two camps"
    assert notes["We know what it costs"] == "groups differ"


def test_a_number_never_stands_without_how_many_answered(report: RoundReport) -> None:
    for spot in (Spot("strands"), Spot("strand", "plans"), Spot("benchmark", "safety"), Spot("findings")):
        found = scores(at(report, spot))
        assert found, spot
        for score in found:
            assert " of " in score.about, score


def test_own_units_keep_the_ends_of_their_scale(report: RoundReport) -> None:
    shown = scores(at(report, Spot("benchmark", "safety")))[0]
    assert (shown.score, shown.band) == ("3.9", "Stop")
    assert "of 1 to 5" in shown.about
    assert shown.target == 0.75


def test_the_favourable_answer_is_at_the_right_also_where_agreeing_means_doing_badly(report: RoundReport) -> None:
    for id, last in (("drawing_know", "Strongly agree"), ("drawing_old", "Strongly disagree")):
        shown = next(block for block in at(report, Spot("item", id)).blocks if isinstance(block, AnswerChart))
        assert shown.labels[-1] == last
    assert "agreeing is bad news here" in text(at(report, Spot("item", "drawing_old")))


def test_who_could_not_say_has_a_line_of_its_own(report: RoundReport) -> None:
    assert "No answer: 12 “don't know”" in text(at(report, Spot("item", "safety_say")))


def test_what_is_withheld_says_why(report: RoundReport) -> None:
    shown = text(at(narrow_report(report, "external", None), Spot("benchmark", "drawing")))
    assert "Not shown: fewer than 10 answered." in shown
    assert "A narrower range is not shown" in shown or "Nobody is silent" in shown


def test_a_group_that_is_left_out_says_so_wherever_groups_stand(bridge: Edition) -> None:
    few = made_report(
        bridge,
        handed_in={"board": 10, "staff": 16, "external": 2},
        standing={"board": "shown", "staff": "shown", "external": "left_out"},
    )
    for spot in (Spot("strands"), Spot("benchmark", "drawing"), Spot("who")):
        assert "left out" in text(at(few, spot))


def test_groups_that_were_joined_stand_as_one(bridge: Edition) -> None:
    pooled = made_report(
        bridge,
        handed_in={"board": 4, "staff": 16, "external": 4},
        standing={"board": "pooled", "staff": "shown", "external": "pooled"},
    )
    shown = "Board members and External partners, together"
    assert place(narrow_report(pooled, "pool", None), Spot("item", "drawing_know")).startswith(shown)


def test_a_round_without_groups_has_none_beside_the_score(bridge: Edition) -> None:
    questionnaire = bridge.questionnaire
    strands = tuple(
        replace(
            strand,
            benchmarks=tuple(
                replace(
                    node,
                    items=tuple(replace(item, groups=()) for item in node.items),
                    actions=tuple(replace(action, groups=()) for action in node.actions),
                )
                for node in strand.benchmarks
            ),
        )
        for strand in questionnaire.strands
    )
    alone = replace(bridge, questionnaire=replace(questionnaire, groups=(), strands=strands))
    one = made_report(alone, handed_in={"": 12}, invited={"": 14}, standing={"": "shown"})
    assert [score.title for score in scores(at(one, Spot("benchmark", "drawing")))] == ["All"]
    assert "Everybody\n  12 of 14 handed in" in text(at(one, Spot("who")))


def test_every_action_comes_with_what_calls_for_it(report: RoundReport) -> None:
    shown = text(at(report, Spot("actions")))
    assert "the gap: scored" in shown
    assert "two camps among" in shown
    assert "see it differently" in shown


def test_what_was_agreed_never_takes_the_place_of_the_mean(report: RoundReport) -> None:
    agreed = replace(report, agreed={"drawing": Agreed(node="drawing", score=60, why="We looked.")})
    said = "The meeting agreed 60. The answers: 50. Why: We looked."
    assert agreed_words(agreed, "drawing") == said
    assert said in text(at(agreed, Spot("benchmark", "drawing")))
    before, after = (text(at(one, Spot("findings"))) for one in (report, agreed))
    assert before == after


# The meeting


def test_nothing_that_was_answered_is_seen_before_the_room_has_talked(report: RoundReport) -> None:
    agreed = replace(report, agreed={"drawing": Agreed(node="drawing", score=60, why="")})
    for node in benchmarks(agreed):
        shown = meeting(agreed, node, is_revealed=False)
        assert all(isinstance(block, Paragraph) for block in shown.blocks)
        figure = agreed.results.all.figure(node.id)
        assert f"{figure.shown:g}" not in text(shown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60", 60),
        ("2,5", 2.5),
        ("0", 0),
        ("100", 100),
        ("101", "101 is outside the scale: scores run from 0 to 100."),
        ("-1", "-1 is outside the scale: scores run from 0 to 100."),
        ("-", "Please write the score as a number, from 0 to 100."),
        ("", "Please write the score as a number, from 0 to 100."),
    ],
)
def test_what_is_no_score_is_refused_in_words(text: str, expected: float | str) -> None:
    assert read_score(text, 0, 100) == expected


def test_a_score_runs_between_the_ends_of_its_own_units(report: RoundReport) -> None:
    found = nodes(report.questionnaire)
    assert ends(report.questionnaire, found["drawing"]) == (0, 100)
    assert ends(report.questionnaire, found["safety"]) == (1, 5)


# Drawing


@pytest.mark.parametrize("width", [36, 56, 76, 84, 116])
def test_no_line_is_wider_than_there_is_room(report: RoundReport, width: int) -> None:
    spots = [Spot("strands"), Spot("strand", "plans"), Spot("benchmark", "money"), Spot("item", "money_told")]
    for spot in (*spots, *(Spot(kind) for kind in KINDS)):
        for piece in pieces(at(report, spot)):
            assert all(line.cell_length <= width for line in draw(piece, width)), piece


def groups_beside(shown: Section, width: int) -> list[str]:
    return [line.plain for piece in pieces(shown) if piece.chart for line in draw(piece, width)]


def test_groups_stand_side_by_side_where_there_is_room_with_a_mark_for_where_they_stand(report: RoundReport) -> None:
    shown = at(report, Spot("strand", "plans"))
    wide = groups_beside(shown, 112)
    assert any(line.split() == ["Board", "External"] for line in wide)
    line = next(line for line in wide if "We know what it costs" in line)
    assert line.split()[5:] == ["55", "16", "▼", "81", "▲", "44", "▼", "groups", "differ"]
    assert "▲ has reached its target. ▼ is low (“Act now”)." in wide
    narrow = "\n".join(groups_beside(shown, 76))
    assert "▼" not in narrow
    assert "20 below 75" in narrow


def test_what_is_not_shown_in_a_column_is_a_dash_that_is_explained(report: RoundReport) -> None:
    chart = next(block for block in at(report, Spot("strands")).blocks if isinstance(block, ScoreChart))
    missing = replace(chart.rows[1], cells=(*chart.rows[1].cells[:-1], HeatCell("–")))
    section = Section("strands", "", (replace(chart, rows=(missing,)),))
    assert any(line.rstrip().endswith("–     two camps · groups differ") for line in groups_beside(section, 112))
    few = made_report(
        report.edition,
        handed_in={"board": 10, "staff": 16, "external": 2},
        standing={"board": "shown", "staff": "shown", "external": "left_out"},
    )
    columns = [block.columns for block in at(few, Spot("strands")).blocks if isinstance(block, ScoreChart)]
    assert columns == [("All who are shown", "Board members", "Staff")]


@pytest.mark.parametrize("title", ["Plans", "A title of more than forty letters, as some have", "計画と共有 🧭", "خطط"])
@pytest.mark.parametrize("groups", [2, 5, 10, 14])
@pytest.mark.parametrize("width", [56, 76, 112, 146])
def test_however_many_groups_there_are_and_whatever_they_are_called_they_fit(
    report: RoundReport, title: str, groups: int, width: int
) -> None:
    chart = next(block for block in at(report, Spot("strands")).blocks if isinstance(block, ScoreChart))
    cells = (HeatCell("100", "reached"),) * groups
    rows = tuple(replace(row, title=title, cells=cells) for row in chart.rows)
    columns = tuple(f"Representatives {number}" for number in range(groups))
    section = Section("strands", "", (replace(chart, rows=rows, columns=columns),))
    for piece in pieces(section):
        for line in draw(piece, width):
            assert line.cell_length <= width, line
    drawn = groups_beside(section, width)
    assert any("100" in line for line in drawn) == (width >= 112 and groups * 9 + 15 < width)


def test_large_figures_are_five_lines_high_and_only_of_numbers() -> None:
    assert len(large("3.9")) == 5
    assert len({len(line) for line in large("1234567890")}) == 1
    assert large("95 or more") == ()
    assert large("") == ()


def test_two_camps_in_a_group_are_said_to_be_that_groups(report: RoundReport) -> None:
    of_deck = replace(report, splits=tuple(replace(one, cell=report.groups[0].id) for one in report.splits))
    title = report.title_of(report.groups[0].id)
    ids = [one.node.id for one in report.splits]
    assert round_wording.flags(report, *ids)[0] == "two camps"
    assert round_wording.flags(of_deck, *ids)[0].startswith(f"two camps among {title}")
    assert text(at(of_deck, Spot("findings"))).count("but two camps") == 0, "it stands there already"
