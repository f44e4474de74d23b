"""What a wrong or failing project file gets: a sentence, a cure, and nothing lost."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.project import codes
from selfassess.project.drafts import begin
from selfassess.project.project import Project, create, open_or_create, open_project
from selfassess.project.schema import APPLICATION_ID

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[[Callable[[], object]], None]


def said_of(path: Path, **how: bool | float) -> str:
    """What opening the file says. It is a sentence with a cure, and the file is as it was."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ProjectError) as raised:
        open_project(path, **how)
    error = raised.value
    assert error.exit_code == 6
    assert error.message.endswith(".")
    assert error.hint.endswith(".")
    assert path.name.split("\0")[0] in error.message
    assert (path.read_bytes() if path.is_file() else b"") == before
    return error.message


def read_everything(path: Path) -> None:
    with open_project(path) as project:
        project.drafts()
        project.frozen_all()
        project.sheets()
        project.backup(path.with_name("backup"))


def begin_without_end(project: Project, edition: Edition, draft: Draft) -> None:
    while True:
        project.backup(project.path.with_name("copy"), overwrite=True)
        begin(project, edition, draft)


@pytest.fixture
def whole(personal: Project, edition: Edition, draft: Draft, sheet: Sheet) -> Path:
    """A closed project with something in each of its tables."""
    begin(personal, edition, replace(draft, comments={"vision": "x" * 9_000}))
    personal.hand_in(sheet, codes.new_code(20))
    personal.close()
    return personal.path


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no project file" in said_of(tmp_path / "none")
    assert "There is no folder" in said_of(tmp_path / "no" / "such" / "folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nul\0", "x" * 300])
def test_a_file_that_cannot_be(tmp_path: Path, name: str) -> None:
    for work in (open_project, lambda path: open_or_create(path / "below")):
        with pytest.raises(ProjectError, match=r"There is no|cannot be used") as raised:
            work(tmp_path / name)
        assert raised.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said_of(tmp_path / "file" / "p")
    with pytest.raises(ProjectError):
        create(tmp_path / "file" / "p", "personal")


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in said_of(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "p").touch()
    assert "is empty" in said_of(tmp_path / "p")


def test_a_file_of_something_else(tmp_path: Path) -> None:
    for content in (b"format = 1\n", b"x", b"\0" * 4096, os.urandom(9000)):
        (tmp_path / "p").write_bytes(content)
        assert "is not a project file" in said_of(tmp_path / "p")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "p")) as connection:
        connection.execute("CREATE TABLE project (key, value)")
    assert "is not a project file" in said_of(tmp_path / "p")


def test_a_database_that_claims_to_be_ours(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "p")) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    assert "damaged" in said_of(tmp_path / "p")


def test_a_project_of_neither_kind(whole: Path) -> None:
    with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
        connection.execute("UPDATE project SET value = 'secret' WHERE key = 'kind'")
    assert "damaged" in said_of(whole)


def test_a_newer_file(whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert "newer version" in said_of(whole)
    assert "newer version" in said_of(whole, read_only=True)


def test_a_truncated_file(whole: Path) -> None:
    content = whole.read_bytes()
    some = [1, 15, 16, 50, 99, 100, 511, 512, 2_000, 4_095, 4_096, 5_000, len(content) - 4_096, len(content) - 1]
    for length in some:
        whole.write_bytes(content[:length])
        assert "damaged" in said_of(whole), length
        assert "damaged" in said_of(whole, read_only=True), length
    whole.write_bytes(content)
    open_project(whole).close()


def test_a_file_with_a_spoiled_page(whole: Path) -> None:
    content = whole.read_bytes()
    for page in range(1, len(content) // 4096):
        whole.write_bytes(content[: page * 4096] + b"\xa5" * 4096 + content[(page + 1) * 4096 :])
        with pytest.raises(ProjectError, match="damaged"):
            read_everything(whole)
        assert not whole.with_name("backup").exists()


def test_a_name_with_an_escape_sequence_is_shown_without(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as raised:
        open_project(tmp_path / "\x1b[31mred\udcff")
    assert "\x1b" not in str(raised.value)
    str(raised.value).encode()


def test_names_that_an_address_would_read_otherwise(tmp_path: Path, edition: Edition) -> None:
    for name in ("100%25 ours?mode=ro#1.selfassess", "Größe & Co.selfassess", "file:p"):
        with create(tmp_path / name, "shared") as project:
            project.freeze(edition)
        with open_project(tmp_path / name) as project:
            assert project.tidy()
            project.backup(tmp_path / (name + ".copy"))
        assert (tmp_path / (name + ".copy")).read_bytes() == (tmp_path / name).read_bytes()


def test_a_project_is_not_made_where_something_is(whole: Path) -> None:
    before = whole.read_bytes()
    with pytest.raises(ProjectError, match="already something at"):
        create(whole, "shared")
    assert whole.read_bytes() == before
    assert [file.name for file in whole.parent.iterdir()] == [whole.name]


def test_a_new_project_is_for_its_owner_alone(personal: Project, edition: Edition) -> None:
    if os.name == "posix":
        personal.freeze(edition)
        for file in personal.path.parent.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_another_process_writes_to(whole: Path, start: Start, draft: Draft, edition: Edition) -> None:
    writing = start("write", whole, "normal")
    assert writing.stdout.readline() == "ready\n"
    with open_project(whole, patience=0.05) as project:
        assert len(project.drafts()) == 1
        with pytest.raises(ProjectError, match="in use by another program"):
            begin(project, edition, draft)
        writing.communicate("\n")
        begin(project, edition, draft)
        assert len(project.drafts()) == 2


def test_a_file_that_another_process_has_to_itself(whole: Path, start: Start) -> None:
    writing = start("write", whole, "exclusive")
    assert writing.stdout.readline() == "ready\n"
    for read_only in (False, True):
        with pytest.raises(ProjectError, match="in use by another program"):
            open_project(whole, patience=0.05, read_only=read_only)
    writing.communicate("\n")
    open_project(whole).close()


@pytest.fixture
def protected(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project in a folder that everybody may look into."""
    import tempfile

    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    path = Path(shutil.copy(whole, folder / "p.selfassess"))
    path.chmod(0o444)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_is_read_only(protected: Path, without_power: Run, sheet: Sheet) -> None:
    def look() -> None:
        before = protected.read_bytes()
        with pytest.raises(ProjectError, match="can be read but not written to"):
            open_project(protected)
        with open_project(protected, read_only=True) as project:
            assert project.last_sheet().answers == sheet.answers
            assert len(project.drafts()) == 1
            with pytest.raises(ProjectError, match="can be read but not written to"):
                project.hand_in(sheet, codes.new_code(20))
            assert not project.tidy()
        with pytest.raises(ProjectError, match="permission to open or write"):
            create(protected.with_name("new"), "personal")
        assert protected.read_bytes() == before
        assert list(protected.parent.iterdir()) == [protected]

    protected.parent.chmod(0o555)
    without_power(look)


def test_a_folder_that_is_read_only(protected: Path, without_power: Run, sheet: Sheet) -> None:
    def look() -> None:
        with pytest.raises(ProjectError, match="can be read but not written to"):
            open_project(protected)
        with open_project(protected, read_only=True) as project:
            assert project.last_sheet().answers == sheet.answers
            with pytest.raises(ProjectError, match="permission to open or write"):
                project.backup(protected.with_name("copy"))

    protected.chmod(0o666)
    protected.parent.chmod(0o555)
    without_power(look)


def test_a_file_that_may_not_be_read(protected: Path, without_power: Run) -> None:
    def look() -> None:
        for read_only in (False, True):
            with pytest.raises(ProjectError, match="permission to open"):
                open_project(protected, read_only=read_only)

    protected.chmod(0)
    without_power(look)
    protected.parent.chmod(0)
    without_power(look)


def test_a_project_opened_for_reading_is_not_changed(whole: Path, sheet: Sheet) -> None:
    before = whole.read_bytes()
    with open_project(whole, read_only=True) as project:
        assert len(project.sheets()) == 1
        with pytest.raises(ProjectError):
            project.hand_in(sheet, codes.new_code(20))
    assert whole.read_bytes() == before
    assert list(whole.parent.iterdir()) == [whole]


def test_a_full_disk_loses_nothing_that_was_saved(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(personal, edition, draft)
    long = replace(draft, comments={str(number): "x" * 4_000 for number in range(20)})
    connection = personal.database._connected()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(3):
        with pytest.raises(ProjectError, match="no room on the disk") as raised:
            saver.save(long)
        assert "still there" in raised.value.hint
        assert personal.drafts()[0].draft == draft
    with pytest.raises(ProjectError, match="no room on the disk"):
        saver.hand_in(replace(sheet, texts=long.comments))
    assert personal.sheets() == ()
    connection.execute("PRAGMA max_page_count = 100000")
    saver.save(long)
    assert personal.drafts()[0].draft == long
    assert saver.hand_in(sheet)


def test_a_disk_that_fails_in_the_middle(
    personal: Project, edition: Edition, draft: Draft, sheet: Sheet, in_a_fork: Run
) -> None:
    personal.close()

    def fill_up() -> None:
        import resource

        long = replace(draft, comments={str(number): "x" * 4_000 for number in range(40)})
        with open_project(personal.path) as project:
            saver = begin(project, edition, draft)
            limit = 60_000
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            for work in (lambda: saver.save(long), lambda: saver.hand_in(replace(sheet, texts=long.comments))):
                with pytest.raises(ProjectError, match="disk"):
                    work()
            with pytest.raises(ProjectError, match="disk"):
                begin_without_end(project, edition, draft)
            assert project.drafts()[-1].draft == draft
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            saver.save(long)
            assert saver.hand_in(sheet)

    in_a_fork(fill_up)
    with open_project(personal.path) as project:
        assert project.last_sheet() is not None


def test_a_disk_without_room_for_a_new_project(tmp_path: Path, in_a_fork: Run) -> None:
    def make() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, resource.RLIM_INFINITY))
        with pytest.raises(ProjectError, match="disk"):
            open_or_create(tmp_path / "p")

    in_a_fork(make)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_moved_while_it_is_open(personal: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(personal, edition, draft)
    away = personal.path.rename(personal.path.with_name("away"))
    for _ in range(2):
        with pytest.raises(ProjectError, match=r"was moved|no project file"):
            saver.save(replace(draft, place="trust"))
    away.rename(personal.path)
    saver.save(replace(draft, place="trust"))
    assert personal.drafts()[0].draft.place == "trust"
