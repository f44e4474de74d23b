"""Files of every version that was ever released open, and an older one is brought up to date."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from selfassess.errors import ProjectError
from selfassess.model.sheet import Draft, Missing
from selfassess.storage import schema
from selfassess.storage.drafts import resume_with_code
from selfassess.storage.project import open_project

FROZEN = Path(__file__).with_name("frozen")
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
RESUME_CODE = "K7QM-3RTP-9XWD"


@pytest.fixture
def personal_1(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-1-personal.selfassess", tmp_path / "p.selfassess"))


@pytest.fixture
def shared_1(tmp_path: Path) -> Path:
    return Path(shutil.copy(FROZEN / "version-1-shared.selfassess", tmp_path / "p.selfassess"))


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


def test_a_shared_file_of_version_1_opens(shared_1: Path) -> None:
    with open_project(shared_1) as project:
        assert project.kind == "shared"
        assert resume_with_code(project, RESUME_CODE)[1] == the_draft(project.frozen_all())
        sheet = project.sheet(RECEIPT)
        assert sheet.texts == {"why": "Würde", "vision": "We never wrote it down."}
        assert sheet.date is None
        assert project.forget(RECEIPT) == "sheet"
        assert project.forget(RESUME_CODE) == "draft"


def test_the_tables_of_version_1_are_what_they_were(shared_1: Path) -> None:
    """Another table or column needs another version."""
    with closing(sqlite3.connect(shared_1)) as frozen, closing(sqlite3.connect(":memory:")) as new:
        schema.build(new)
        question = "SELECT name, sql FROM sqlite_master ORDER BY name"
        assert schema.VERSION == 1
        assert frozen.execute(question).fetchall() == new.execute(question).fetchall()


def test_there_is_a_way_from_every_older_version() -> None:
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


@pytest.fixture
def _next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def to_2(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE rounds (id TEXT PRIMARY KEY) WITHOUT ROWID")

    monkeypatch.setattr(schema, "VERSION", 2)
    monkeypatch.setitem(schema.MIGRATIONS, 1, to_2)


@pytest.mark.usefixtures("_next_version")
def test_an_older_file_is_brought_up_to_date_and_kept_as_it_was(shared_1: Path) -> None:
    with open_project(shared_1) as project:
        assert project._database.first(int, "SELECT count(*) FROM rounds") == 0
        assert project._database.first(int, "PRAGMA user_version") == 2
        assert project.sheet(RECEIPT).answers == "3++?-~.+"
    kept = shared_1.with_name("p.selfassess.version-1")
    assert kept.read_bytes() == (FROZEN / "version-1-shared.selfassess").read_bytes()
    with open_project(shared_1) as project:
        assert len(project.sheets()) == 1


@pytest.mark.usefixtures("_next_version")
def test_an_older_file_opened_for_reading_is_left_alone(shared_1: Path) -> None:
    before = shared_1.read_bytes()
    with pytest.raises(ProjectError, match="older format"):
        open_project(shared_1, read_only=True)
    assert shared_1.read_bytes() == before


@pytest.mark.usefixtures("_next_version")
def test_a_change_of_version_that_fails_changes_nothing(shared_1: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE texts")
        raise RuntimeError("half way")

    monkeypatch.setitem(schema.MIGRATIONS, 1, fail)
    with pytest.raises(RuntimeError, match="half way"):
        open_project(shared_1)
    monkeypatch.setattr(schema, "VERSION", 1)
    with open_project(shared_1) as project:
        assert project.sheet(RECEIPT).texts["why"] == "Würde"


def the_draft(frozen: dict[str, bytes]) -> Draft:
    return Draft(
        questionnaire=next(iter(frozen)),
        group="board",
        form="full",
        place="years",
        responses={"vision_say": 4.0, "years": 3, "services": (1.0, 3.0), "why": "Würde", "trust": Missing.DONT_KNOW},
        comments={"vision": "We never wrote it down."},
    )
