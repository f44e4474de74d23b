"""What cannot be done is told to the one who sits there: who answers, or the facilitator."""

import inspect
from pathlib import Path

import pytest

from selfassess.errors import UsageError
from selfassess.model.round import Rules
from selfassess.project import acceptance
from tests.cli.conftest import Command
from tests.cli.rounds import add_round, shared
from tests.cli.rounds_made import answered, made

INVITED = "the person who invited you"


@pytest.fixture
def folder(selfassess: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a project that need not be named."""
    monkeypatch.delenv("SELFASSESS_PROJECT")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_round_that_is_not_open_sends_only_those_who_answer_to_somebody_else(
    selfassess: Command, folder: Path, small: str
) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    made(lambda *words, **more: selfassess("--project", "ours.selfassess", *words, **more), small)
    done = selfassess("take", "--round", "autumn", "--plain")
    assert f"is not open yet.\nAsk {INVITED} to open it, then try again." in done.err
    for said in (("round", "close", "autumn", "--yes"), ("round", "reopen", "autumn")):
        done = selfassess(*said)
        assert (done.code, INVITED in done.err) == (2, False)
        assert done.err.endswith("is not open yet.\nOpen it first (round open autumn), then try again.\n")


def test_a_sheet_that_is_refused_is_told_to_the_facilitator(selfassess: Command, folder: Path, small: str) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    made(lambda *words, **more: selfassess("--project", "ours.selfassess", *words, **more), small, "--codes")
    selfassess("round", "open", "autumn")
    selfassess("round", "invite", "autumn", "--group", "board", "--number", "2")
    first, second = (folder / "autumn-invitations" / f"board-{number:02}.invitation" for number in (1, 2))
    answered(first, folder / "back" / "a.sheet", {"begin": 3})
    assert selfassess("collect", "back").code == 0
    answered(first, folder / "back" / "b.sheet", {"begin": 1})
    done = selfassess("collect", "back")
    assert done.code == 4
    assert "The admission code was used before" in done.out
    assert "If they have none, give them a new code." in done.out
    answered(second, folder / "late" / "c.sheet", {"begin": 1})
    selfassess("round", "close", "autumn", "--yes")
    done = selfassess("collect", "late")
    assert "is closed on this computer: the sheet came too late.\n" in done.out
    assert "You can open it again as long as no report of it was made." in done.out
    (folder / "late" / "d.sheet").write_bytes((folder / "late" / "c.sheet").read_bytes().replace(b"autumn", b"spring"))
    (folder / "late" / "e.sheet").write_text('{"selfassess": "sheet"}', encoding="utf-8")
    done = selfassess("collect", "late")
    assert "Ask the person for it again, as the program wrote it." in done.out
    assert INVITED not in done.out + done.err


def test_a_closed_round_keeps_a_sheet_and_each_is_told_what_is_left(
    selfassess: Command, folder: Path, tmp_path: Path
) -> None:
    with shared(tmp_path) as project:
        add_round(project, Rules())
    done = selfassess("take", "--round", "autumn", "--plain", typed="\n1\n1\n1\n\nh\nhand in\n\n")
    receipt = done.err.split("Your receipt: ")[1].split()[0]
    selfassess("round", "enter", "autumn", "--group", "board", typed="17 11\n")
    selfassess("round", "close", "autumn", "--yes")
    done = selfassess("forget", receipt, "--yes")
    assert (done.code, f"with every sheet in it. Ask {INVITED}.\n" in done.err) == (2, True)


def test_a_file_that_came_from_elsewhere_is_asked_for_where_it_came_from(
    selfassess: Command, folder: Path, small: str
) -> None:
    (folder / "x.invitation").write_text('{"selfassess": "invitation"}', encoding="utf-8")
    done = selfassess("take", "x.invitation", "--plain")
    assert (done.code, "Ask the person who sent it to send it again." in done.err) == (4, True)


def errors() -> list[UsageError]:
    """Every error about a sheet that can be made without one."""
    made = [
        one for name, one in inspect.getmembers(acceptance, inspect.isfunction) if one.__module__ == acceptance.__name__
    ]
    return [
        one()
        for one in made
        if inspect.signature(one).return_annotation is UsageError and not inspect.signature(one).parameters
    ]


def test_no_cure_sends_the_facilitator_to_the_facilitator() -> None:
    found = errors()
    assert len(found) > 5
    assert not [one for one in found if "invited you" in one.facilitator]
    assert any("invited you" in one.hint for one in found)
    assert not [one for one in found if "whoever" in f"{one.message} {one.hint} {one.facilitator}".lower()]
