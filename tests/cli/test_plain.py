from pathlib import Path

import pytest

from tests.cli.conftest import SMALL, Command


def test_a_whole_sitting_ends_in_ones_own_result(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", typed="1\n1\n3\n\nTea [/] and cake\n\nresults\n")
    assert done.code == 0
    assert "Question 2 of 2" in done.err
    assert "receipt" not in done.err
    assert "or to change or delete your answers: selfassess sittings" in done.err
    assert "scored 0, target 75" in done.out
    assert "Let the chair begin on the hour. (our own suggestion)" in done.out
    assert "Put the hour on the door" not in done.out
    assert "Tea [/] and cake" in done.out


def test_the_same_command_goes_on_where_one_stopped(selfassess: Command, small: str) -> None:
    first = selfassess("take", small, "--plain", typed="staff\n3\n")
    assert first.code == 130
    assert "1 of 2 answered. Saved in" in first.err
    second = selfassess("take", small, "--plain", typed="b\n\n1\n\nresults\n")
    assert second.code == 0
    assert "Welcome back. 1 of 2 answered." in second.err
    assert "You answered: Yes" in second.err
    assert "Overall: 100, Strong" in second.out


def test_leaving_on_purpose_is_no_failure(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", typed="1\n2\ns\n")
    assert done.code == 0
    assert "To carry on later, start the same way again." in done.err


def test_trying_it_out_leaves_nothing(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", "--try", typed="1\n3\n1\n\nresults\n")
    assert done.code == 0
    assert "receipt" not in done.err
    assert "nothing is saved" in done.err
    assert "not there yet" in selfassess("where").out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9\n", "Please type the number or letter next to your answer"),
        ("y\n", "Your answer: Yes"),
        ("DON’T\n", "Your answer: Don't know"),
        ("maybe\n", "Please type the number or letter next to your answer, or its first words."),
        ("?\n", "The hour on the invitation."),
        ("h\n", "leaving this one as it is"),
        ("x\n", "Cleared."),
        ("c\nToo early\n", "Comment saved."),
        ("d\nb\n", "You answered: Don't know"),
        ("a\nb\n", "You answered: Doesn't apply"),
        ("1\n3\n", "Would you like to say a little more"),
        ("r\n1\n", "Question 1 of 2"),
        ("r\nnothing\n", "Sorry, that is not on the list."),
    ],
)
def test_each_command_answers(selfassess: Command, small: str, typed: str, said: str) -> None:
    assert said in selfassess("take", small, "--plain", "--group", "board", typed=typed).err


def test_in_ones_own_words_a_command_has_a_stroke(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", "--group", "board", typed="3\n1\nb\n\nresults\n")
    assert "\n    b\n" in done.out
    done = selfassess("take", small, "--plain", "--group", "board", typed="3\n1\n/b\n")
    assert done.err.count("Papers come late.") == 2


def test_a_figure_typed_as_words_is_told(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", typed="1\n2\n2\n3\n\nb\n/x\n\nresults\n")
    assert "“3” is saved as your own words. If you did not mean that: /b goes back" in done.err
    assert "\n3\n" not in done.out


def test_no_input_at_all_saves_nothing(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain")
    assert done.code == 130
    assert "nothing to save" in done.err


def test_a_shared_project_shows_a_code_and_asks_for_it(selfassess: Command, small: str, tmp_path: Path) -> None:
    shared = str(tmp_path / "shared.selfassess")
    assert selfassess("project", "new", shared, "--shared").code == 0
    first = selfassess("--project", shared, "take", small, "--plain", typed="\n1\n3\n")
    code = first.err.split("Your code, to come back later: ")[1].split(". ")[0]
    other = selfassess("--project", shared, "take", small, "--plain", typed="\n1\n")
    assert "Welcome back" not in other.err
    same = selfassess("--project", shared, "take", small, "--plain", typed=f"AAAA-AAAA-AAAA\n{code}\ns\n")
    assert "No sitting opens with the code" in same.err
    assert "Welcome back. 1 of 2 answered." in same.err
    again = selfassess("--project", shared, "take", small, "--plain", "--code", code.lower(), typed="1\n\nh\nhand in\n")
    assert "Welcome back. 1 of 2 answered." in again.err
    receipt = again.err.split("Your receipt: ")[1].split()[0]
    assert selfassess("--project", shared, "report").code == 2
    own = selfassess("--project", shared, "report", "--receipt", receipt)
    assert "Overall: 100" in own.out
    assert "2026" not in own.out.splitlines()[1]
    assert selfassess("--project", shared, "take", small, "--plain", "--code", code).code == 2


def test_unknown_groups_and_questionnaires_are_told_with_a_cure(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--group", "bord", "--plain")
    assert (done.code, done.err) == (2, "There is no group “bord”.\nDid you mean “board”?\n")
    done = selfassess("take", "partnerhsip", "--plain")
    assert done.code == 3
    assert "Did you mean “partnership”?" in done.err


def test_the_plain_home_offers_what_there_is_to_do(selfassess: Command) -> None:
    begun = selfassess("--plain", typed="1\nboard\n4\ns\n")
    assert begun.code == 0
    assert "1  Start: How well do we work as a partnership?" in begun.err
    assert "See my results" not in begun.err
    again = selfassess("--plain", typed="0\n1\nr\nresults\n")
    assert "1  Continue: How well do we work as a partnership? (Board members, saved " in again.err
    assert "1 of 44 answered)" in again.err
    assert "Please type a number from 1 to" in again.err
    assert again.code == 0
    results = selfassess("--plain", typed="7\n1\nr\n")
    assert "7  My answers and results: open, change or delete them" in results.err
    assert results.out == again.out


def test_a_note_is_written_on_ones_own_result_line_by_line(selfassess: Command, small: str) -> None:
    assert selfassess("take", small, "--plain", typed="1\n1\n3\n\nTea\n\nresults\n").code == 0
    typed = "1\nn\n1\nAsk the others.\nAgain.\n\nr\nn\n1\n\n\n"
    done = selfassess("sittings", "--plain", typed=typed)
    assert "d to delete it, n to write a note (Enter alone: back):" in done.err
    assert "Note saved. Only you see it, unless you pass this result on." in done.err
    assert done.err.count("Your note: Ask the others.\nAgain.") == 1
    assert "Ask the others." in done.out
    assert "Ask the others." in selfassess("report").out
    gone = selfassess("sittings", "--plain", typed="1\nn\n1\n-\nr\nn\n\n\n")
    assert "There is no note now." in gone.err
    assert "Ask the others." not in gone.out


def test_the_plain_home_without_input_says_how_to_go_on(selfassess: Command) -> None:
    done = selfassess()
    assert done.code == 130
    assert "selfassess take --plain" in done.err


def test_the_short_form_goes_on_with_the_same_command(selfassess: Command) -> None:
    selfassess("take", "--short", "--group", "board", "--plain", typed="4\n5\n")
    assert "Welcome back. 2 of 17 answered." in selfassess("take", "--plain", typed="s\n").err


def test_a_group_that_is_asked_nothing_is_told_so_and_leaves_no_draft(
    selfassess: Command, small: str, tmp_path: Path
) -> None:
    path = tmp_path / "staff.toml"
    text = (
        Path(small)
        .read_text(encoding="utf-8")
        .replace("[[strands.questions]]", '[[strands.questions]]\n  groups = ["staff"]')
    )
    for id in ("begin", "late"):
        text = text.replace(f'id = "{id}"', f'id = "{id}"\n    groups = ["staff"]')
    path.write_text(text, encoding="utf-8")
    done = selfassess("take", str(path), "--plain", "--group", "board")
    assert (done.code, "has no questions for your group" in done.err) == (2, True)
    assert "Continue" not in selfassess("--plain").err


def test_a_comment_that_is_too_long_is_cut_and_that_is_said(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", "--group", "board", typed=f"c\n{'a' * 5000}\n\n1\nb\nc\n-\n")
    assert "There is room for 4,000 characters." in done.err
    assert "Your comment: aaa" in done.err
    assert "There is no comment now." in done.err


def test_a_sitting_without_any_answer_is_not_kept(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", "--group", "board", typed="s\n")
    assert "Nothing was answered, so nothing was saved." in done.err
    assert "Continue" not in selfassess("--plain").err


def test_a_receipt_says_how_to_use_it(selfassess: Command, small: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.selfassess")
    assert selfassess("project", "new", other, "--shared").code == 0
    done = selfassess("--project", other, "take", small, "--plain", "--group", "board", typed="\n1\n1\n\nh\nhand in\n")
    receipt = done.err.split("Your receipt: ")[1][:24]
    assert done.err.count(receipt) == 1
    for command in ("report --receipt", "forget"):
        line = f"selfassess --project {other} {command}"
        assert f"  {line}\n" in done.err
        more = ["--yes"] if command == "forget" else []
        assert selfassess(*line.split()[1:], *more, typed=f"{receipt}\n").code == 0


def test_thousands_of_figures_are_none_of_the_choices(selfassess: Command, small: str) -> None:
    many = "9" * 5_000
    done = selfassess("take", small, "--plain", typed=f"{many}\n1\n{many}\n2\nr\n{many}\ns\n")
    assert done.code == 0
    assert "Sorry, that is not on the list." in done.err
    assert "1 of 2 answered. Saved" in done.err


def test_a_text_of_several_lines_is_one_text(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", "--group", "board", typed="c\nWhy so:\n3\n2\n\n1\n")
    assert "1 of 2 answered" in done.err
    done = selfassess("take", small, "--plain", "--group", "board", typed="b\ns\n")
    assert "Your comment: Why so:\n3\n2\n" in done.err


def test_the_review_shows_what_was_answered_and_what_is_open_under_one_numbering(
    selfassess: Command, small: str
) -> None:
    done = selfassess("take", small, "--plain", "--group", "board", typed="2\n\nTea\n\n2\n")
    assert "You've left 1 question unanswered. That's fine." in done.err
    assert "  1  Meetings begin on the hour. Partly\n" in done.err
    assert "  2  Papers come late. Not answered\n" in done.err
    assert "  -  What works well? Tea\n" in done.err
    assert done.err.count("Question 2 of 2") == 2


def test_the_same_answer_throughout_is_asked_about_once_and_stops_nobody(selfassess: Command) -> None:
    keys = "4\n" * 12 + "\n\n"
    done = selfassess("take", "skills", "--plain", "--short", "--group", "board", typed=f"{keys}b\n\nresults\n")
    asked = "You answered “Most of the time” to every question. Is that what you meant?"
    assert done.err.count(asked) == 1
    assert "Overall: 75" in done.out


def test_own_sittings_are_opened_changed_and_deleted_without_a_receipt(selfassess: Command, small: str) -> None:
    assert selfassess("take", small, "--plain", "--group", "board", typed="1\n1\n\nresults\n").code == 0
    listed = selfassess("sittings", "--plain")
    assert (listed.code, "  1  Small: Board members, " in listed.err) == (0, True)
    opened = selfassess("sittings", "--plain", typed="1\nr\n")
    assert "Overall: 50" in opened.out
    changed = selfassess("sittings", "--plain", typed="1\nc\n3\nr\nresults\n")
    assert "Overall: 100, Strong" in changed.out
    assert selfassess("--plain", "report").out == changed.out
    assert "Overall: 100, Strong" in selfassess("report").out
    assert "2  Small" not in selfassess("sittings", "--plain").err
    kept = selfassess("sittings", "--plain", typed="1\nd\nn\n")
    assert "  1  Small" in kept.err
    assert "Deleted." in selfassess("sittings", "--plain", typed="1\nd\ny\n").err
    assert "You have not answered a questionnaire yet." in selfassess("sittings", "--plain").err
    assert selfassess("report").code == 5


def test_a_questionnaire_that_was_edited_since_is_said(selfassess: Command, small: str) -> None:
    assert selfassess("take", small, "--plain", "--group", "board", typed="1\ns\n").code == 0
    path = Path(small)
    path.write_text(path.read_text(encoding="utf-8").replace("Papers come late", "Papers come early"), encoding="utf-8")
    done = selfassess("take", small, "--plain", "--group", "board", typed="1\ns\n")
    assert "This questionnaire has changed since you began.\nOne question is worded differently" in done.err
    assert "Papers come late" in done.err
    done = selfassess("take", small, "--plain", "--group", "board", typed="2\n1\n1\ns\n")
    assert "Welcome back" not in done.err
    assert "\nPapers come early." in done.err
    done = selfassess("take", small, "--plain", "--group", "board", typed="s\n")
    assert "Welcome back. 2 of 2 answered." in done.err


def test_handing_in_is_a_line_of_its_own(selfassess: Command, small: str, tmp_path: Path) -> None:
    ours = str(tmp_path / "ours.selfassess")
    assert selfassess("project", "new", ours, "--shared").code == 0
    typed = "\n1\n\n/r\nh\nyes\nh\n\nhand in\nHand in\n"
    done = selfassess("--project", ours, "take", small, "--plain", "--group", "board", typed=typed)
    assert done.err.count("Nothing is handed in.") == 2
    assert "You've left 1 question unanswered. That's fine. To hand in now, type: hand in" in done.err
    assert "Thank you. Your answers are handed in." in done.err


def test_back_from_the_first_question_leads_to_the_group(selfassess: Command, small: str) -> None:
    done = selfassess("take", small, "--plain", typed="board\n2\nb\nb\nstaff\ns\n")
    assert done.err.count("Which group do you belong to?") == 2
    assert "1 of 2 answered" in done.err
    assert "Staff, saved" in selfassess("sittings", "--plain").err


def test_answers_are_read_once_and_again_on_request(selfassess: Command, small: str) -> None:
    typed = "3\n"
    assert selfassess("take", small, "--plain", "--try", "--group", "board", typed=typed).err.count("2  Partly") == 1
    assert selfassess("take", small, "--plain", "--try", "--group", "board", typed="3\n?\n").err.count("2  Partly") == 2


def test_whoever_writes_a_barrier_is_asked_whether_it_is_still_so(selfassess: Command, tmp_path: Path) -> None:
    hard = '  [[strands.questions]]\n  id = "hard"\n  text = "What is hard?"\n  collects = "barriers"\n'
    (tmp_path / "hard.toml").write_text(SMALL + hard, encoding="utf-8")
    typed = "1\n3\n1\n\nThe stairs.\n\nmaybe\nin the past\nresults\n"
    done = selfassess("take", str(tmp_path / "hard.toml"), "--plain", typed=typed)
    assert "Is this still the case, or is it in the past?\n  1  Still the case\n  2  In the past\n" in done.err
    assert "Please type the number or letter next to your answer" in done.err
    assert "Your answer: In the past" in done.err
    assert "The stairs.\n    (In the past.)" in done.out
