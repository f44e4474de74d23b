"""What keys and clicks do, from the screen to the project file."""

from dataclasses import replace

import pytest
from textual import events
from textual._compositor import Compositor
from textual._context import active_app

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition, Point, Scale
from selfassess.model.sheet import Missing, responses
from selfassess.project.project import Project
from selfassess.text import LONGEST_TEXT
from selfassess.tui.app import SelfAssess
from selfassess.tui.launch import LaunchOptions
from tests.tui.conftest import Drive, FakeSaver


async def test_a_number_key_marks_and_stays_and_enter_goes_on(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3")
        assert "(*) Mostly" in screen.text
        await screen.press("4")
        assert "Question 1 of" in screen.text
        assert screen.draft.responses == {"watering": 4}
        await screen.press("enter")
        assert "Question 2 of" in screen.text


async def test_enter_skips_and_never_marks_by_itself(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("enter")
        assert "Question 2 of" in screen.text
        assert not screen.draft.responses


async def test_enter_chooses_what_one_moved_to(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("down", "down", "enter")
        assert screen.draft.responses == {"watering": 2}
        await screen.press("up", "space")
        assert screen.draft.responses == {"watering": 1}
        await screen.press("down", "right")  # moved, but gone on: nothing is chosen
        assert screen.draft.responses == {"watering": 1}


async def test_an_answer_is_taken_away_again(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("d", "delete")
        assert not screen.draft.responses
        assert "(*)" not in screen.text


async def test_keys_typed_ahead_are_taken_in_their_order(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3", "enter", "1", "3", "enter", "7", "enter", *"Tea", "tab")
        await screen.press(*"Cake", "tab", "2", "left")
        assert screen.draft.responses == {"watering": 3, "tools": (1, 3), "years": 7, "best": "Cake", "bench": 2}
        assert screen.draft.comments == {"turns": "Tea"}


async def test_keys_typed_ahead_of_a_screen_are_for_that_screen(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        hand_in = ("down", "down", "enter")
        await screen.press("4", "r", *hand_in, "enter", *hand_in, "down", "enter")
        assert responses(saver.handed_in[0], screen.app.navigator.options.edition.questionnaire)["watering"] == 4


async def test_capitals_are_the_same_keys(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("D")
        assert screen.draft.responses == {"watering": Missing.DONT_KNOW}
        await screen.press("C", "C")
        assert screen.draft.comments == {"watering": "C"}


async def test_undo_stays_on_its_page(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("r", "1", "enter", "c", *"ab", "backspace", "backspace", "tab", "c", "ctrl+z", "ctrl+z", "x")
        assert screen.draft.comments == {"tools": "x"}


async def test_ctrl_c_leaves_from_everywhere(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        await screen.press("4", "r", "ctrl+c")
        assert screen.app.return_code == 0
        assert saver.saved[-1].responses == {"watering": 4}


async def test_a_comment_is_saved_with_every_key_and_markup_is_only_text(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        await screen.press("4", "c", *"[/][@click=app.end(9)]x[/")
        await screen.press("]")
        assert saver.saved[-1].comments == {"watering": "[/][@click=app.end(9)]x[/]"}
        assert saver.saved[-2].comments == {"watering": "[/][@click=app.end(9)]x[/"}
        await screen.press("escape")
        await screen.click("click=app")
        await screen.press("escape", "enter", "left", "pagedown")
        assert "[/][@click=app.end(9)]x[/]" in screen.text
        assert screen.app.return_code is None


async def test_figures_and_letters_are_text_in_a_field(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("4", "c", *"1dar?t")
        assert screen.draft.responses == {"watering": 4}
        assert screen.draft.comments == {"watering": "1dar?t"}


async def test_a_long_paste_is_cleaned_and_cut_and_that_is_said(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("c", *"ab")
        screen.app.post_message(events.Paste("\x1b[31m\u202e[/]" + "x" * 100_000))
        await screen.press("escape")
        assert screen.draft.comments["watering"] == "ab[/]" + "x" * (LONGEST_TEXT - 5)
        assert "The rest was left out" in screen.text


async def test_a_number_that_is_none_keeps_one_on_the_page(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("4", "enter", "1", "enter", *"99", "enter")
        assert "Not saved: please write a number from 0 to 60 years" in screen.text
        await screen.press("shift+tab", "tab")  # it is still there after looking elsewhere
        assert "99" in screen.text
        await screen.press("backspace", "enter")
        assert screen.draft.responses["years"] == 9
        assert "Anything you would like to add" in screen.text


async def test_letters_beside_a_number_do_what_they_do_elsewhere(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("4", "enter", "1", "enter", "7", "d")
        assert screen.draft.responses["years"] is Missing.DONT_KNOW


async def test_the_review_leads_to_what_is_open(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("4", "r")
        assert "You've left 3 questions unanswered" in screen.text
        await screen.press("enter")
        assert "Which of these have you used" in screen.text
        await screen.press("r", "3", "enter")
        assert "For how many years" in screen.text
        await screen.press("escape", "r", "9", "4", "enter")
        assert "I find a place to sit" in screen.text


async def test_everything_can_be_clicked(questions: Drive) -> None:
    async with questions() as screen:
        await screen.click("Mostly")
        assert screen.draft.responses == {"watering": 3}
        await screen.click("Enter Next")
        await screen.click("wheelbarrow")
        assert screen.draft.responses["tools"] == (3,)
        await screen.click("← Back")
        await screen.click("C Comment")
        await screen.press("x")
        await screen.click("Stop writing")
        await screen.click("R Review")
        await screen.click("Hand in")
        await screen.click("Not yet")
        await screen.press("4")
        await screen.click("I find a place")
        assert "I find a place to sit" in screen.text
        assert screen.draft.comments == {"watering": "x"}


async def test_the_cursor_of_the_terminal_is_on_the_option(questions: Drive) -> None:
    async with questions() as screen:

        def under_cursor() -> str:
            x, y = screen.app.cursor_position
            return screen.text.splitlines()[y][x - 1 : x + 2]

        assert under_cursor() == "( )"
        await screen.press("3")
        assert under_cursor() == "(*)"
        await screen.press("down")
        assert under_cursor() == "( )"


async def test_help_and_colours_come_from_everywhere_and_go_again(questions: Drive) -> None:
    async with questions() as screen:
        before = screen.text
        await screen.press("f1")
        assert "Keys" in screen.text
        await screen.press("f2", "escape")
        assert screen.text == before
        assert screen.app.theme == "light"
        await screen.press("c", "f1", "enter", "f2", "x")
        assert screen.draft.comments == {"watering": "x"}
        assert screen.app.theme == "contrast"


async def test_what_could_not_be_saved_stays_said_until_it_is(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        saver.trouble = ProjectError("The disk is full.")
        await screen.press("4", "enter", "1")
        assert "! NOT SAVED. The disk is full." in screen.text
        saver.trouble = None
        await screen.press("enter")
        assert "NOT SAVED" not in screen.text
        assert saver.saved[-1].responses == {"watering": 4, "tools": (1,)}


async def test_leaving_tries_once_more_to_save(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        saver.trouble = ProjectError("The disk is full.")
        await screen.press("4", "escape")
        assert "Not saved" in screen.text
        assert screen.app.return_code is None
        saver.trouble = None
        await screen.press("1")
        assert screen.app.return_code == 0
        assert saver.saved[-1].responses == {"watering": 4}


async def test_a_draft_is_gone_on_with_where_it_was_left(drive: Drive, project: Project, garden: Edition) -> None:
    opening = LaunchOptions(project=project, edition=garden, group="growers")
    async with drive(opening) as screen:
        await screen.press("1", "4", "enter", "2", "enter", "escape", "escape")
        assert screen.app.return_code == 0
        assert (
            screen.app.navigator.farewell
            == "Your answers are saved in mine.selfassess. To carry on later, start the same way again."
        )
    async with drive(opening) as screen:
        assert "Welcome back" in screen.text
        assert "For how many years" in screen.text
        assert screen.draft.responses == {"watering": 4, "tools": (2,)}
    async with drive(replace(opening, group="neighbours")) as screen:
        assert "Welcome back" not in screen.text


async def test_a_sitting_without_an_answer_leaves_no_draft(drive: Drive, project: Project, garden: Edition) -> None:
    async with drive(LaunchOptions(project=project, edition=garden, group="growers")) as screen:
        await screen.press("1", "enter", "escape")
        assert screen.app.return_code == 0
    assert project.drafts() == ()


async def test_from_home_to_ones_own_results(drive: Drive, project: Project, shipped: Edition) -> None:
    async with drive(LaunchOptions(project=project)) as screen:
        await screen.press("1", "1", "1", "1", "4", "enter", "2", "r", "down", "down", "enter")
        assert project.drafts() == ()
        sheet = project.last_sheet()
        assert sheet
        assert sheet.date
        assert list(responses(sheet, shipped.questionnaire).values())[:2] == [4, 2]
        assert shipped.questionnaire.title in screen.text
        assert "Page 1 of" in screen.text
        await screen.press("pagedown", "down")
        assert "Page 1 of" not in screen.text
        await screen.press("escape")
        assert "3 My answers and results" in screen.text


async def test_a_shared_project_opens_only_with_the_codes(drive: Drive, shared: Project, garden: Edition) -> None:
    async with drive(LaunchOptions(project=shared, edition=garden, group="growers")) as screen:
        await screen.press("1")
        assert "K7QM-3RTP-9XWD" in screen.text
        await screen.press("1", "4", "escape")
    async with drive(LaunchOptions(project=shared)) as screen:
        await screen.press("1", *"k7qm3rtp9xwd", "enter")
        assert "Welcome back" in screen.text
        await screen.press("r", "down", "down", "enter", "down", "enter", "1", "escape", "escape")
        await screen.press("4", *"K7QM 3RTP 9XWD A2CD EFGH", "enter")
        assert "How is our garden doing?" in screen.text


async def test_in_a_shared_project_the_same_command_goes_on(drive: Drive, shared: Project, garden: Edition) -> None:
    opening = LaunchOptions(project=shared, edition=garden, group="growers")
    async with drive(opening) as screen:
        await screen.press("1", "1", "4", "escape")
    async with drive(opening) as screen:
        assert "Carry on where I stopped" in screen.text
        await screen.press("3", "escape")
        assert "Who sees your answers" in screen.text
        await screen.press("3", *"k7qm3rtp9xwd", "enter")
        assert "Welcome back" in screen.text
        assert screen.draft.responses == {"watering": 4}


async def test_the_command_line_may_bring_the_code(drive: Drive, shared: Project, garden: Edition) -> None:
    async with drive(LaunchOptions(project=shared, edition=garden, group="growers")) as screen:
        await screen.press("1", "1", "4", "escape")
    async with drive(LaunchOptions(project=shared, edition=garden, code="K7QM-3RTP-9XWD")) as screen:
        assert screen.draft.responses == {"watering": 4}
    with pytest.raises(UsageError):
        SelfAssess(LaunchOptions(project=shared, edition=garden, code="AAAA-AAAA-AAAA"))


async def test_a_questionnaire_from_a_project_that_cannot_be_written_to_can_be_tried(
    drive: Drive, project: Project, garden: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ProjectError("The file can be read but not written to.")

    monkeypatch.setattr("selfassess.project.drafts.begin", refuse)
    async with drive(LaunchOptions(project=project, edition=garden, group="growers")) as screen:
        await screen.press("1")
        assert "not written to" in screen.text
        await screen.press("2", "4")
        assert "nothing is saved" in screen.text


MARKUP = "[/][@click=app.end(9)]x[red]"


async def test_markup_in_a_file_is_only_text(drive: Drive) -> None:
    with_markup = f"""
format = 1
id = "odd"
version = "1"
title = "Title {MARKUP}"
about = "About {MARKUP}"
groups = [{{ id = "one", title = "Group {MARKUP}", about = "For {MARKUP}" }}]
scales.only.points = [{{ value = 0, label = "No {MARKUP}" }}, {{ value = 1, label = "Yes {MARKUP}" }}]
[[strands]]
id = "strand"
title = "Strand {MARKUP}"
about = "Of {MARKUP}"
benchmarks = [{{ id = "b", title = "Good {MARKUP}", items = [
  {{ id = "i", text = "Item {MARKUP}", help = "Help {MARKUP}" }}
] }}]
"""
    odd = edition(parse("odd", with_markup.encode()))
    async with drive(LaunchOptions(edition=odd)) as screen:
        seen = screen.text
        await screen.press("1")
        seen += screen.text
        await screen.press("1", "h")
        seen += screen.text
        await screen.click("Item")
        await screen.press("r")
        seen += screen.text
        assert screen.app.return_code is None
    for part in ("Title", "About", "Group", "For", "No", "Yes", "Strand", "Of", "Good", "Item", "Help"):
        assert f"{part} {MARKUP}" in seen


async def test_a_long_list_of_options_scrolls_with_the_pointer(drive: Drive, garden: Edition) -> None:
    questionnaire = garden.questionnaire
    points = tuple(Point(value=number, label=f"Option {number}") for number in range(1, 37))
    long = replace(
        garden,
        questionnaire=replace(
            questionnaire, scales={**questionnaire.scales, "agree": Scale(points=points, dont_know="Don't know")}
        ),
    )
    async with drive(LaunchOptions(edition=long, group="growers")) as screen:
        await screen.press("1")
        assert "There is more below" in screen.text
        await screen.press("up")  # from nowhere to the last
        assert "> d ( ) Don't know" in screen.text
        await screen.press("up", "enter")
        assert ">   (*) Option 36" in screen.text
        assert screen.draft.responses == {"watering": 36}
        await screen.press("pageup", "pageup", "pageup", "z")
        assert screen.draft.responses == {"watering": 23}
        assert "> z (*) Option 23" in screen.text


ORDINARY = (
    "Rather good", "Hand in hand", "Great!", "r", "The helper is here", "Save and leave", "Yes, 1 or 2", "no", "3", "?",
    "d", "Children come first", "x", "We meet at 10", "h", "Quick wins", "bad", "why not", "1 2 3", "C'est la vie",
)  # fmt: skip  # twenty answers as people type them


async def test_an_open_question_takes_whatever_is_typed_as_text(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        await screen.press("3", "enter", "3", "enter", "3", "enter")
        for answer in ORDINARY:  # into the field, and beside it
            await screen.press(*answer, "escape", *answer, "enter", "space", "enter")
        await screen.press("tab")
        assert screen.draft.comments["turns"].split() == "".join(f"{answer}{answer}\n" for answer in ORDINARY).split()
        assert screen.draft.place == "best"
        assert screen.draft.responses == {"watering": 3, "tools": (3,), "years": 3}
    assert not saver.handed_in


async def test_no_letter_figure_space_or_repeated_enter_hands_in(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        await screen.press("4", "r", "down", "down", "enter")
        assert "Hand in now?" in screen.text
        assert "You've left 3 questions unanswered. That's fine." in screen.text
        await screen.press("space", *"1234567890abcdefghijklmnopqsuvwxyz", "space")
        assert "Hand in now?" in screen.text
        await screen.press(*["enter"] * 20)
    assert not saver.handed_in


async def test_what_is_pasted_beside_a_field_belongs_into_it(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3", "enter", "3", "enter", "3", "enter", "escape")
        screen.app.post_message(events.Paste("Why so:\n3\n2"))
        await screen.settle()
        assert screen.draft.comments == {"turns": "Why so:\n3\n2"}


async def test_enter_in_an_empty_field_goes_on_and_in_words_it_begins_a_line(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3", "enter", "3", "enter", "3", "enter", "enter")
        assert "What works well?" in screen.text
        await screen.press(*"Tea", "enter", *"3 w", "escape", "enter", "2")
        assert screen.draft.responses["best"] == "Tea\n3 w"
        assert screen.draft.responses["bench"] == 2
        await screen.press("c", "enter")
        assert "Your answers so far" in screen.text


async def test_back_from_the_first_question_leads_to_the_group(drive: Drive, project: Project, garden: Edition) -> None:
    async with drive(LaunchOptions(project=project, edition=garden)) as screen:
        await screen.press("1", "1", "4", "enter", "left", "left")
        assert "Which of these are you?" in screen.text
        assert "> 1 Growers" in screen.text
        await screen.press("2")
        assert "When people are away somebody waters their beds." in screen.text
        assert (screen.draft.group, screen.draft.responses) == ("neighbours", {"watering": 4})
        await screen.press("left", "escape")
        assert "When people are away" in screen.text


async def test_escape_leads_back_to_where_a_sitting_was_begun(drive: Drive, project: Project) -> None:
    async with drive(LaunchOptions(project=project)) as screen:
        await screen.press("1", "1", "1", "1", "4", "escape")
        assert "How well do we work together?" in screen.text
        assert "Continue: " in screen.text
        assert "Board members, saved " in screen.text
        await screen.press("1")
        assert "Welcome back" in screen.text


async def test_own_sittings_are_opened_changed_and_deleted_without_a_receipt(
    drive: Drive, project: Project, garden: Edition
) -> None:
    opening = LaunchOptions(project=project, edition=garden, group="growers")
    async with drive(opening) as screen:
        await screen.press("1", "4", "enter", "2", "r", "down", "down", "enter")
        assert "receipt" not in screen.text
    before = project.last_sheet()
    assert before
    async with drive(LaunchOptions(project=project, sittings=True)) as screen:
        assert "How is our garden doing?" in screen.text
        assert "2 of 4 answered" in screen.text
        await screen.press("1", "2")
        assert "Your answers so far" in screen.text
        await screen.press("1", "enter", "1", "escape")
    assert project.last_sheet() == before  # what is begun to be changed is not changed yet
    async with drive(LaunchOptions(project=project, sittings=True)) as screen:
        assert "Not finished: " in screen.text
        await screen.press("1", "1", "r", "down", "down", "enter")
    (after,) = project.sheets()
    given = responses(after, garden.questionnaire)
    assert (given["watering"], given["tools"], after.date) == (1, (2,), before.date)
    assert project.drafts() == ()
    async with drive(LaunchOptions(project=project, sittings=True)) as screen:
        await screen.press("1", "3", "enter")
        assert "No, keep them" not in screen.text
        await screen.press("3", "down", "enter")
        assert "You have not answered a questionnaire yet." in screen.text
    assert project.sheets() == ()


async def test_a_questionnaire_that_was_edited_since_is_said(drive: Drive, project: Project, garden: Edition) -> None:
    async with drive(LaunchOptions(project=project, edition=garden, group="growers")) as screen:
        await screen.press("1", "4", "escape")
    edited = edition(parse("garden", garden.content.replace(b"I find a place", b"I find no place")))
    opening = LaunchOptions(project=project, edition=edited, group="growers")
    async with drive(opening) as screen:
        assert "One question is worded differently: “I find no place to sit.”" in " ".join(screen.text.split())
        await screen.press("1")
        assert "Welcome back" in screen.text
        assert screen.draft.questionnaire == garden.sha256
        await screen.press("escape")
    async with drive(opening) as screen:
        await screen.press("2", "1", "3", "escape")
    assert {saved.draft.questionnaire for saved in project.drafts()} == {garden.sha256, edited.sha256}
    async with drive(opening) as screen:
        assert screen.draft.questionnaire == edited.sha256
    same = edition(parse("garden", garden.content.replace(b'version = "1"', b'version = "2"')))
    async with drive(LaunchOptions(project=project, edition=same, group="growers")) as screen:
        assert "Welcome back" in screen.text


async def test_leaving_the_program_asks_again_where_something_would_be_lost(questions: Drive, saver: FakeSaver) -> None:
    async with questions() as screen:
        saver.trouble = ProjectError("The disk is full.")
        await screen.press("4", "f1", "ctrl+c")
        assert "Unsaved answers are still here" in screen.text
        await screen.press("ctrl+c", "f1", "escape", "ctrl+c")
        assert "Unsaved answers are still here" in screen.text
        assert screen.app.return_code is None
        await screen.press("2")
        assert "(*)" in screen.text
        saver.trouble = None
        await screen.press("ctrl+c")
        assert screen.app.return_code == 0
        assert saver.saved[-1].responses == {"watering": 4}


async def test_what_is_pasted_and_typed_keeps_its_order(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3", "enter", "3", "enter", "3", "enter")
        screen.app.post_message(events.Paste("Tea and "))
        await screen.press(*"cake", "tab", *"Maps")
        screen.app.post_message(events.Paste(" and shovels"))
        await screen.press("tab", "2")
        assert screen.draft.comments == {"turns": "Tea and cake"}
        assert screen.draft.responses["best"] == "Maps and shovels"
        assert screen.draft.responses["bench"] == 2


async def test_the_help_lies_over_the_home_screen(drive: Drive, project: Project) -> None:
    async with drive(LaunchOptions(project=project)) as screen:
        await screen.press("down", "down", "down", "enter", "pagedown", "escape")
        assert "> 4 Help" in screen.text
        await screen.press("4", "ctrl+c")
        assert screen.app.return_code == 0


async def test_nothing_is_drawn_between_two_screens(questions: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def note(compositor: Compositor, **_: object) -> None:
        drawn.append(type(active_app.get().screen).__name__)
        compositor._dirty_regions.clear()

    async with questions() as screen:
        monkeypatch.setattr("textual._compositor.Compositor.render_update", note)
        for keys in (("4", "r"), ("down", "down", "enter"), ("enter",), ("escape",)):
            await screen.press(*keys)
    assert {"Questions", "Review", "HandInQuestion"} == set(drawn)
