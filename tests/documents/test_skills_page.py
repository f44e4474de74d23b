"""The page of a round about skills, and one person's own stock-take."""

import io
import re
from dataclasses import replace

import pptx
import pytest

from selfassess.documents import personal
from selfassess.documents.render_html import to_html
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_pptx import to_pptx
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.round import board_page, stock
from selfassess.documents.round.report import document as whole
from selfassess.model.coverage import VERDICTS
from selfassess.model.reports import RoundReport
from selfassess.model.sheet import Sheet
from selfassess.services.reports import narrow_report, own_report
from tests.services.made_skills import LARGE, skills, skills_report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report() -> RoundReport:
    return skills_report()


@pytest.fixture(scope="module")
def large() -> RoundReport:
    return skills_report(LARGE)


def text(report: RoundReport, width: int = 80) -> str:
    return to_text(page(board_page.document(report)), width)


def section(report: RoundReport, title: str, width: int = 80) -> str:
    return text(report, width).split(f"\n{title}\n")[1].split("\n\n")[0]


def test_the_matrix_has_a_line_for_each_skill_in_a_terminal_of_80_columns(large: RoundReport) -> None:
    lines = section(large, stock.MATRIX).splitlines()[2:14]
    assert len(large.questionnaire.needed_skills) == 12
    for skill, line in zip(large.questionnaire.needed_skills, lines, strict=True):
        assert line.startswith(skill.title)
        assert len(re.findall(rf"\b({'|'.join(VERDICTS)}) [▲▼]", line)) == 4, "all and three groups"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_and_breaks_no_word(report: RoundReport, width: int) -> None:
    lines = section(report, stock.MATRIX, width).splitlines()
    assert max(map(len, lines)) <= width
    words = {word for skill in report.questionnaire.needed_skills for word in skill.title.split()}
    assert words <= set(" ".join(lines).split()), "each word of each title in one piece"


def test_nothing_is_said_by_colour_alone(report: RoundReport) -> None:
    """Each verdict is a word, and each word is explained below."""
    said = section(report, stock.MATRIX)
    assert {word for word in VERDICTS if word in said} == {"covered", "short", "thin", "missing"}
    for word in ("Covered:", "Short:", "Thin:", "Missing:", "A number is a score"):
        assert word in said


def test_a_board_of_ten_has_scores_where_no_more_can_be_shown(report: RoundReport) -> None:
    assert report.stock is not None
    assert all(one.groups[0].cell == "board" and one.groups[0].verdict is None for one in report.stock.skills)
    assert all(one.groups[0].score is not None or one.groups[0].coded for one in report.stock.skills)
    shown, of = report.stock.shown
    assert f"For groups, {shown} of {of} can be told." in " ".join(section(report, stock.MATRIX).split())


def test_below_twenty_people_no_number_of_people_is_on_the_page(report: RoundReport) -> None:
    assert report.stock is not None
    staff = [one.groups[1] for one in report.stock.skills]
    assert all(one.showing is None for one in staff)
    assert {one.verdict for one in staff} <= {"covered", "short", None}
    narrow = narrow_report(report, "staff", None)
    told = text(narrow).split(stock.SHORT)[1].split(stock.TEACHING)[0]
    assert not re.search(r"\d+ of \d+ do so", told)


def test_it_says_what_is_least_seen_and_what_could_be_learnt(report: RoundReport) -> None:
    said = " ".join(section_of(report, stock.SHORT).split())
    assert "Asking before deciding (missing among all, and short among Staff)" in said
    assert "Everyone needs it. Least seen: “" in said
    assert "Before your next decision, ask three people it affects" in said


def section_of(report: RoundReport, title: str) -> str:
    return text(report).split(f"\n{title}\n")[1]


def test_a_need_of_more_people_than_there_are_is_said_to_be_one(report: RoundReport) -> None:
    assert report.stock is not None
    found = report.stock.of("diagnosing")
    assert found is not None
    assert [one.cell for one in found.groups if one.falls_short] == ["staff"]

    def said(at_least: int, narrowed: RoundReport = report) -> str:
        return stock.too_many(narrowed, replace(found, skill=replace(found.skill, at_least=at_least)))

    assert said(16) == ""
    assert said(17) == "Fewer than that answered of Staff, so it can't be covered there."
    assert said(31) == "That is more than the 30 people who answered, so it can't be covered."
    alone = narrow_report(report, "staff", None)
    assert said(17, alone) == "That is more than the 16 people who answered, so it can't be covered."


def test_groups_could_learn_from_each_other(report: RoundReport) -> None:
    said = " ".join(section(report, stock.TEACHING).split())
    assert "Board members and External partners could learn from Staff." in said
    assert "Staff and External partners could learn from Board members." in said
    assert "nobody is picked by their answers" in said


def test_i_and_we_stand_beside_each_other_where_they_differ(report: RoundReport) -> None:
    said = section_of(report, "I do, but do we?")
    assert "Sorting out who does what: " in said
    assert stock.ASK_ABOUT_VIEWS in " ".join(said.split())
    assert report.stock is not None
    alike = replace(report.stock, skills=tuple(replace(one, views=None) for one in report.stock.skills))
    assert stock.views(alike) is None


def test_nobody_is_said_to_count_on_what_people_say_of_themselves(report: RoundReport) -> None:
    assert "is not yet something that others can count on" in " ".join(text(report).split())
    said = [band.about for band in report.questionnaire.bands]
    assert not any("count on" in about for about in said)


def test_it_is_in_every_format_of_text(report: RoundReport) -> None:
    for written in (to_html(board_page.document(report)), to_markdown(board_page.document(report))):
        assert stock.MATRIX in written
        assert "covered" in written
        assert stock.TEACHING in written


def test_a_slide_has_all_that_is_short_in_a_line_each_and_the_rest_in_its_notes(report: RoundReport) -> None:
    show = pptx.Presentation(io.BytesIO(to_pptx(board_page.document(report))))
    (slide,) = (one for one in show.slides if one.shapes.title.text_frame.text == stock.SHORT)
    assert report.stock is not None
    lines = [one.text for one in slide.placeholders[1].text_frame.paragraphs]
    assert [line.split(": ")[0] for line in lines] == [one.skill.title for one in report.stock.short]
    notes = slide.notes_slide.notes_text_frame.text
    assert "Least seen: “" in notes
    assert "Before your next decision, ask three people it affects" in notes


def test_narrowed_to_a_strand_it_has_the_skills_of_that_strand(report: RoundReport) -> None:
    said = to_text(page(whole(narrow_report(report, None, "learning"))), 80)
    matrix = said.split(stock.MATRIX)[1].split("Covered:")[0]
    assert "Making contacts" in matrix
    assert "Working as one team" not in matrix


# One person's own


def test_ones_own_result_has_what_to_offer_and_what_to_practise() -> None:
    asked = skills().questionnaire
    low = {"facil_stuck": "0", "tech_open": "1"}
    answers = "".join("-" if item.is_in_words else low.get(item.id, "4") for item in asked.items)
    mine = own_report(skills(), Sheet(questionnaire="", group="staff", form="full", answers=answers))
    assert mine.stock is not None
    assert [one.item.id for one in mine.stock.to_practise] == ["facil_stuck", "tech_open"]
    assert len(mine.stock.to_offer) == 3
    for document in (personal.document(mine), personal.brief(mine), personal.spoken(mine)):
        said = to_text(page(document), 80)
        for title in (personal.STOCK, personal.TO_OFFER, personal.TO_PRACTISE):
            assert said.count(f"\n{title}\n") == 1
        assert "When a discussion gets stuck" in said
