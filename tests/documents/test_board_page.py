"""The one page of a round for a board."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from selfassess.documents.blocks import BulletList, HeatMap, TopicList
from selfassess.documents.render_html import to_html
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.round.board_page import asked_when, document
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.round import Days
from selfassess.services.reports import narrow_report
from tests.services.made import AIMLESS, made_report, plain_report


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    return made_report(partnership)


def block(report: RoundReport, kind: type) -> Any:
    found = [one for section in document(report).sections for one in section.blocks if isinstance(one, kind)]
    return found[0]


def text(report: RoundReport) -> str:
    return to_text(page(document(report)))


def flat(words: str) -> str:
    return " ".join(words.split())


def test_groups_stand_side_by_side(report: RoundReport) -> None:
    grid = block(report, HeatMap)
    assert grid.columns == ("All", "Board members", "Staff", "External partners")
    assert [name for name, _ in grid.rows] == ["Overall", *(one.title for one in report.questionnaire.strands)]
    assert all(cell.standing is not None for _, cells in grid.rows for cell in cells if cell.words.isdigit())


def test_it_is_two_screens_long_at_most(report: RoundReport) -> None:
    assert len(text(report).splitlines()) <= 48


def test_each_topic_says_what_it_rests_on_what_to_ask_and_what_could_be_done(report: RoundReport) -> None:
    topics = block(report, TopicList).topics
    assert 3 <= len(topics) <= 5
    for one in topics:
        assert one.question
        assert one.action
        assert one.who
        assert "Board members" in one.rests_on


def test_two_camps_come_first_and_are_named(report: RoundReport) -> None:
    split = {one.node.title for one in report.splits}
    first = block(report, TopicList).topics[0]
    assert first.title in split
    assert "two camps" in first.rests_on.lower()


def test_with_every_group_below_ten_it_is_worth_having(partnership: Edition) -> None:
    few = made_report(partnership, {"board": 6, "staff": 7, "external": 5})
    grid = block(few, HeatMap)
    assert sum(cell.words.isdigit() for _, cells in grid.rows for cell in cells) > 10
    assert block(few, TopicList).topics


def test_of_one_group_only_its_scores_are_there(report: RoundReport) -> None:
    board = narrow_report(report, "board", None)
    assert block(board, HeatMap).columns == ("Board members",)
    assert "only the view of: Board members" in text(board)
    assert not any("Staff" in one.rests_on for one in block(board, TopicList).topics)


def test_a_group_that_is_left_out_is_named(partnership: Edition) -> None:
    some = made_report(partnership, {"board": 12, "staff": 14, "external": 2})
    assert "External partners 2" in flat(text(some))
    assert "(left out)" in text(some)
    assert "not everybody's view" in flat(text(some))
    assert "External partners" not in block(some, HeatMap).columns


def test_without_groups_or_targets_it_reads_well_too() -> None:
    plain = plain_report()
    assert block(plain, HeatMap).columns == ("All",)
    aimless = plain_report(["1510"] * 6 + ["0610"] * 6, invited=12, text=AIMLESS)
    assert "the target is" not in text(aimless)
    assert "Nothing stands out as a strength yet" in flat(text(aimless))


def test_what_is_planned_already_is_no_new_suggestion(report: RoundReport) -> None:
    topic = next(one for one in block(report, TopicList).topics if one.action)
    assert f"Do: {topic.action[:40]}" in text(report)
    node = next(one.node for one in report.gaps if one.node.title == topic.title)
    plan = tuple(
        Planned(id=f"a{number}", text=f"Look at {action.id}.", node=node.id, round=report.round.id, action=action.id)
        for number, action in enumerate(node.actions, 1)
    )
    planned = replace(report, plan=plan)
    again = next(one for one in block(planned, TopicList).topics if one.title == topic.title)
    assert (again.stands, again.who) == ("Planned", "proposed")
    assert "Planned: Look at" in text(planned)
    assert "Planned: Look at" in to_html(document(planned))
    done = tuple(replace(one, status="done", done=datetime.date(2026, 5, 12)) for one in plan)
    what_was_done = replace(report, plan=done)
    again = next(one for one in block(what_was_done, TopicList).topics if one.title == topic.title)
    assert (again.stands, again.who) == ("Done in May 2026", "")
    assert "Done in May 2026: Look at" in flat(text(what_was_done))
    still = replace(report, plan=(*done[:1], *plan[1:]))
    again = next(one for one in block(still, TopicList).topics if one.title == topic.title)
    assert again.stands == "Planned", "what is still to be done comes before what was"


@pytest.mark.parametrize(
    ("opened", "closed", "words"),
    [
        ((2026, 3, 2), (2026, 3, 20), "asked 2 to 20 March 2026"),
        ((2026, 2, 23), (2026, 3, 6), "asked 23 February 2026 to 6 March 2026"),
        ((2026, 3, 2), (2026, 3, 2), "asked on 2 March 2026"),
        (None, (2026, 3, 2), ""),
        ((2026, 3, 2), None, ""),
    ],
)
def test_it_says_when_people_were_asked(
    opened: tuple[int, int, int] | None, closed: tuple[int, int, int] | None, words: str
) -> None:
    days = Days(opened and datetime.date(*opened), closed and datetime.date(*closed))
    assert asked_when(days) == words


def test_the_partnership_is_its_title_where_it_has_a_name(report: RoundReport) -> None:
    assert document(report).title == report.questionnaire.title
    named = document(replace(report, partnership="Nowhereton Partnership"))
    assert named.title == "Nowhereton Partnership"
    assert named.about.startswith(report.questionnaire.title)


def test_what_is_strong_is_never_longer_than_three_and_a_few_equal_ones(partnership: Edition) -> None:
    high = made_report(partnership, {"board": 12, "staff": 0, "external": 0}, mind=4)
    (only,) = block(high, BulletList).entries
    assert only.text.count(";") == 3
    assert only.text.endswith(f"and {len(high.strengths) - 3} more")


def test_as_html_the_heat_map_and_the_topics_are_tables(report: RoundReport) -> None:
    drawn = to_html(document(report))
    assert drawn.count('<table class="heat">') == 1
    assert drawn.count('<table class="topics">') == 1
