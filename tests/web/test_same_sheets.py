"""The page gives the very sheet files that the program gives, byte for byte."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from selfassess.model.sheet import Receipt
from selfassess.model.straight_lining import one_answer_throughout
from selfassess.project import codes
from selfassess.project.acceptance import abouts
from selfassess.project.exchange_files import read_sheet, write_sheet
from selfassess.project.parcel import pack
from selfassess.services.answer_page import described
from selfassess.services.paper import layout
from selfassess.sitting import state
from selfassess.sitting.paper_row import draft_of, misfits, read_row
from tests.examples import some_of
from tests.web.made import SALT, Case, case

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node, which runs the page's modules without a browser")


@pytest.mark.attack
def test_made_up_people_hand_in_the_same_by_the_page_and_by_the_program(tmp_path: Path, slow_codes: None) -> None:
    cases = [case(seed) for seed in some_of(range(1000), 20)]
    for one, given in zip(cases, by_the_page(cases), strict=True):
        assert given["content"] == by_the_program(one, tmp_path / "one.sheet")
        assert given["throughout"] == throughout(one)
        if given["row"] is not None:
            assert by_row(one, given["row"], tmp_path / "row.sheet") == by_the_program(one, tmp_path / "one.sheet")


def by_the_program(one: Case, path: Path) -> str:
    """The sheet file of a case, written by the program; reading it again finds nothing wrong."""
    sheet = state.hand_in(one.page.questionnaire, one.done)
    if one.code and sheet.ticket:
        sheet = replace(sheet, ticket=replace(sheet.ticket, admission=codes.admission_key(one.code, SALT)))
    parcel = pack(sheet, Receipt(one.receipt), one.revision, taken_back=again(one))
    write_sheet(path, parcel, overwrite=True)
    read_sheet(path)
    return path.read_text(encoding="utf-8")


def throughout(one: Case) -> list[str]:
    answers = state.hand_in(one.page.questionnaire, one.done).answers
    return list(one_answer_throughout(one.page.questionnaire, answers))


def by_row(one: Case, row: str, path: Path) -> str:
    """What becomes of a row of keys that somebody types in, as a sheet file of the same person."""
    form = layout(one.page.edition, one.draft.group, one.draft.form)
    ticket = one.draft.ticket
    assert ticket
    keyed = read_row(form, row, asks_consent=ticket.agrees is not None)
    assert not misfits(form, keyed)
    draft = replace(draft_of(form, keyed), questionnaire=one.draft.questionnaire, ticket=ticket)
    return by_the_program(replace(one, draft=draft, acts=()), path)


def by_the_page(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """The same by the modules of the page."""
    lines = [json.dumps(as_told(one)) for one in cases]
    script = Path(__file__).with_name("answer.mjs")
    assert NODE
    ran = subprocess.run(
        [NODE, "--no-warnings", str(script)], input="\n".join(lines), capture_output=True, text=True, encoding="utf-8"
    )
    assert not ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def as_told(one: Case) -> dict[str, object]:
    ticket = one.draft.ticket
    assert ticket
    return {
        "page": described(one.page),
        "draft": {"group": one.draft.group, "agrees": ticket.agrees, "matching": ticket.matching},
        "acts": one.acts,
        "receipt": one.receipt,
        "revision": one.revision,
        "code": one.code,
        "again": again(one),
    }


def again(one: Case) -> tuple[str, ...]:
    return abouts(one.page.questionnaire) if one.revision else ()
