"""The plan as a workbook, there and back."""

import datetime
import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from selfassess.documents.export.plan import sheets
from selfassess.documents.render_xlsx import to_workbook
from selfassess.errors import PlanError
from selfassess.model.plan import PLAN_COLUMNS
from selfassess.model.plan_report import PlanReport
from selfassess.services import workbook
from selfassess.services.plan_csv import Back, read_plan_csv
from tests.documents.test_plan import PLAN, REPORT, no_round

ODD = ("=SUM(A1:A9)", "'=1+1", "+1", "  two  blanks ", "7", "2026-05-31", "true")


def exported(report: PlanReport = REPORT) -> bytes:
    return to_workbook(sheets(report))


def edited(change: Callable[[Any], None], content: bytes | None = None) -> bytes:
    """The exported workbook after somebody has changed its sheet and saved it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the second program leaves out
        book = openpyxl.load_workbook(io.BytesIO(content or exported()))
    change(book["Actions"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def back(content: bytes, report: PlanReport = REPORT) -> Back:
    return read_plan_csv("plan.xlsx", content, report, no_round)


def wrong(content: bytes) -> str:
    with pytest.raises(PlanError) as caught:
        back(content)
    return str(caught.value)


def words(found: Back) -> list[str]:
    return [f"{one.after.id}: {line}" for one in found.edited for line in one.words]


def at_midnight(*day: int) -> datetime.datetime:
    """A day as a workbook has it, which knows no zones."""
    return datetime.datetime.combine(datetime.date(*day), datetime.time())


def put(sheet: Any, id: str, column: str, value: object) -> None:
    row = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == id)
    row[PLAN_COLUMNS.index(column)].value = value


def test_what_nobody_edited_changes_nothing() -> None:
    for content in (exported(), edited(lambda sheet: None), exported(replace(REPORT, made_up=True))):
        found = back(content)
        assert (found.edited, found.new, found.same, found.left, found.after) == ((), (), 5, 0, PLAN)
        assert not found.notes


def test_its_columns_are_those_of_the_plan_and_words_are_chosen_from_lists() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(io.BytesIO(exported()))["Actions"]
    assert tuple(cell.value for cell in sheet[1]) == PLAN_COLUMNS
    lists = {
        PLAN_COLUMNS[next(iter(one.sqref.ranges)).min_col - 1]: one for one in sheet.data_validations.dataValidation
    }
    assert lists.keys() == {"status", "effort", "effect", "owner"}
    assert [name for name, one in lists.items() if not one.showErrorMessage] == ["owner"], "others can own one too"
    due = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "a1")[PLAN_COLUMNS.index("due")]
    assert (due.value, due.number_format) == (at_midnight(2026, 5, 31), "yyyy-mm-dd")


def test_what_changed_is_said_field_by_field() -> None:
    def change(sheet: Any) -> None:
        put(sheet, "a1", "due", at_midnight(2026, 6, 30))
        put(sheet, "a1", "status", "done")
        put(sheet, "a2", "due", "2026-06-13")
        put(sheet, "a2", "place", 1.0)
        sheet.append([None, None, "Meet again.", None, None, "Sam", datetime.date(2026, 7, 1)])

    found = back(edited(change))
    assert words(found) == [
        "a1: due: was 31 May 2026, now 30 June 2026",
        "a1: status: was under way, now done",
        "a1: done: was nothing, now 12 June 2026",
        "a2: due: was 12 June 2026, now 13 June 2026",
        "a2: place: was 2, now 1",
    ]
    assert [one.after.text for one in found.new] == ["Meet again."]


def test_whatever_is_written_in_a_cell_comes_back_as_it_is() -> None:
    plan = tuple(replace(one, owner=odd.strip(), why=odd) for one, odd in zip(PLAN, ODD, strict=False))
    report = replace(REPORT, plan=plan)
    for content in (exported(report), edited(lambda sheet: None, exported(report))):
        assert not back(content, report).edited


def test_problems_say_the_row() -> None:
    told = wrong(edited(lambda sheet: put(sheet, "a1", "status", "soon")))
    assert "plan.xlsx:" in told
    assert "There is no status “soon”." in told
    told = wrong(edited(lambda sheet: sheet.cell(1, 2, "ident")))
    assert "There is no column “id”." in told


def test_another_sheet_is_read_where_none_has_the_name() -> None:
    assert back(edited(lambda sheet: setattr(sheet, "title", "Mine"))).same == 5


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_what_is_no_workbook_is_told_as_such() -> None:
    whole = exported()
    parts = parts_of(whole)
    broken = {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c"}
    every = (
        b"PK\x03\x04", whole[:-200], whole[:2_000] + whole[2_600:], zipped({}), zipped({"word/document.xml": b"<x/>"}),
        zipped(parts | broken), zipped(parts | {"xl/workbook.xml": b"<workbook/>"}),
        zipped(parts | {"[Content_Types].xml": b"no"}),
    )  # fmt: skip  # in few lines
    for content in every:
        assert "plan.xlsx is not a workbook we can read." in wrong(content)


def test_each_part_of_a_workbook_may_be_hit_and_no_error_is_our_own() -> None:
    whole = exported()
    for at in range(0, len(whole), 97):
        hit = whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
        if workbook.is_workbook(hit):
            try:
                back(hit)
            except PlanError:
                continue


def test_what_is_small_and_would_become_large_is_refused() -> None:
    assert "holds more than 50 MB." in wrong(zipped({"xl/worksheets/sheet1.xml": b" " * (workbook.LARGEST + 1)}))
    many = edited(lambda sheet: [sheet.append([None, None, f"Action {number}"]) for number in range(1_001)])
    assert "more than 1,000 rows" in wrong(many)
    assert back(edited(lambda sheet: sheet.cell(1_048_576, 2, " "))).same == 5


def test_an_empty_workbook_is_told_as_such() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    assert "plan.xlsx is empty." in wrong(out.getvalue())
