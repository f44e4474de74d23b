"""Taking part in a round line by line, on the computer that the round is on."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.round import Rules, Thresholds, asked_for_consent
from selfassess.model.sheet import Ticket, responses
from selfassess.project.parcel import pack
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.sitting import state
from tests.cli.conftest import Command, Done
from tests.cli.rounds import CONSENT, EDITION, add_round, shared

ANSWERS = "1\n3\n\n\nh\nhand in\n"
"""To the two questions, no comment, nothing in one's own words; 0 and then 0: "late" is reversed."""


@pytest.fixture
def ours(tmp_path: Path) -> str:
    with shared(tmp_path) as project:
        add_round(project)
    return str(tmp_path / "ours.selfassess")


def issue(path: str, group: str = "staff", id: str = "autumn") -> str:
    with open_project(Path(path)) as project:
        return Rounds(project).admission.issue(id, group, 1)[0]


def with_codes(path: str, **more: bool) -> None:
    with open_project(Path(path)) as project:
        rounds = Rounds(project)
        rounds.change(replace(rounds.get("autumn"), rules=replace(CONSENT, codes=True, **more)))


def receipt_of(done: Done) -> str:
    found = re.search(r"Your receipt: ([0-9A-Z-]{24})", done.err)
    assert found, done.err
    return found[1]


def counts(path: str) -> tuple[int, int, int]:
    """Sheets, drafts and refusals of the staff."""
    with open_project(Path(path)) as project:
        found = Rounds(project).counts("autumn")
    return found.handed_in["staff"], found.drafts["staff"], found.refusals["staff"]


def test_a_whole_way_through_a_round(selfassess: Command, ours: str) -> None:
    done = selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\nmaybe\nno\n{ANSWERS}r\n")
    assert done.code == 0, done.err
    assert "Autumn 2026" in done.err
    assert "not anonymous" in done.err
    assert "Your group, Staff, has 4 people" in done.err
    assert "Please type yes or no" in done.err
    assert "That's fine. Your group is not shown. You can still answer." in done.err
    assert "You said: no" in done.err
    assert "Overall: 0, Act now" in done.out
    assert counts(ours) == (1, 0, 1)


def test_ones_result_is_shown_only_if_asked_for_and_the_next_one_starts_at_the_welcome(
    selfassess: Command, ours: str
) -> None:
    one = f"\nstaff\nyes\n{ANSWERS}"
    done = selfassess("--project", ours, "take", "--round", "Autumn 2026", "--plain", typed=f"{one}n\n{one}\n")
    assert done.code == 0
    assert done.out == ""
    assert done.err.count("Who can read what") == 2
    assert counts(ours) == (2, 0, 0)


def test_what_was_said_of_ones_small_group_is_changed_in_the_review(selfassess: Command, ours: str) -> None:
    done = selfassess("--project", ours, "take", "--plain", typed="\n2\nyes\n1\n3\n\n\nno\nh\nhand in\n")
    assert "You said: yes" in done.err
    assert "You said: no" in done.err
    assert counts(ours) == (1, 0, 1)


def test_a_large_group_is_not_asked(selfassess: Command, ours: str) -> None:
    done = selfassess("--project", ours, "take", "--plain", typed=f"\nboard\n{ANSWERS}")
    assert "Type yes or no" not in done.err
    assert done.code == 0


def test_a_resume_code_leads_back_and_is_asked_for(selfassess: Command, ours: str) -> None:
    first = selfassess("--project", ours, "take", "--plain", typed="\nstaff\nyes\n2\ns\n")
    code = first.err.split("Your code, to come back later: ")[1].split(". ")[0]
    assert "with --code: it asks for your resume code" in first.err
    for again in (("take", "--code", code), ("take", "--round", "autumn", "--code", code.lower())):
        done = selfassess("--project", ours, *again, "--plain", typed="s\n")
        assert "Welcome back. 1 of 2 answered." in done.err
    done = selfassess("--project", ours, "take", "--plain", typed=f"AAAA-AAAA-AAAA\n{code}\ns\n")
    assert "No sitting of this round opens with the code" in done.err
    assert "Welcome back" in done.err


def test_an_admission_code_lets_in_leads_back_and_is_used_up(selfassess: Command, ours: str) -> None:
    with_codes(ours)
    code = issue(ours)
    done = selfassess("--project", ours, "take", "--plain", typed=f"\nxyz\nAAAA-AAAA-AAAA\n{code.lower()}\nyes\n1\ns\n")
    assert "Type the code. To leave: Ctrl+C." in done.err
    assert "“xyz” is not a code" in done.err
    assert "No code of this round is AAAA-AAAA-AAAA" in done.err
    assert "Which group" not in done.err
    assert "with --code: it asks for your admission code" in done.err
    done = selfassess("--project", ours, "take", "--plain", typed=f"{code}\n3\n\n\nh\nhand in\n")
    assert "Welcome back. 1 of 2 answered." in done.err
    assert counts(ours) == (1, 0, 0)
    done = selfassess("--project", ours, "take", "--round", "autumn", "--plain", typed=f"{code}\n")
    assert "This code was used.\nIf it was you: with your receipt" in done.err
    done = selfassess("--project", ours, "take", "--round", "autumn", "--code", code, "--plain")
    assert (done.code, "This code was used" in done.err) == (2, True)


def test_a_code_for_another_group_than_the_one_named_is_told(selfassess: Command, ours: str) -> None:
    with_codes(ours)
    done = selfassess("--project", ours, "take", "--group", "board", "--code", issue(ours), "--plain")
    assert (done.code, "issued for the group Staff" in done.err) == (2, True)
    done = selfassess("--project", ours, "take", "--group", "bord", "--plain")
    assert (done.code, "There is no group “bord”." in done.err) == (2, True)


def test_a_receipt_looks_answers_again_and_takes_back(selfassess: Command, ours: str) -> None:
    first = selfassess("--project", ours, "take", "--plain", typed="\nstaff\nno\n1\n3\n\nTea\n\nh\nhand in\n")
    receipt = receipt_of(first)
    done = selfassess("--project", ours, "take", "--plain", typed=f"{receipt}\nr\n\n")
    assert "Tea" in done.out
    done = selfassess("--project", ours, "take", "--plain", typed=f"{receipt}\na\n3\n1\nCake\n\nyes\nh\nhand in\nr\n")
    assert "These are your earlier answers: 2 of 2 answered" in done.err
    assert "You answered: Tea" in done.err
    assert "Overall: 100" in done.out
    assert receipt_of(done) == receipt
    assert "Your receipt stays the same." in done.err
    assert "take --round autumn --again\n" in done.err
    assert done.err.count(receipt) == 1  # so in no command
    assert counts(ours) == (1, 0, 0)
    with open_project(Path(ours)) as project:
        found = Rounds(project).sheets.of_receipt(receipt)
        assert found
        assert responses(found[1], EDITION.questionnaire)["well"] == "Cake"
    done = selfassess("--project", ours, "take", "--plain", typed=f"{receipt}\nt\nyes\n")
    assert "Deleted" in done.err
    assert counts(ours) == (0, 0, 0)


def test_answering_again_can_be_left_and_gone_on_with(selfassess: Command, ours: str) -> None:
    receipt = receipt_of(selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\nyes\n{ANSWERS}"))
    again = ("--project", ours, "take", "--round", "autumn", "--again", receipt, "--plain")
    selfassess(*again, typed="3\ns\n")
    assert counts(ours) == (1, 1, 0)
    done = selfassess(*again, typed="r\nh\nhand in\nr\n")
    assert "Welcome back" in done.err
    assert "Overall: 50" in done.out
    assert counts(ours) == (1, 0, 0)


def test_a_receipt_is_forgotten_like_any_other(selfassess: Command, ours: str) -> None:
    receipt = receipt_of(selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\nno\n{ANSWERS}"))
    assert selfassess("--project", ours, "forget", receipt, "--yes").code == 0
    assert counts(ours) == (0, 0, 0)


def test_a_code_of_ones_own_is_offered_and_needs_none(selfassess: Command, tmp_path: Path) -> None:
    with shared(tmp_path) as project:
        add_round(project, Rules(matching=True))
    ours = str(tmp_path / "ours.selfassess")
    selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\n--\nma 17-ro\n{ANSWERS}")
    done = selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\n\n{ANSWERS}")
    assert "Choose a code nobody could guess" in done.err
    with open_project(Path(ours)) as project:
        rows = project.database.rows("SELECT matching FROM sheets")
        assert {row[0] for row in rows} == {None, Rounds(project).admission.matching_key("MA17RO")}


def close(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closes the round as soon as somebody has begun."""
    from selfassess.services import participation

    begin = participation.begin

    def begin_and_close(*arguments: object) -> object:
        sitting = begin(*arguments)  # type: ignore[arg-type]  # whatever it is called with
        with open_project(Path(path)) as project:
            Rounds(project).close("autumn")
        return sitting

    monkeypatch.setattr(participation, "begin", begin_and_close)


def test_a_round_that_closes_meanwhile_is_told_and_ones_result_still_shown(
    selfassess: Command, ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(ours, monkeypatch)
    done = selfassess("--project", ours, "take", "--plain", typed=f"\nstaff\nyes\n{ANSWERS}")
    assert done.code == 2
    assert "! NOT SAVED. The round “Autumn 2026” was closed while you were answering" in done.err
    assert "Overall: 0, Act now" in done.out
    assert counts(ours)[:2] == (0, 0)
    done = selfassess("--project", ours, "take", "--round", "autumn", "--plain")
    assert (done.code, "is closed: it is too late to answer" in done.err) == (2, True)


def test_two_people_with_one_code_at_the_same_moment(
    selfassess: Command, ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_codes(ours)
    code = issue(ours)
    from selfassess.services.entrances import Here

    selfassess("--project", ours, "take", "--code", code, "--plain", typed="yes\n2\ns\n")
    monkeypatch.setattr(Here, "find", lambda *_: None)  # as it was before the first had begun
    done = selfassess("--project", ours, "take", "--code", code, "--plain", typed="yes\n1\n")
    assert (done.code, "is open with the code" in done.err) == (2, True)
    monkeypatch.undo()
    done = selfassess("--project", ours, "take", "--code", code, "--plain", typed="s\n")
    assert "Welcome back. 1 of 2 answered" in done.err


def test_a_code_that_somebody_else_used_meanwhile_is_told_and_ones_result_still_shown(
    selfassess: Command, ours: str
) -> None:
    with_codes(ours)
    code = issue(ours)
    selfassess("--project", ours, "take", "--code", code, "--plain", typed="yes\n1\n3\n\ns\n")
    with open_project(Path(ours)) as project:
        rounds = Rounds(project)
        draft = replace(state.start(EDITION, "staff"), ticket=rounds.admission.admit("autumn", code))
        sheet = state.hand_in(EDITION.questionnaire, draft)
        rounds.sheets.hand_in(pack(sheet, "AAAA-AAAA-AAAA-AAAA-AAAA"), questionnaire=EDITION.questionnaire)
    done = selfassess("--project", ours, "take", "--code", code, "--plain", typed="/r\nh\nhand in\n")
    assert (done.code, "code was used before" in done.err) == (2, True)
    assert "Overall: 0" in done.out
    assert counts(ours) == (1, 1, 1)


def test_several_open_rounds_have_to_be_named(selfassess: Command, ours: str) -> None:
    with open_project(Path(ours)) as project:
        add_round(project, id="spring")
    done = selfassess("--project", ours, "take", "--plain")
    assert (done.code, "2 rounds are open: autumn, spring" in done.err) == (2, True)
    done = selfassess("--project", ours, "take", "--round", "sprnig", "--plain")
    assert (done.code, "Did you mean “spring”?" in done.err) == (2, True)
    done = selfassess("--project", ours, "--plain", typed="2\n\nstaff\nyes\ns\n")
    assert "1  Take part: Autumn 2026" in done.err
    assert "Spring 2026\n" in done.err


def test_a_questionnaire_that_is_named_is_taken_outside_the_round(selfassess: Command, ours: str, small: str) -> None:
    done = selfassess("--project", ours, "take", small, "--plain", typed="\nboard\n1\ns\n")
    assert "How long" in done.err
    assert "Who can read what" not in done.err
    code = done.err.split("Your code, to come back later: ")[1].split(". ")[0]
    done = selfassess("--project", ours, "take", "--code", code, "--plain", typed="s\n")
    assert "Welcome back. 1 of 2 answered." in done.err


@pytest.mark.parametrize(
    "wrong",
    [
        ("--round", "autumn", "--try"),
        ("small.toml", "--round", "autumn"),
        ("--round", "autumn", "--short"),
        ("--short",),
        ("--output", "x.sheet"),
        ("--round", "autumn", "--again", "AAAA-AAAA-AAAA-AAAA-AAAA"),
        ("--round", "autumn", "--again", "AAAA-AAAA-AAAA"),
        ("--again", "AAAA-AAAA-AAAA-AAAA-AAAA", "--code", "AAAA-AAAA-AAAA"),
    ],
)
def test_what_does_not_go_together_is_told(selfassess: Command, ours: str, wrong: tuple[str, ...]) -> None:
    done = selfassess("--project", ours, "take", *wrong, "--plain")
    assert done.code == 2
    assert done.err.count("\n") <= 2


def test_a_personal_project_has_no_rounds(selfassess: Command) -> None:
    done = selfassess("take", "--round", "autumn", "--plain")
    assert (done.code, "There is no project file" in done.err) == (6, True)
    selfassess("project", "new", os.environ["SELFASSESS_PROJECT"])
    done = selfassess("take", "--round", "autumn", "--plain")
    assert (done.code, "one person's own project, so it has no rounds" in done.err) == (2, True)


def test_nobody_is_asked_what_changes_nothing(selfassess: Command, tmp_path: Path) -> None:
    with shared(tmp_path) as project:
        rules = replace(CONSENT, thresholds=Thresholds(3, 10))
        add_round(project, replace(rules, asks_consent=asked_for_consent({"board": 12, "staff": 4}, rules)))
    done = selfassess("--project", str(tmp_path / "ours.selfassess"), "take", "--plain", typed=f"\nstaff\n{ANSWERS}")
    assert (done.code, "Type yes or no" in done.err) == (0, False)


def test_a_preview_keeps_nothing_and_takes_any_code(selfassess: Command, ours: str) -> None:
    with_codes(ours)
    done = selfassess(
        "--project", ours, "--plain", "round", "preview", "autumn", typed=f"no\nK7QM-3RTP-9XWD\nstaff\nyes\n{ANSWERS}"
    )
    assert done.code == 0, done.err
    assert "This is a preview" in done.err
    assert "“no” is not a code" in done.err
    assert "In this preview any code" in done.err
    assert "This was a preview: nothing was saved." in done.err
    assert "Overall: 0" in done.out
    assert counts(ours) == (0, 0, 0)


def test_answering_again_is_handed_in_once_though_an_error_was_told(ours: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from selfassess.errors import ProjectError
    from selfassess.services import participation
    from selfassess.services.entrances import Here
    from selfassess.sitting.round_entry import Entrant

    with open_project(Path(ours)) as project:
        rounds = Rounds(project)
        entrance = Here(rounds, rounds.get("autumn"), EDITION)
        ticket = Ticket(round=entrance.round.key, agrees=True)
        _, receipt = participation.begin(entrance, Entrant(ticket=ticket, group="staff")).hand_in()
        come = participation.answer_again(entrance, receipt)
        assert isinstance(come, Entrant)
        sitting = participation.begin(entrance, come)
        sitting.choose(1)

        def told() -> None:
            raise ProjectError("The disk is gone.")

        with monkeypatch.context() as gone:
            gone.setattr(project, "tidy", told)
            with pytest.raises(ProjectError):
                sitting.hand_in()
        assert sitting.hand_in()[1] == receipt
        assert rounds.sheets.revision(receipt) == 1
    assert counts(ours) == (1, 0, 0)


@pytest.mark.parametrize("asked", [["--code"], []], ids=["by option", "when asked"])
def test_the_code_of_a_round_leads_there_from_a_questionnaire_as_well(
    selfassess: Command, ours: str, asked: list[str]
) -> None:
    begun = selfassess("--project", ours, "take", "--plain", typed="\nstaff\nyes\n1\ns\n")
    (code,) = re.findall(r"Your code, to come back later: (\S+)\.", begun.err)
    done = selfassess("--project", ours, "take", "partnership", "--plain", *asked, typed=f"{code}\nr\nno\ns\n")
    assert done.code == 0, done.err
    assert "Autumn 2026\nWelcome back. 1 of 2 answered." in done.err
    assert "You said: yes. To change this, type yes or no." in done.err
    assert "You said: no. To change this, type yes or no." in done.err
