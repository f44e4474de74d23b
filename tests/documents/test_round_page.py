"""A round's report, read as the facilitator who brings it to the meeting."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from selfassess.cli.terminal import PLAINER
from selfassess.documents.blocks import FILLS, tone_of
from selfassess.documents.charts import Stacked
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_rich import section_page, to_text
from selfassess.documents.round.explanation import explain
from selfassess.documents.round.finding_wording import but, claim, in_brief, item_words, lowest_of_a_group
from selfassess.documents.round.report import document as handout
from selfassess.documents.round.report import sections
from selfassess.documents.round.wording import flags
from selfassess.errors import TooLittleError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import Range
from selfassess.model.round import Rules, decided
from selfassess.services.reports import narrow_report
from tests.documents.drawn import page
from tests.services.made import HANDED_IN, made_report, made_round, plain_report, released, rows
from tests.snapshots import matches

HERE = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    return made_report(partnership)


def section(report: RoundReport, id: str, width: int = 200) -> str:
    (found,) = [one for one in handout(report).sections if one.id == id]
    return to_text(section_page(found), width)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_reads_well_at_every_width(report: RoundReport, width: int) -> None:
    text = to_text(page(report), width)
    assert max(map(len, text.splitlines())) <= width
    matches(HERE / f"round_{width}.txt", text)


def test_markdown_is_ready_for_the_minutes(report: RoundReport) -> None:
    matches(HERE / "round.md", to_markdown(handout(report)))


def test_a_round_without_groups_with_other_scales_reads_well_too() -> None:
    report = plain_report()
    matches(HERE / "round_plain.txt", to_text(page(report), 80))
    matches(HERE / "round_plain.md", to_markdown(handout(report)))


@pytest.mark.parametrize("id", ["openness", "organisation", "overall"])
def test_the_working_puts_the_numbers_into_the_rule(report: RoundReport, id: str) -> None:
    matches(HERE / f"round_working_{id}.txt", to_text(section_page(explain(report, id))))


def test_the_working_is_found_by_title_and_item_and_says_what_there_is(report: RoundReport) -> None:
    wanted = explain(report, "openness")
    assert explain(report, "We are open with each other, even when things go wrong") == wanted
    assert explain(report, "openness_talk") == wanted
    with pytest.raises(UsageError, match="Did you mean “openness”"):
        explain(report, "opennes")


def test_sections_come_in_the_order_of_a_meeting(report: RoundReport) -> None:
    assert [one.id for one in sections(report)] == [
        "who_is_in", "picture", "groups", "strengths", "gaps", "splits", "differences", "could_not_say", "findings",
        "comments", "actions", "agreed", "items", "sure", "flips", "protection",
    ]  # fmt: skip  # the order, at a glance


def test_how_sure_a_mean_is_stands_there_in_words(report: RoundReport) -> None:
    text = flat(section(report, "picture"))
    assert "30 of 34 answered. Average 63. If the four who did not answer think like the others: 61–65." in text
    assert "At the very most: 55–68." in text


def test_two_camps_are_never_drawn_like_a_neutral_room(report: RoundReport) -> None:
    lines = section(report, "picture").splitlines()
    camps = next(line for line in lines if "counts as much as another's" in line)
    neutral = next(line for line in lines if "Our goals have people" in line)
    assert ("▒" in camps, "█" in camps, "two camps" in camps) == (True, False, True)
    assert ("▒" in neutral, "█" in neutral, "two camps" in neutral) == (False, True, False)


def test_what_the_meeting_agreed_stands_beside_the_score(report: RoundReport) -> None:
    assert "the meeting agreed 60. The answers: 65. Why: Most of us" in flat(section(report, "agreed"))
    line = next(one for one in section(report, "picture").splitlines() if "We share one picture" in one)
    assert "the meeting agreed 60" in line
    assert "the meeting agreed" not in section(narrow_report(report, "staff", None), "picture")


def test_a_census_is_no_estimate(partnership: Edition) -> None:
    report = made_report(partnership, invited={"board": 10, "staff": 16, "external": 4})
    text = flat(section(report, "picture"))
    assert "All 30 answered." in text
    assert "Everybody answered, so this is the whole picture, not an estimate." in text
    assert "silent members" not in text
    assert "flips" not in [one.id for one in sections(report)]


def test_more_than_were_invited_asks_for_the_number_to_be_corrected(partnership: Edition) -> None:
    report = made_report(partnership, invited={"board": 8, "staff": 16, "external": 4})
    assert "more than were invited: please correct that number" in flat(section(report, "who_is_in"))
    picture = flat(section(report, "picture"))
    assert "30 answered, but only 28 are said to be invited: please correct that number." in picture
    assert "At the very most" not in picture


def test_a_round_of_blank_sheets_has_no_score_and_says_so() -> None:
    blank = plain_report(["----"] * 6)
    assert "no score: too few answered" in section(blank, "picture")
    assert "No item was answered." in flat(section(blank, "items"))
    assert to_markdown(handout(blank))


def test_a_round_of_one_mind_says_so_and_claims_no_certainty(partnership: Edition) -> None:
    report = made_report(partnership, mind=4)
    text = flat(section(report, "picture"))
    assert "30 of 34 answered. Average 75. At the very most: 66–78. Views are close." in text
    assert "like the rest:" not in text
    looked = (
        "Two camps were looked for, and not found: among all on 44 of 44 items, among Board members on 2 of 44 items"
    )
    assert looked in flat(section(report, "splits"))


def test_a_group_left_out_is_named_and_in_no_figure(partnership: Edition) -> None:
    report = made_report(partnership, rules=Rules())
    assert "left out: too few to be shown, so in no figure and no total" in flat(section(report, "who_is_in"))
    assert "External" not in section(report, "picture")
    assert "is left out: their answers are in no figure and no total." in flat(section(report, "protection"))


def test_groups_that_were_joined_are_called_by_their_titles(partnership: Edition) -> None:
    report = made_report(partnership, rules=Rules(small_groups="pool"))
    assert "| Board members and External partners, together |" in to_markdown(handout(report))
    assert "joined with Board members, and shown together" in flat(section(report, "who_is_in"))


def test_one_group_alone_has_nothing_to_compare(partnership: Edition) -> None:
    report = made_report(partnership, {"board": 10}, invited={"board": 12})
    assert "differences" not in [one.id for one in sections(report)]
    assert "10 of 12 answered." in flat(section(report, "picture"))


def test_one_sheet_is_too_little(partnership: Edition) -> None:
    with pytest.raises(TooLittleError, match="Too few"):
        made_report(partnership, {"board": 1, "staff": 0, "external": 0})


def test_withheld_figures_have_their_reason_once_in_a_section(partnership: Edition) -> None:
    report = made_report(partnership, {"board": 5, "staff": 4, "external": 4})
    text = section(report, "items")
    assert text.count("fewer than 10 answered") == 1
    assert "|" not in text
    picture = section(report, "picture")
    assert picture.count("Not shown: ") == len({line for line in picture.splitlines() if "Not shown: " in line})


def test_narrowed_reports_say_what_they_are_and_show_nothing_else(report: RoundReport) -> None:
    text = to_text(page(narrow_report(report, "board", "leadership")))
    assert "only the view of: Board members" in flat(text)
    assert "Managing performance" not in text
    assert "For Staff" not in text


def test_the_mark_of_a_made_up_example_is_in_every_format(report: RoundReport, partnership: Edition) -> None:
    for drawn in (
        to_text(page(report)),
        to_markdown(handout(report)),
        to_text(section_page(explain(report, "vision"))),
    ):
        assert "MADE-UP EXAMPLE" in drawn
    real = made_report(partnership, made_up=False)
    assert "MADE-UP" not in to_text(page(real)) + to_markdown(handout(real))


def test_a_terminal_of_plain_letters_shows_all_of_it(report: RoundReport) -> None:
    text = to_text(page(report))
    strange = {character for character in text if ord(character) > 127} - set(PLAINER) - set("▒–·")
    assert not strange, strange


@pytest.mark.parametrize("points", range(2, 12))
def test_a_row_of_answers_is_full_and_holds_every_count(points: int) -> None:
    counts = tuple((place * 7) % 5 for place in range(points))
    cells = Stacked(counts).cells(60)
    told = [int(words.strip("".join(FILLS))) for words, _ in cells]
    assert told == [count for count in counts if count]
    assert sum(len(words) for words, _ in cells) + len(cells) + 1 == 60
    assert [tone for _, tone in cells] == sorted(tone for _, tone in cells)


def test_the_neutral_middle_has_a_tone_of_its_own_where_there_is_one() -> None:
    for points in range(2, 12):
        tones = [tone_of(place, points) for place in range(points)]
        assert (tones[0], tones[-1]) == (0, 4)
        assert tones.count(2) == points % 2
        assert [4 - tone for tone in reversed(tones)] == tones


def test_a_part_is_as_wide_as_it_is_large() -> None:
    (few, _), (many, _) = Stacked((1, 0, 0, 0, 3)).cells(43)
    assert (len(few), len(many)) == (10, 30)


def test_counts_that_do_not_fit_are_told_without_a_drawing() -> None:
    console = Console(file=io.StringIO(), width=20, color_system=None)
    with console.capture() as captured:
        console.print(Stacked((100000, 200000, 300000, 400000, 500000)))
    assert "100000 | 200000" in captured.get().replace("\n", " ")


def test_reversed_items_have_the_good_end_at_the_same_edge() -> None:
    text = flat(section(plain_report(), "items"))
    assert "Turned round, because agreeing is bad news here: from worst to best: = Always" in text


def test_where_one_group_alone_was_asked_its_words_are_quoted_everywhere(report: RoundReport) -> None:
    (item,) = [item for item in report.questionnaire.items if item.id == "vision_say"]
    alone = replace(report, round=replace(report.round, invited={"staff": 12}))
    assert item.words("staff") != item.text
    assert in_brief(alone, item) == item_words(alone, item) == item.words("staff")
    assert in_brief(report, item) == item.text


def test_nothing_but_the_summary_is_read(report: RoundReport) -> None:
    """A report whose summary says nothing shows no number of anybody, whatever the rest of it knows."""
    said = report.results
    empty = replace(
        report.cell,
        strands=tuple(
            replace(
                one,
                n=None,
                mean=None,
                shown=None,
                band=None,
                gap=None,
                sd=None,
                likely=None,
                possible=None,
                spread=None,
                agreement=None,
                flips=(),
                by_group=None,
                reliability=None,
                withheld={"mean": "hidden", "n": "hidden"},
                parts=one.parts,
            )
            for one in said.all.strands
        ),
    )
    bare = replace(report, summary=replace(report.summary, rounds=(replace(said, all=empty),)))
    text = section_page(explain(bare, "leadership"))
    assert "The score is not shown: hidden." in to_text(text)


def test_nothing_is_praised_without_those_who_see_it_otherwise(partnership: Edition) -> None:
    """All external partners strongly disagree that they know their part, and for all together it is at its target."""
    questionnaire = partnership.questionnaire
    places = [questionnaire.items.index(item) for item in questionnaire.node("roles").items]
    lowest = questionnaire.scales["agree"].code(1)

    def turned(group: str | None, characters: str) -> str:
        is_low = group == "external"
        return "".join(lowest if is_low and place in places else one for place, one in enumerate(characters))

    one = made_round(partnership, targets={"roles": {"": 65}})
    one = replace(one, standing=decided(one, HANDED_IN, {}))
    report, _ = released(partnership, one, [(group, turned(group, given)) for group, given in rows(partnership)])
    assert [one.node.id for one in report.ranking.low_for_a_group] == ["roles"]
    assert "roles" not in {one.node.id for one in (*report.strengths, *report.ranking.nearest, *report.gaps)}
    but = r"Each of us knows our part \(\d\d, target 65, but External partners: 5 or less\)"
    assert re.search(f"Strong for all together, low for a group: {but}", flat(section(report, "strong")))
    assert "low for a group" not in flat(section(narrow_report(report, "board", None), "strong"))


def test_the_lowest_score_of_any_group_stands_on_the_first_page(report: RoundReport) -> None:
    scores = [
        (figure.shown, cell.id, figure.id)
        for cell in report.groups
        for figure in cell.at("benchmark")
        if figure.shown is not None
    ]
    lowest, cell, id = min(scores)
    told = f"Lowest score: {report.title_of(cell)} on “{report.questionnaire.node(id).title}” ({lowest:.0f})"
    assert told in flat(section(report, "topics"))
    assert "Lowest score" not in flat(section(narrow_report(report, "board", None), "topics")), "all of it is one's own"


def test_of_one_strand_it_is_the_lowest_in_that_strand(report: RoundReport) -> None:
    one = narrow_report(report, None, "organisation")
    inside = {node.id for node in one.questionnaire.strands[1].middle}
    assert one.strand == one.questionnaire.strands[1].id
    assert {found.node.id for _, found in lowest_of_a_group(one)} <= inside


def test_a_strength_with_a_target_of_its_own_says_which(partnership: Edition) -> None:
    report = made_report(partnership, targets={"vision": {"": 60}})
    (one,) = [one for one in report.strengths if one.node.id == "vision"]
    told, score = one.node.title, f"{one.figure.shown:.0f}"
    assert f"{told} ({score}, target 60)" in flat(section(report, "strong"))
    assert f"{told}: {score}, Build on it, target 60" in flat(section(report, "strengths"))
    assert "Each of us knows our part (80)" in flat(section(report, "strong")), "in the top band it need not be said"


def test_that_groups_read_other_words_is_said_once(report: RoundReport) -> None:
    told = flat(to_text(page(report)))
    assert told.count("put to each group in its own words") == 1
    assert "in its own words" not in flat(to_text(page(plain_report())))


def test_what_little_may_be_shown_of_few_is_not_called_chance(report: RoundReport) -> None:
    """The board's spread is told in a word, so that the test has to take the widest that the word can mean."""
    told = flat(section(report, "differences"))
    of_words = [one for one in report.differences if one.claim == "nothing found" and one.interval is None]
    assert of_words
    assert "With the little we can show, it could be chance" in told
    assert "It could be chance" not in told
    some = replace(of_words[0], interval=Range(-3, 12))
    assert claim(some) == "It could be chance."


def test_what_two_groups_are_not_compared_on_is_said(report: RoundReport) -> None:
    told = flat(section(report, "differences"))
    between = [one.id for one in report.differences if {one.higher, one.lower} == {"board", "external"}]
    assert "overall" not in between, "external partners are not asked about how we are set up"
    assert (
        "Not compared, since they were asked different items "
        "- Board members and External partners: Overall; Managing performance."
    ) in told


def test_a_strength_of_all_names_the_groups_that_are_below_the_target(report: RoundReport) -> None:
    one = replace(report.strengths[0])
    assert but(report, one) == ""
    higher = {"differences": {"": 80, "staff": 85}}
    changed = made_report(report.edition, targets=higher)
    (found,) = [one for one in changed.strengths if one.node.id == "differences"]
    staff = next(cell for cell in changed.groups if cell.id == "staff").figure("differences")
    assert staff.gap is not None
    assert staff.gap > 0
    assert but(changed, found) == f"but Staff: {staff.shown:.0f}"


def test_two_camps_in_a_group_stand_beside_the_score_of_all(report: RoundReport) -> None:
    of_staff = replace(report, splits=tuple(replace(one, cell="staff") for one in report.splits))
    assert flags(of_staff, "equal_say") == ("two camps among Staff",)
    assert flags(report, "equal_say") == ("two camps",)
    assert "two camps among" in flat(section(of_staff, "picture"))
