"""Files of every version that was ever released open, and an older one is brought up to date."""

import datetime
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import ProjectError, UsageError
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Group, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.round import Agreed, OwnFinding, Rules
from selfassess.model.sheet import Draft, Missing, Ticket
from selfassess.project import codes, schema
from selfassess.project.drafts import resume_with_code
from selfassess.project.plans import Plans
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds

FROZEN = Path(__file__).with_name("frozen")
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
RESUME_CODE = "K7QM-3RTP-9XWD"
ROUND_RECEIPT = "3RTP-K7QM-9XWD-2HCF-8JNE"
ADMISSION = "9XWD-K7QM-3RTP"


@pytest.fixture
def personal_1(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-1-personal.selfassess", tmp_path / "p.selfassess"))


@pytest.fixture
def shared_1(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-1-shared.selfassess", tmp_path / "p.selfassess"))


@pytest.fixture(params=[2, 3, 4])
def personal(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Of every version that has a plan."""
    return Path(shutil.copy(FROZEN / f"version-{request.param}-personal.selfassess", tmp_path / "p.selfassess"))


@pytest.fixture(params=[2, 3, 4])
def shared(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Of every version that has rounds."""
    return Path(shutil.copy(FROZEN / f"version-{request.param}-shared.selfassess", tmp_path / "p.selfassess"))


@pytest.fixture
def shared_2(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-2-shared.selfassess", tmp_path / "p2.selfassess"))


@pytest.fixture
def shared_4(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-4-shared.selfassess", tmp_path / "p4.selfassess"))


def test_a_personal_file_of_version_1_opens(personal_1: Path) -> None:
    with open_project(personal_1) as project:
        assert project.kind == "personal"
        (saved,) = project.drafts()
        assert saved.draft == the_draft(project.frozen_all())
        sheet = project.last_sheet()
        assert (sheet.group, sheet.form, sheet.answers) == ("board", "full", "3++?-~.+")
        assert sheet.beside == {"years": 3, "services": (1.0, 3.0)}
        assert sheet.texts == {"why": "Würde", "vision": "We never wrote it down."}
        assert sheet.date is not None


@pytest.mark.usefixtures("slow_codes")
def test_a_shared_file_of_version_1_opens(shared_1: Path) -> None:
    with open_project(shared_1) as project:
        assert project.kind == "shared"
        assert resume_with_code(project, RESUME_CODE)[1] == the_draft(project.frozen_all())
        sheet = project.sheet(RECEIPT)
        assert sheet.texts == {"why": "Würde", "vision": "We never wrote it down."}
        assert sheet.date is None
        assert project.forget(RECEIPT) == "sheet"
        assert project.forget(RESUME_CODE) == "draft"


def test_a_personal_file_of_each_later_version_opens(personal: Path) -> None:
    with open_project(personal) as project:
        assert project.drafts()[0].draft == the_draft(project.frozen_all())
        assert project.last_sheet().texts == {"why": "Würde", "vision": "We never wrote it down."}
        assert not project.is_made_up
        assert Plans(project).all() == THE_PLAN


def test_what_was_sent_off_is_told_from_what_was_not() -> None:
    with open_project(FROZEN / "version-4-personal.selfassess", read_only=True) as project:
        assert project.sent == {codes.sheet_key(ROUND_RECEIPT)}
        assert len(project.sheets()) == 2


@pytest.mark.usefixtures("slow_codes")
def test_a_shared_file_of_each_later_version_opens(shared: Path) -> None:
    with open_project(shared) as project:
        rounds = Rounds(project)
        assert project.is_made_up
        assert [round.id for round in rounds.all()] == ["autumn", "spring"]
        assert resume_with_code(project, RESUME_CODE)[1] == the_draft([project.sheet(RECEIPT).questionnaire])
        assert project.sheet(RECEIPT).answers == "3++?-~.+"
        round, sheet = rounds.sheets.of_receipt(ROUND_RECEIPT)
        assert round == rounds.get("Autumn 2026")
        assert round.rules == Rules(small_groups="consent", asks_consent=("board",), codes=True, matching=True)
        assert (sheet.answers, sheet.texts) == ("2+", {"why": "Würde", "vision_say": "We never wrote it down."})
        assert sheet.ticket == Ticket(round=round.key, agrees=False, matching=rounds.admission.matching_key("Rex 7"))
        assert rounds.sheets.find_draft(ADMISSION).draft.ticket == rounds.admission.admit("autumn", ADMISSION)
        assert rounds.papers.numbers("autumn") == ("7",)
        assert rounds.get("spring").standing == {"board": "left_out"}
        assert rounds.released("spring") == {("all", "vision", "score")}
        assert rounds.get("spring").targets == {"vision": {"": 1.5, "board": 2}}
        assert Plans(project).all() == THE_PLAN
        assert rounds.agreed("spring") == (Agreed(node="vision", score=55.5, why="We talked."),)


def test_what_was_found_is_kept_in_a_file_of_this_version_and_can_be_in_an_older_one(
    shared_4: Path, tmp_path: Path
) -> None:
    found = OwnFinding(node="vision", group="board", text="We never wrote it down. Würde 🙂 שלום")
    with open_project(shared_4) as project:
        assert Rounds(project).findings("spring") == (found,)
    older = Path(shutil.copy(FROZEN / "version-3-shared.selfassess", tmp_path / "older.selfassess"))
    with open_project(older) as project:
        assert Rounds(project).findings("spring") == ()
        Rounds(project).write_finding("spring", found)
    with open_project(older) as project:
        assert Rounds(project).findings("spring") == (found,)


@pytest.mark.parametrize("kind", ["personal", "shared"])
def test_a_file_of_this_version_is_opened_and_closed_as_it_is(tmp_path: Path, kind: str) -> None:
    path = Path(shutil.copy(FROZEN / f"version-{schema.VERSION}-{kind}.selfassess", tmp_path / "p.selfassess"))
    before = path.read_bytes()
    with open_project(path) as project:
        assert len(Plans(project).all()) == 2
    assert path.read_bytes() == before


def test_the_tables_of_version_4_are_what_they_were(shared_4: Path) -> None:
    """Another table or column needs another version."""
    assert schema.VERSION == 4
    with closing(sqlite3.connect(":memory:")) as new:
        schema.create_tables(new)
        assert new.execute(TABLES).fetchall() == tables_of(shared_4)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_brought_up_to_date_has_the_tables_of_a_new_one(tmp_path: Path, shared_4: Path, version: int) -> None:
    older = Path(shutil.copy(FROZEN / f"version-{version}-shared.selfassess", tmp_path / "p.selfassess"))
    open_project(older).close()
    assert tables_of(older) == tables_of(shared_4)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_sheet_of_an_older_version_is_answered_again_once_without_proof_and_then_with_it(shared_2: Path) -> None:
    with open_project(shared_2) as project:
        rounds = Rounds(project)
        _, sheet = rounds.sheets.of_receipt(ROUND_RECEIPT)
        proofs = []
        for answers in ("1+", "0+"):
            assert (
                rounds.sheets.hand_in(
                    rounds.sheets.replacement(replace(sheet, answers=answers), ROUND_RECEIPT), None, ASKED
                )
                == "replaced"
            )
            proofs += [proof for (proof,) in project.database.rows("SELECT proof FROM sheets") if proof]
        assert proofs == [codes.proof(ROUND_RECEIPT, revision) for revision in (1, 2)]
        forged = replace(rounds.sheets.replacement(replace(sheet, answers="2+"), ROUND_RECEIPT), proof=proofs[-1])
        with pytest.raises(UsageError, match="not written with the receipt"):
            rounds.sheets.hand_in(forged, None, ASKED)


def test_there_is_a_way_from_every_older_version() -> None:
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


def test_an_older_file_is_brought_up_to_date_and_kept_as_it_was(shared_1: Path) -> None:
    with open_project(shared_1) as project:
        assert Rounds(project).all() == ()
        assert Plans(project).all() == ()
        assert project.database.first(int, "PRAGMA user_version") == 4
        assert project.sheet(RECEIPT).answers == "3++?-~.+"
    kept = shared_1.with_name("p.selfassess.version-1")
    assert kept.read_bytes() == (FROZEN / "version-1-shared.selfassess").read_bytes()
    with open_project(shared_1) as project:
        assert len(project.sheets()) == 1


def test_an_older_file_opened_for_reading_is_left_alone(shared_1: Path) -> None:
    before = shared_1.read_bytes()
    with pytest.raises(ProjectError, match="older format"):
        open_project(shared_1, read_only=True)
    assert shared_1.read_bytes() == before


def test_a_change_of_version_that_fails_changes_nothing(shared_1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE texts")
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setitem(schema.MIGRATIONS, 1, fail)
        with pytest.raises(RuntimeError, match="half way"):
            open_project(shared_1)
    with open_project(shared_1) as project:
        assert project.sheet(RECEIPT).texts["why"] == "Würde"


THE_PLAN = (
    Planned(
        id="a1", place=1, text="Write it down.", owner="the chair", due=datetime.date(2026, 5, 31), status="under way",
        effort="low", effect="high",
    ),
    Planned(
        id="a3", place=2, text="Draw lots.", node="vision", groups=("board",), status="dropped", why="Nobody wants to.",
        skills=("consensus",), round="spring", action="lots",
    ),
)  # fmt: skip  # in few lines
ASKED = Questionnaire(
    format=1, id="asked", version="1", title="Asked", groups=(Group(id="board", title="Board"),),
    scales={"agree": Scale(points=tuple(Point(value=value, label=str(value)) for value in (0, 1, 2)))},
    strands=(
        Strand(
            id="vision", title="Vision", items=(Item(id="vision_say", text="I can say it.", scale="agree"),),
            questions=(Item(id="why", text="Why?", kind="text"),),
        ),
    ),
)  # fmt: skip  # in few lines
"""The questionnaire of the rounds in the frozen files."""
TABLES = "SELECT name, sql FROM sqlite_master ORDER BY name"


def tables_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(TABLES).fetchall()


def the_draft(frozen: Iterable[str]) -> Draft:
    return Draft(
        questionnaire=next(iter(frozen)),
        group="board",
        form="full",
        place="years",
        responses={"vision_say": 4.0, "years": 3, "services": (1.0, 3.0), "why": "Würde", "trust": Missing.DONT_KNOW},
        comments={"vision": "We never wrote it down."},
    )
