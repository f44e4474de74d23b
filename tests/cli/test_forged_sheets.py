"""Whoever has nothing but a sheet file cannot answer in its place; the person with the receipt can."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from selfassess.project import codes
from selfassess.project.exchange_files import read_sheet, write_invitation
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command
from tests.cli.rounds import CONSENT, add_round, shared
from tests.cli.test_taking_part import ANSWERS, receipt_of

Table = dict[str, Any]
REPLACED = "0 new, 0 already here, 1 replaced, 0 refused.\n"
HERE = "0 new, 1 already here, 0 replaced, 0 refused.\n"


@pytest.fixture(params=["with codes", "without codes"])
def invitation(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An invitation to a round, in a folder of its own."""
    with_codes = request.param == "with codes"
    with shared(tmp_path) as project:
        add_round(project, replace(CONSENT, codes=with_codes))
        rounds = Rounds(project)
        code = rounds.admission.issue("autumn", "staff", 1)[0] if with_codes else ""
        path = tmp_path / "post" / "anne.invitation"
        path.parent.mkdir()
        write_invitation(path, rounds.admission.invitation("autumn", "staff", code))
    return path


def collect(selfassess: Command, tmp_path: Path, *files: Path) -> str:
    return selfassess("--project", str(tmp_path / "ours.selfassess"), "collect", *map(str, files)).out


def kept(tmp_path: Path) -> list[list[tuple[object, ...]]]:
    """Everything that people handed in."""
    with open_project(tmp_path / "ours.selfassess", read_only=True) as project:
        return [
            list(project.database.rows(f"SELECT * FROM {table} ORDER BY 1"))
            for table in ("sheets", "texts", "refusals", "admissions")
        ]


def forged(path: Path, **changes: Any) -> Path:
    """A copy of a sheet file with some keys changed by hand (… takes one out), and a sum that fits."""
    table = {key: value for key, value in {**read(path), **changes}.items() if value is not ...}
    rest = {key: value for key, value in table.items() if key != "sum"}
    table["sum"] = hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    folder = path.parent.with_name("forged")
    folder.mkdir(exist_ok=True)
    copy = folder / f"{secrets.token_hex(8)}.sheet"
    copy.write_text(json.dumps(table), encoding="utf-8")
    return copy


def read(path: Path) -> Table:
    return json.loads(path.read_text(encoding="utf-8"))


def proofs(table: Table) -> Iterator[Table]:
    """What somebody who only has the file can put in the place of its proof."""
    for proof in (table["proof"], codes.earlier(table["proof"], 1), secrets.token_hex(16), table["key"], "0" * 64):
        yield {"proof": proof}
    yield {"proof": ..., "format": 1}
    yield {"proof": ..., "format": 1, "admission": ""}


def test_whoever_sees_a_sheet_file_cannot_answer_in_its_place(
    selfassess: Command, tmp_path: Path, invitation: Path
) -> None:
    first = selfassess("take", str(invitation), "--plain", typed="yes\n1\n3\n\nTea\n\nh\nhand in\n")
    (path,) = invitation.parent.glob("*.sheet")
    assert collect(selfassess, tmp_path, path) == "1 new, 0 already here, 0 replaced, 0 refused.\n"
    before, table = kept(tmp_path), read(path)
    nothing = {key: {**text, "text": ""} for key, text in table["texts"].items()}
    all_of_them = [
        forged(path, revision=revision, **proof, **change)
        for revision in (1, 2, codes.LAST_REVISION)
        for proof in proofs(table)
        for change in ({"answers": "20+"}, {"texts": nothing}, {"agrees": False}, {})
    ]
    assert collect(selfassess, tmp_path, *all_of_them).endswith("0 new, 0 already here, 0 replaced, 84 refused.\n")
    assert kept(tmp_path) == before
    assert collect(selfassess, tmp_path, path) == HERE
    again = ("take", str(invitation), "--again", receipt_of(first), "--plain")
    assert selfassess(*again, typed="3\n1\n\n\nr\nh\nhand in\n").code == 0
    assert collect(selfassess, tmp_path, path) == REPLACED
    assert kept(tmp_path) != before


def test_a_sheet_of_a_round_with_codes_cannot_be_changed_before_it_is_taken_in(
    selfassess: Command, tmp_path: Path, invitation: Path
) -> None:
    """Nor can its code be used for another. Where a round has no codes anybody can write a sheet for it; but what came
    in the place of somebody's is told, and they can have it taken out."""
    first = selfassess("take", str(invitation), "--plain", typed=f"yes\n{ANSWERS}")
    (path,) = invitation.parent.glob("*.sheet")
    signature, before = read(path)["admission"], kept(tmp_path)
    other = {
        "key": secrets.token_hex(16),
        "refusal": secrets.token_hex(16),
        "texts": {},
        "proof": secrets.token_hex(16),
    }
    all_of_them = [
        forged(path, **{**change, **admission})
        for change in ({"answers": "20+"}, {"revision": 1}, other)
        for admission in ({}, {"admission": secrets.token_hex(16)}, {"format": 1, "proof": ...})
    ]
    if signature:
        assert collect(selfassess, tmp_path, *all_of_them).endswith("0 new, 0 already here, 0 replaced, 9 refused.\n")
        assert kept(tmp_path) == before
        return
    assert collect(selfassess, tmp_path, forged(path, answers="20+", proof=secrets.token_hex(16))).startswith("1 new")
    assert "it says something else" in collect(selfassess, tmp_path, path)
    ours, receipt = str(tmp_path / "ours.selfassess"), receipt_of(first)
    selfassess("take", str(invitation), "--again", receipt, "--plain", typed="r\nh\nhand in\n")
    assert "was not written with the receipt" in collect(selfassess, tmp_path, path)
    assert selfassess("--project", ours, "forget", "--yes", typed=receipt).code == 0
    path.unlink()
    selfassess("take", str(invitation), "--plain", typed=f"yes\n{ANSWERS}")
    assert collect(selfassess, tmp_path, *invitation.parent.glob("*.sheet")).startswith("1 new")
    assert [row[4] for row in kept(tmp_path)[0]] == ["02+"]


def test_a_later_sheet_of_a_round_with_codes_cannot_be_changed_on_its_way(
    selfassess: Command, tmp_path: Path, invitation: Path
) -> None:
    first = selfassess("take", str(invitation), "--plain", typed=f"yes\n{ANSWERS}")
    (path,) = invitation.parent.glob("*.sheet")
    collect(selfassess, tmp_path, path)
    again = ("take", str(invitation), "--again", receipt_of(first), "--plain")
    selfassess(*again, typed="3\n1\n\nh\nhand in\n")
    assert read(path)["revision"] == 1
    if read(path)["admission"]:
        changes = ({}, {"admission": ""}, {"admission": secrets.token_hex(16)})
        all_of_them = [forged(path, answers="11+", **change) for change in changes]
        assert "3 refused" in collect(selfassess, tmp_path, *all_of_them)
    assert collect(selfassess, tmp_path, path) == REPLACED
    assert [row[4] for row in kept(tmp_path)[0]] == [read(path)["answers"]]


def test_the_person_with_the_receipt_answers_again_whatever_got_lost_on_its_way(
    selfassess: Command, tmp_path: Path, invitation: Path
) -> None:
    receipt = receipt_of(selfassess("take", str(invitation), "--plain", typed=f"yes\n{ANSWERS}"))
    posted: list[Path] = []

    def post() -> None:
        (path,) = invitation.parent.glob("*.sheet")
        posted.append(path.rename(tmp_path / f"{len(posted)}.posted"))

    post()
    for answers in ("1\n1", "2\n1", "3\n1", "3\n3"):
        done = selfassess(
            "take", str(invitation), "--again", receipt, "--plain", typed=f"yes\n{answers}\n\n\nh\nhand in\n"
        )
        assert done.code == 0, done.err
        post()
    assert [read_sheet(path).revision for path in posted] == [0, 1, 2, 3, 4]
    for number, said in ((1, "1 new"), (3, "1 replaced"), (0, "1 already here"), (2, "1 already here")):
        assert said in collect(selfassess, tmp_path, posted[number])
    assert said in collect(selfassess, tmp_path, posted[3])
    assert "1 replaced" in collect(selfassess, tmp_path, posted[4])
    assert [row[4] for row in kept(tmp_path)[0]] == [read_sheet(posted[4]).sheet.answers]
    assert selfassess("--project", str(tmp_path / "ours.selfassess"), "forget", receipt, "--yes").code == 0
    assert kept(tmp_path)[:3] == [[], [], []]
    for path in posted:
        assert "was deleted by the person" in collect(selfassess, tmp_path, path)


def test_a_sheet_file_that_somebody_put_in_the_place_of_ones_own_is_not_taken_for_it(
    selfassess: Command, tmp_path: Path, invitation: Path
) -> None:
    receipt = receipt_of(selfassess("take", str(invitation), "--plain", typed=f"yes\n{ANSWERS}"))
    (path,) = invitation.parent.glob("*.sheet")
    forged(path, answers="20+", revision=500, proof=secrets.token_hex(16)).rename(path)
    done = selfassess("take", str(invitation), "--again", receipt, "--plain", typed="yes\nr\nh\nhand in\n")
    assert "2 of 2 answered" in done.err
    found = read_sheet(path)
    assert (found.sheet.answers, found.revision, found.proof) == ("02+", 1, codes.proof(receipt, 1))
