"""What was found, group by group: a sentence from what is shown, the facilitator's own before it, and what could be
done."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from selfassess.documents.blocks import BulletList, Heading, Paragraph, Quotes, Table
from selfassess.documents.export.round import round_document
from selfassess.documents.round import comments, findings_table
from selfassess.documents.round.findings import other_actions
from selfassess.documents.round.findings_table import findings, section
from selfassess.model.priorities import MOST_OF_A_GROUP
from selfassess.model.questionnaire import Benchmark, Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import Comment
from selfassess.services.reports import narrow_report
from tests.services.made import FOUND, made_report


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    return made_report(partnership)


def rows(report: RoundReport) -> dict[str, list[tuple[str, ...]]]:
    """By the heading, the rows of each table."""
    found: dict[str, list[tuple[str, ...]]] = {}
    title = ""
    for block in section(report).blocks:
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, Table):
            assert block.columns == ("What we found", "Benchmark", "What could be done")
            found[title] = list(block.rows)
    return found


def _nodes(report: RoundReport) -> Iterator[Benchmark]:
    return (node for strand in report.questionnaire.strands for node in strand.middle)


def test_each_group_that_is_shown_has_a_table_of_its_own(report: RoundReport) -> None:
    found = rows(report)
    assert list(found) == ["Everybody", "Board members", "Staff", "External partners"]
    for cell in report.groups:
        for _, benchmark, actions in found[report.title_of(cell.id)]:
            node = next(one for one in _nodes(report) if one.title == benchmark)
            suggested = [one.action.text for one in report.suggestions[cell.id] if one.ranked.node.id == node.id]
            told = [line.removeprefix("- ") for line in actions.split("\n") if line]
            assert set(told) <= set(suggested)
            assert len(told) == min(len(suggested), MOST_OF_A_GROUP)


def test_a_sentence_says_what_the_figures_of_that_group_say(report: RoundReport) -> None:
    for cell, found in findings(report):
        for one in found:
            figure = cell.figure(one.node.id)
            assert one.says.startswith(f"Scored {figure.coded or format(figure.shown, 'g')}"), one.says
            camps = [split for split in report.splits if split.cell == cell.id and split.node.id == one.node.id]
            assert one.says.count("two camps on") == len(camps)


def test_the_widest_gaps_of_each_group_are_among_its_findings(report: RoundReport) -> None:
    for cell, found in findings(report):
        if cell.id == "all":
            continue
        gaps = {
            node.id: figure.gap
            for node in _nodes(report)
            if (figure := cell.figure(node.id)).gap is not None and figure.gap > 0
        }
        widest = sorted(gaps, key=lambda id: -gaps[id])[:3]
        assert {*widest} <= {one.node.id for one in found}


def test_the_facilitator_s_own_words_come_before_what_the_figures_say(report: RoundReport) -> None:
    found = rows(report)
    assert [row[0].split("\n")[0] for row in found["Everybody"]] == [FOUND["", "vision"]]
    own, says = next(row[0].split("\n") for row in found["Staff"] if "Staff hear" in row[0])
    assert own == FOUND["staff", "openness"]
    assert says.startswith("Scored 34, 41 below the target of 75")
    assert "Everybody" not in rows(replace(report, findings={}))


def test_a_benchmark_that_does_not_fall_short_is_there_where_words_were_written(report: RoundReport) -> None:
    without = replace(report, findings={})
    listed = {one.node.id for cell, found in findings(without) for one in found if cell.id == "board"}
    strong = next(
        node.id
        for node in _nodes(report)
        if node.id not in listed and report.groups[0].figure(node.id).shown is not None
    )
    told = replace(report, findings={("board", strong): "Keep this up."})
    assert [one.own for cell, found in findings(told) for one in found if one.node.id == strong] == ["Keep this up."]


def test_of_one_group_only_its_own_are_told(report: RoundReport) -> None:
    staff = narrow_report(report, "staff", None)
    [table] = [block for block in section(staff).blocks if isinstance(block, Table)]
    assert any(FOUND["staff", "openness"] in row[0] for row in table.rows)
    assert not any(FOUND["", "vision"] in row[0] for row in table.rows)
    vision = narrow_report(report, None, "leadership")
    assert {row[1] for some in rows(vision).values() for row in some} <= {
        node.title for node in report.questionnaire.node("leadership").middle
    }


def test_a_group_that_is_left_out_has_no_table_and_what_was_written_of_it_is_not_told(partnership: Edition) -> None:
    report = made_report(partnership, {"board": 12, "staff": 16, "external": 2})
    assert "external" in report.results.left_out
    told = replace(report, findings={("external", "vision"): "They all said no."})
    assert "External partners" not in rows(told)
    assert "They all said no." not in str(section(told))
    assert round_document(told)["findings"] == []


def test_a_score_that_is_not_shown_is_not_in_the_sentence_either(leadership: Edition) -> None:
    report = made_report(leadership, {"board": 24, "staff": 9, "external": 4}, mind=5)
    for cell, found in findings(replace(report, findings={("external", "vision"): "Of four."})):
        for one in found:
            figure = cell.figure(one.node.id)
            if figure.shown is None and not figure.coded:
                assert one.says.startswith(("Its score is not shown: ", "It has no score: "))


# What people wrote beside it


def with_comments(report: RoundReport, *some: Comment) -> RoundReport:
    said = replace(report.results, comments={"leadership": some})
    return replace(report, summary=replace(report.summary, rounds=(said,)))


def test_positives_barriers_and_past_barriers_are_apart_and_come_first(shipped: Edition) -> None:
    report = with_comments(
        made_report(shipped),
        Comment("vision", "On the whole."),
        Comment("leadership_hinders", "Too few hours."),
        Comment("leadership_hinders", "No minutes.", is_past=True),
        Comment("leadership_works", "The chair."),
        Comment("leadership", "Somewhere."),
    )
    quotes = [block for block in comments.section(report).blocks if isinstance(block, Quotes)]
    assert [one.texts for one in quotes] == [
        ("The chair.",), ("Too few hours.",), ("No minutes.",), ("On the whole.",), ("Somewhere.",)
    ]  # fmt: skip  # in one line
    works, hinders, past, vision, somewhere = (one.about for one in quotes)
    assert works == shipped.questionnaire.item("leadership_works").text
    assert past == f"{hinders} (in the past)"
    assert vision == shipped.questionnaire.node("vision").title
    assert somewhere == "Somewhere in this part"


def test_what_is_said_of_a_benchmark_stands_on_its_page_and_what_is_not_stands_on_its_strand_s(
    partnership: Edition,
) -> None:
    questionnaire = partnership.questionnaire
    item = questionnaire.node("vision").items[0]
    report = with_comments(
        made_report(partnership),
        Comment(item.id, "Mine."),
        Comment("vision", "On the whole."),
        Comment("leadership_works", "The chair."),
        Comment("alignment", "Another."),
    )

    def told(id: str) -> set[str]:
        blocks = comments.on(report, questionnaire.node(id))
        return {text for block in blocks if isinstance(block, Quotes) for text in block.texts}

    assert told("vision") == {"Mine.", "On the whole."}
    assert told("alignment") == {"Another."}
    assert told("leadership") == {"The chair."}
    assert told("openness") == set()


def test_comments_name_no_group(partnership: Edition) -> None:
    report = narrow_report(with_comments(made_report(partnership), Comment("vision", "Ours.")), "staff", None)
    first = comments.section(report).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == comments.TOGETHER
    assert findings_table.key_of(report.cell) == "staff"


def test_a_finding_has_what_people_wrote_beside_it_and_nothing_stands_twice(report: RoundReport) -> None:
    node = next(one for _, found in findings(report) for one in (found[0].node,))
    item = node.items[0]
    elsewhere = next(
        one for one in _nodes(report) if one.id not in {one.node.id for _, f in findings(report) for one in f}
    )
    commented = with_comments(
        report,
        Comment(item.id, "I only heard\nafterwards."),
        Comment(node.id, "On the whole."),
        Comment("leadership_hinders", "Too few hours."),
        Comment(elsewhere.id, "No finding."),
    )
    cells = [told for some in rows(commented).values() for told, title, _ in some if title == node.title]
    assert "“I only heard afterwards.”" in cells[0]
    assert "On this as a whole: “On the whole.”" in cells[0]
    assert all("I only heard" not in one and "For what people wrote, see “" in one for one in cells[1:])
    assert not any(
        "Too few hours" in told or "No finding" in told for some in rows(commented).values() for told, *_ in some
    )
    rest = comments.section(commented, findings_table.quoted(commented))
    texts = {text for block in rest.blocks if isinstance(block, Quotes) for text in block.texts}
    assert texts == {"Too few hours.", "No finding."}
    for blocks in (section(commented).blocks, tuple(findings_table.page(commented))):
        assert isinstance(blocks[0], Paragraph)
        assert blocks[0].text == comments.TOGETHER, "beside a group's finding, and still of all groups"
        assert str(blocks).count("I only heard afterwards.") == 1


def test_what_is_too_much_to_stand_beside_a_finding_stays_where_it_was(report: RoundReport) -> None:
    node = next(found[0].node for _, found in findings(report))
    many = [Comment(node.id, f"Number {number}.") for number in range(comments.MOST_BESIDE + 1)]
    commented = with_comments(report, *many)
    assert "Number" not in str(section(commented))
    assert str(comments.section(commented, findings_table.quoted(commented))).count("Number") == len(many)


def test_an_action_stands_with_its_finding_or_in_the_list_of_others(report: RoundReport) -> None:
    """In the annex each action is told once to each group."""
    for group in report.suggestions:
        called_for = {one.action.text for one in report.suggestions[group]}
        beside = [one.action.text for cell, found in findings(report) for some in found for one in some.suggested
                  if cell.id in (group, "all") and one.action.text in called_for]  # fmt: skip  # as one list
        others = other_actions(report)
        assert others is not None
        title = f"For {report.title_of(group)}"
        listed, here = [], False
        for block in others.blocks:
            here = block.text == title if isinstance(block, Heading) else here
            listed += (
                [one.text for one in block.entries] if here and isinstance(block, BulletList) and block.tasks else []
            )
        assert sorted({*beside} | {*listed}) == sorted(called_for)
        assert not {*beside} & {*listed}
