"""Where one of two occasions asked more than the other, or a person was in another group, it is said once, in front."""

from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.documents.blocks import Spot
from selfassess.documents.comparison.dashboard import page as screen
from selfassess.documents.comparison.personal import other_group
from selfassess.documents.export.comparison import as_document
from selfassess.documents.render_rich import to_text
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, OwnChange
from selfassess.model.routing import offered
from selfassess.model.sheet import Form, Missing, Sheet, encode
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import Sitting, compare_rounds, compare_sittings
from tests.documents.drawn import markdown as to_markdown
from tests.documents.drawn import page
from tests.services.made_progress import add_rounds

FORMS = "The earlier one asked the whole questionnaire, the later one the short form."
NOT_COMPARED = "questions that only one of them asked are not compared."


def flat(report: ComparisonReport | OwnChange) -> str:
    return " ".join(to_text(page(report), 100).split())


def before(text: str, words: str) -> str:
    assert words in text
    return text.partition(words)[0]


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory, partnership: Edition) -> ComparisonReport:
    """The whole questionnaire, then the short form."""
    path = tmp_path_factory.mktemp("short") / "ours.selfassess"
    with create(path, "shared") as project:
        add_rounds(project, {"autumn": partnership, "spring": partnership}, short=["spring"])
        there = Rounds(project)
        return compare_rounds(there, [there.get("autumn"), there.get("spring")])


def left_out(edition: Edition) -> int:
    return sum(not item.short for item in edition.questionnaire.items)


@pytest.mark.slow
def test_a_short_form_is_told_once_in_front_and_not_item_by_item(
    rounds: ComparisonReport, partnership: Edition
) -> None:
    number = left_out(partnership)
    assert number > 20
    for told in (flat(rounds), " ".join(to_markdown(rounds).split())):
        assert told.count(FORMS) == 1
        assert f"{FORMS} The {number} {NOT_COMPARED}" in before(told, "Of 4 parts")
        assert "no longer asked" not in told
        assert "it is not in the short form" not in told
    document = as_document(rounds)
    assert document["forms"] == ["full", "short"]
    fates = [one["fate"] for one in document["items"]]
    assert fates.count("not in the short form") == number
    assert "gone" not in fates


@pytest.mark.slow
def test_the_screen_says_it_too(rounds: ComparisonReport) -> None:
    assert FORMS in str(screen(rounds, Spot("strands")))
    left = str(screen(rounds, Spot("left out")))
    assert FORMS in left
    assert "Nothing is left out" not in left
    assert "it is not in the short form" not in left


def sitting(edition: Edition, group: str, form: Form = "full", value: float = 2, name: str = "a day") -> Sitting:
    questionnaire = edition.questionnaire
    asked = {item.id for item in offered(questionnaire, group, form)}
    answers = "".join(
        encode(
            item,
            (Missing.SKIPPED if item.kind == "text" else value) if item.id in asked else Missing.NOT_ASKED,
            questionnaire,
        )
        for item in questionnaire.items
    )
    return Sitting(edition, Sheet(questionnaire=edition.sha256, group=group, form=form, answers=answers), name)


def test_so_is_one_s_own_short_form(partnership: Edition) -> None:
    report = compare_sittings([sitting(partnership, "board"), sitting(partnership, "board", "short", 4)])
    text = flat(report)
    number = sum(not item.short for item in offered(partnership.questionnaire, "board", "full"))
    assert f"{FORMS} The {number} {NOT_COMPARED}" in before(text, "Your answers vary a little")
    assert "no longer asked" not in text
    assert "What is not compared" not in text
    back = flat(compare_sittings([sitting(partnership, "board", "short"), sitting(partnership, "board")]))
    assert "The earlier one asked the short form, the later one the whole questionnaire." in back
    assert "it is new" not in back


def test_that_a_person_was_in_another_group_is_told_once_in_front(partnership: Edition) -> None:
    report = compare_sittings(
        [sitting(partnership, "staff", name="3 May"), sitting(partnership, "board", value=4, name="1 June")]
    )
    text = flat(report)
    front = before(text, "Your answers vary a little")
    assert "What moved from 3 May (Staff) to 1 June (Board members)" in front
    assert "You answered as Staff then and as Board members now: that alone could explain a change." in front
    assert "are worded differently for each group." in front
    assert as_document(report)["groups"] == ["staff", "board"]


def test_that_a_person_was_in_no_group_before_there_were_any_is_told_too(partnership: Edition) -> None:
    report = compare_sittings([sitting(partnership, "staff"), sitting(partnership, "board", value=4)])
    told = other_group(replace(report, groups=(None, "board")))
    assert told.startswith("You answered for a group only one of the times: that alone could explain a change.")


def test_in_another_group_only_what_both_are_asked_is_compared(partnership: Edition) -> None:
    questionnaire = partnership.questionnaire
    asked = [{item.id for item in offered(questionnaire, group, "full")} for group in ("external", "board")]
    report = compare_sittings([sitting(partnership, "external"), sitting(partnership, "board", value=4)])
    assert set(report.comparability.same) <= asked[0] & asked[1]
    once = len([id for id in asked[0] ^ asked[1] if questionnaire.item(id).kind == "choice"])
    assert once
    assert f"{once} question" in flat(report)
    assert {(move.then, move.now) for move in report.moves if move.level == "benchmark"} == {(25, 75)}


@pytest.mark.slow
def test_in_the_same_group_and_form_nothing_is_said(partnership: Edition, tmp_path: Path) -> None:
    text = flat(compare_sittings([sitting(partnership, "board"), sitting(partnership, "board", value=4)]))
    assert "You answered as" not in text
    assert "the short form" not in text
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": partnership, "spring": partnership})
        there = Rounds(project)
        assert "the short form" not in flat(compare_rounds(there, [there.get("autumn"), there.get("spring")]))
