"""A file tells what is in it and nothing else: no order of arrival, nothing of what was removed."""

import datetime
import hashlib
import itertools
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.storage import codes
from selfassess.storage.drafts import begin
from selfassess.storage.project import Project, create, open_project

Start = Callable[..., "subprocess.Popen[str]"]

SECRET = "Nobody listens to the parents from Elm Street."


@pytest.fixture
def base(shared: Project) -> Path:
    shared.tidy()
    shared.close()
    return shared.path


def some_sheets(sheet: Sheet, count: int) -> list[tuple[str, Sheet]]:
    """Sheets of different lengths, each with its receipt."""
    chance = random.Random(7)
    return [
        (
            codes.new_code(20),
            replace(
                sheet,
                group=chance.choice(["board", "staff"]),
                answers="".join(chance.choices("0123-~?", k=40)),
                texts={about: "word " * chance.choice([1, 20, 700]) for about in chance.sample("abcdef", k=3)},
            ),
        )
        for _ in range(count)
    ]


def hashed(path: Path) -> str:
    assert sorted(path.parent.glob(path.name + "*")) == [path]
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_any_order_of_hand_ins_leaves_the_same_bytes(base: Path, sheet: Sheet) -> None:
    found = set()
    for number, order in enumerate(list(itertools.permutations(some_sheets(sheet, 5)))[::9]):
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        for receipt, one in order:
            with open_project(path) as project:
                project.hand_in(one, receipt)
        found.add(hashed(path))
    assert len(found) == 1


def test_so_it_is_while_the_project_stays_open_elsewhere(base: Path, sheet: Sheet, edition: Edition) -> None:
    sheets, found = some_sheets(sheet, 30), set()
    for number in range(5):
        random.Random(number).shuffle(sheets)
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        with open_project(path) as looking:
            looking.sheets()
            for receipt, one in sheets:
                with open_project(path) as project:
                    project.hand_in(one, receipt)
        found.add(hashed(path))
    assert len(found) == 1


def test_so_it_is_whatever_went_on_before(base: Path, sheet: Sheet, edition: Edition, draft: Draft) -> None:
    (receipt, one), (later, other) = some_sheets(sheet, 2)
    plain = Path(shutil.copy(base, base.with_name("plain.selfassess")))
    with open_project(plain) as project:
        project.hand_in(one, receipt)
    with open_project(base) as project:
        saver = begin(project, edition, draft)
        for length in (10, 5_000, 50_000):
            saver.save(replace(draft, comments={"vision": "x" * length}))
        project.hand_in(other, later)
        project.hand_in(one, receipt)
        saver.discard()
        project.forget(later)
    assert hashed(base) == hashed(plain)


def test_a_hand_in_is_tidied_up_after_while_the_project_stays_open(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    saver.hand_in(sheet)
    assert not traces(shared.path)
    assert list(shared.path.parent.iterdir()) == [shared.path]
    assert len(shared.sheets()) == 1


def test_the_time_of_a_hand_in_is_not_in_a_shared_file(base: Path, sheet: Sheet) -> None:
    found = set()
    for number in range(2):
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        with open_project(path) as project:
            project.hand_in(
                replace(sheet, date=datetime.datetime(2026, 1 + number, 1, tzinfo=datetime.UTC)),
                "0000-0000-0000-0000-0000",
            )
        found.add(hashed(path))
    assert len(found) == 1


def test_a_forgotten_sheet_leaves_nothing_in_the_file_or_beside_it(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    receipt = saver.hand_in(replace(sheet, texts={"why": SECRET, "vision": SECRET}))
    assert traces(shared.path)
    assert shared.forget(receipt.lower()) == "sheet"
    assert not traces(shared.path)
    assert shared.sheets() == ()
    shared.close()
    assert not traces(shared.path)


def test_a_forgotten_sheet_takes_nobody_elses_texts_with_it(shared: Project, sheet: Sheet) -> None:
    one, other = codes.new_code(20), codes.new_code(20)
    shared.hand_in(sheet, one)
    shared.hand_in(sheet, other)
    shared.forget(one)
    assert shared.sheet(other) == sheet
    assert len(shared.sheets()) == 1


def test_nor_while_another_process_has_the_project_open(shared: Project, sheet: Sheet, start: Start) -> None:
    looking = start("look", shared.path)
    assert looking.stdout.readline() == "ready\n"
    receipt = codes.new_code(20)
    shared.hand_in(replace(sheet, texts={"why": SECRET}), receipt)
    assert shared.forget(receipt) == "sheet"
    shared.close()
    assert not traces(shared.path)
    looking.communicate("\n")
    assert looking.returncode == 0
    assert [file.name for file in shared.path.parent.iterdir()] == [shared.path.name]


def test_a_forgotten_draft_leaves_nothing(shared: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    assert traces(shared.path)
    assert shared.forget(saver.code) == "draft"
    assert not traces(shared.path)


def test_a_discarded_draft_leaves_nothing(personal: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(personal, edition, replace(draft, comments={"vision": SECRET}))
    saver.discard()
    assert not traces(personal.path)
    saver.discard()


def test_a_text_that_was_changed_leaves_nothing_of_what_it_was(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(personal, edition, replace(draft, comments={"vision": SECRET}))
    saver.save(draft)
    personal.close()
    assert not traces(personal.path)


def test_what_one_process_could_not_tidy_the_last_one_does(tmp_path: Path, edition: Edition, sheet: Sheet) -> None:
    first = create(tmp_path / "p.selfassess", "shared")
    with open_project(first.path) as second:
        second.freeze(edition)
        second.hand_in(sheet, "0000-0000-0000-0000-0000")
        second.forget("0000-0000-0000-0000-0000")
    first.sheets()
    first.close()
    once = hashed(first.path)
    with open_project(first.path) as again:
        assert again.tidy()
    assert hashed(first.path) == once


def test_what_is_deleted_is_overwritten_and_what_is_committed_is_on_the_disk(shared: Project) -> None:
    for setting, value in (("secure_delete", 1), ("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal")):
        assert shared.database.first(lambda found: found, f"PRAGMA {setting}") == value


def test_tidying_is_never_an_error(shared: Project, sheet: Sheet) -> None:
    shared.hand_in(sheet, codes.new_code(20))
    shared.close()
    gone = open_project(shared.path)
    shared.path.unlink()
    assert not gone.tidy()
    gone.close()


def traces(path: Path) -> bool:
    """Whether the secret, or one of its pages, can be found in the file or in one beside it."""
    return any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())
