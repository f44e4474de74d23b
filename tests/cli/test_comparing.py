"""`selfassess compare`: rounds of a shared project, one's own sittings, and two receipts of one's own."""

import csv
import io
import json
from pathlib import Path

import pytest

from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.tui.deferred_start import DeferredStart
from selfassess.tui.launch import LaunchOptions
from tests.cli.conftest import Command, Done
from tests.cli.rounds import EDITION
from tests.services.made_progress import REWORDED, made_project, note_order, reworded

pytestmark = pytest.mark.slow


@pytest.fixture
def shared(tmp_path: Path, leadership: Edition) -> Path:
    newer = reworded(leadership, *REWORDED)
    return made_project(tmp_path / "ours.selfassess", {"autumn": leadership, "spring": newer})


def test_two_rounds_are_compared_in_every_format(selfassess: Command, shared: Path, tmp_path: Path) -> None:
    def compare(*more: str) -> str:
        done = selfassess("--project", str(shared), "compare", "autumn", "spring", *more)
        assert done.code == 0, done.err
        return done.out

    assert "What moved from “Autumn” to “Spring”" in compare()
    assert compare("--format", "text") == compare()
    assert json.loads(compare("--format", "json"))["compared"] == ["autumn", "spring"]
    assert next(csv.DictReader(io.StringIO(compare("--format", "csv"))))["says"] == "moved up"
    assert compare("--format", "markdown").startswith("# How well do we work")
    target = tmp_path / "change.md"
    assert compare("--format", "markdown", "--output", str(target)) == ""
    assert target.read_text(encoding="utf-8") == compare("--format", "markdown")


def test_it_can_be_narrowed(selfassess: Command, shared: Path) -> None:
    done = selfassess("--project", str(shared), "compare", "autumn", "spring", "--strand", "leadership")
    assert "only: Leadership and vision" in " ".join(done.out.split())
    done = selfassess("--project", str(shared), "compare", "autumn", "spring", "--group", "staff")
    assert "only the view of: Staff" in done.out
    done = selfassess("--project", str(shared), "compare", "autumn", "spring", "--group", "staf")
    assert (done.code, done.out) == (2, "")
    assert "staff" in done.err


def test_what_it_cannot_be_narrowed_to_is_refused_before_anything_is_noted_down(
    selfassess: Command, shared: Path
) -> None:
    for narrow in (("--group", "staf"), ("--group", "all"), ("--strand", "leader")):
        assert selfassess("--project", str(shared), "compare", "autumn", "spring", *narrow).code == 2
    with open_project(shared, read_only=True) as project:
        assert not Rounds(project).released("autumn")
        assert not Rounds(project).released("spring")


def test_on_a_terminal_it_can_be_looked_at_on_screen(
    selfassess: Command, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def run(options: LaunchOptions, say: object, begin: DeferredStart[ComparisonReport]) -> int:
        assert options.project is not None
        assert not Rounds(options.project).released("spring")
        seen.append((begin.work(), Rounds(options.project).released("spring")))
        return 0

    monkeypatch.setattr("selfassess.cli.compare.wants_plain", lambda asked: asked)
    monkeypatch.setattr("selfassess.tui.app.run", run)
    compare = ("compare", "autumn", "spring", "--screen")
    assert selfassess("--project", str(shared), *compare, "--group", "staff").code == 0
    ((report, released),) = seen
    assert isinstance(report, ComparisonReport)
    assert report.group == "staff"
    assert any(cell.startswith("matched:") for cell, _, _ in released)
    assert "needs a terminal" not in selfassess("--project", str(shared), *compare).err
    done = selfassess("--plain", "--project", str(shared), *compare)
    assert "Screens need a terminal to draw on." in done.err


def test_without_a_terminal_the_page_is_printed_and_said_so(selfassess: Command, shared: Path, tmp_path: Path) -> None:
    done = selfassess("--project", str(shared), "compare", "autumn", "spring", "--screen")
    assert done.code == 0
    assert "Screens need a terminal to draw on." in done.err
    assert done.out == selfassess("--project", str(shared), "compare", "autumn", "spring").out
    done = selfassess("--project", str(shared), "compare", "autumn", "spring", "--screen", "--format", "json")
    assert (done.code, done.out) == (2, "")
    selfassess("project", "new", str(tmp_path / "mine.selfassess"))
    done = selfassess("compare", "--screen")
    assert (done.code, done.out) == (2, "")
    assert "in a shared project" in done.err


def test_what_is_shown_is_noted_down_first_and_can_then_be_read_again(selfassess: Command, shared: Path) -> None:
    first = selfassess("--project", str(shared), "compare", "autumn", "spring")
    with open_project(shared, read_only=True) as project:
        assert any(cell.startswith("matched:") for cell, _, _ in Rounds(project).released("spring"))
    shared.chmod(0o400)
    assert selfassess("--project", str(shared), "compare", "autumn", "spring") == first


def test_a_report_of_a_round_is_the_same_after_it_was_compared(selfassess: Command, shared: Path) -> None:
    before = selfassess("--project", str(shared), "report", "autumn", "--format", "json").out
    selfassess("--project", str(shared), "compare", "autumn", "spring")
    assert selfassess("--project", str(shared), "report", "autumn", "--format", "json").out == before


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "Say which rounds to compare, the earlier first."),
        (("autumn",), "two rounds are needed, and one is named"),
        (("autumn", "autumn"), "is there twice"),
        (("autumn", "autum"), "autumn"),
        (("autumn", "spring", "--all"), "--all is for your own sittings"),
        (("--receipt", "ABCD"), "Nothing was typed."),
        (("autumn", "--receipt", "ABCD", "--receipt", "EFGH"), "Leave out the names of rounds"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words(
    selfassess: Command, shared: Path, names: tuple[str, ...], told: str
) -> None:
    done = selfassess("--project", str(shared), "compare", *names)
    assert (done.code, done.out) == (2, "")
    assert told in " ".join(done.err.split())


def test_one_closed_round_is_too_few(selfassess: Command, tmp_path: Path, leadership: Edition) -> None:
    path = made_project(tmp_path / "one.selfassess", {"autumn": leadership})
    done = selfassess("--project", str(path), "compare")
    assert done.code == 2
    assert "There is only one closed round: autumn." in done.err


def test_codes_that_collide_match_nobody_and_are_counted(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "ours.selfassess"
    with create(path, "shared") as project:
        rounds = Rounds(project)
        for number in (1, 2):
            round = Round(
                id=f"r{number}", key=f"{number}" * 32, title=f"Round {number}", questionnaire=EDITION.sha256,
                invited={"board": 12}, rules=Rules(matching=True),
            )  # fmt: skip  # in few lines
            rounds.add(round, EDITION)
            rounds.open(round.id)
            for person in range(10):
                ticket = Ticket(round=round.key, matching="the same" if person < 6 else f"{number} {person}")
                sheet = Sheet(questionnaire=EDITION.sha256, group="board", form="full", answers="01+", ticket=ticket)
                parcel = pack(sheet, codes.new_code(codes.RECEIPT_LENGTH))
                rounds.sheets.hand_in(parcel, questionnaire=EDITION.questionnaire)
            rounds.close(round.id)
    done = selfassess("--project", str(path), "compare", "r1", "r2")
    assert done.code == 0, done.err
    told = " ".join(done.out.split())
    assert "In “Round 1” 6 sheets have a code that another sheet has too." in told
    assert "Nobody was found again" in told


@pytest.fixture
def followed(shared: Path) -> Path:
    """The same project, where the later round follows the earlier, after which something was planned."""
    with open_project(shared) as project:
        note_order(project)
        Plans(project).add(Planned(text="Say it in one sentence.", node="vision", round="autumn", action="one"))
    return shared


def noted(path: Path) -> list[int]:
    """How much was shown of each of the two rounds, by the release logs."""
    with open_project(path, read_only=True) as project:
        return [len(Rounds(project).released(id)) for id in ("autumn", "spring")]


def test_what_is_refused_shows_and_notes_down_nothing(tmp_path: Path, selfassess: Command, shared: Path) -> None:
    there = tmp_path / "change.json"
    there.write_text("mine", encoding="utf-8")
    arguments = ("--project", str(shared), "compare", "autumn", "spring", "--output", str(there))
    done = selfassess(*arguments)
    assert (done.code, noted(shared), there.read_text(encoding="utf-8")) == (2, [0, 0], "mine")
    assert "Add --replace" in done.err
    assert selfassess(*arguments, "--replace").code == 0
    assert all(noted(shared))
    compared = json.loads(there.read_text(encoding="utf-8"))["compared"]
    assert compared == ["autumn", "spring"], "the ending says which format"


@pytest.mark.parametrize("how", [("--explain", "vision"), ("--format", "csv")])
def test_where_the_plan_is_not_shown_no_comparison_is_noted_down(
    selfassess: Command, followed: Path, how: tuple[str, ...]
) -> None:
    assert selfassess("--project", str(followed), "report", "spring", *how).code == 0
    assert noted(followed)[0] == 0
    assert selfassess("--project", str(followed), "report", "spring").code == 0
    assert noted(followed)[0] > 0


def test_rounds_that_are_named_the_wrong_way_round_are_said_to_read_backwards(
    selfassess: Command, followed: Path
) -> None:
    def compare(*names: str) -> Done:
        return selfassess("--project", str(followed), "compare", *names, "--format", "csv")

    done = compare("spring", "autumn")
    assert (done.code, "so this is the wrong way round" in done.err) == (0, True)
    assert "backwards" not in compare("autumn", "spring").err


# One's own


def own_project(path: Path, *answers: str) -> None:
    with create(path, "personal") as project:
        project.freeze(EDITION)
        for given in answers:
            sheet = Sheet(questionnaire=EDITION.sha256, group="board", form="full", answers=given)
            project.hand_in(sheet, codes.new_code(codes.RECEIPT_LENGTH))


def test_ones_own_last_two_sittings_are_compared(selfassess: Command, tmp_path: Path) -> None:
    own_project(tmp_path / "mine.selfassess", "22+", "11+", "20+")
    done = selfassess("compare")
    assert done.code == 0, done.err
    assert "one person's own view then and now" in " ".join(done.out.split())
    assert "50 to 100 (+50)" in done.out
    assert "In brackets" not in done.out
    assert "Over time" not in done.out
    every = selfassess("compare", "--all")
    assert "50 to 100" in every.out
    assert "Over time" in every.out
    document = json.loads(selfassess("compare", "--format", "json").out)
    assert [(one["before"], one["after"]) for one in document["nodes"]] == [(50, 100)] * 3
    assert selfassess("compare", "--format", "csv").out.startswith("level,id,title,before,after,made_up\n")
    assert selfassess("compare", "--format", "markdown").out.startswith("# Small")


def test_one_sitting_is_too_little(selfassess: Command, tmp_path: Path) -> None:
    assert selfassess("compare").code == 6
    own_project(tmp_path / "mine.selfassess", "11+")
    done = selfassess("compare")
    assert (done.code, done.out) == (5, "")
    assert "was answered once" in done.err
    assert selfassess("compare", "one", "two").code == 2
    assert selfassess("compare", "--group", "board").code == 2
    assert selfassess("compare", "--receipt", "A", "--receipt", "B").code == 2


def test_with_both_receipts_a_person_sees_their_own_change(selfassess: Command, tmp_path: Path) -> None:
    path, receipts = tmp_path / "ours.selfassess", []
    with create(path, "shared") as project:
        rounds = Rounds(project)
        for number, given in ((1, "11+"), (2, "20+")):
            round = Round(
                id=f"r{number}", key=f"{number}" * 32, title=f"Round {number}", questionnaire=EDITION.sha256,
                invited={"board": 12},
            )  # fmt: skip  # in few lines
            rounds.add(round, EDITION)
            rounds.open(round.id)
            sheet = Sheet(
                questionnaire=EDITION.sha256, group="board", form="full", answers=given, ticket=Ticket(round=round.key)
            )
            receipts.append(codes.new_code(codes.RECEIPT_LENGTH))
            rounds.sheets.hand_in(pack(sheet, receipts[-1]), questionnaire=EDITION.questionnaire)
    options = [word for receipt in receipts for word in ("--receipt", receipt)]
    done = selfassess("--project", str(path), "compare", *options)
    assert done.code == 0, done.err
    assert "What moved from “Round 1” to “Round 2”" in done.out
    assert "50 to 100 (+50)" in done.out
    assert "In brackets" not in done.out
    with open_project(path, read_only=True) as project:
        assert not Rounds(project).released("r1"), "it is theirs alone, and nothing was released"
    done = selfassess("--project", str(path), "compare", "--receipt", receipts[0], "--receipt", receipts[0])
    assert (done.code, done.out) == (2, "")
