"""A kind of item that nobody has thought of yet: where it is said what it is, everything else takes it as it is."""

import ast
import datetime
from typing import Any, cast, get_args

import pytest

from selfassess.documents.paper_form import document
from selfassess.documents.render_text import FORM, to_plain
from selfassess.errors import ResponsesError
from selfassess.model.item_kinds import KINDS, ItemKind, Kind, Value
from selfassess.model.questionnaire import Edition, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.sheet import Draft, Sheet
from selfassess.project import records
from selfassess.project.acceptance import Readable, misfit
from selfassess.scoring.response_csv import Reader
from selfassess.services.paper import paper_form
from selfassess.services.reports import own_report
from selfassess.sitting import notices, paper_row, state
from selfassess.sitting.session import Sitting
from selfassess.tui.question_view import view
from tests.source import HOUSE, everything_in


class Day(ItemKind):
    """A day, typed as 2026-01-31, from 2020 on."""

    is_typed = True
    is_compared = False
    noun = "a day"
    how_typed = "as 2026-01-31"
    characters = "0123456789-"
    off_range = "no-day"

    @staticmethod
    def is_value(value: object) -> bool:
        try:
            return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False

    def accepts(self, value: object) -> bool:
        return self.is_value(value) and str(value) >= "2020"

    def read(self, line: str) -> Value | None:
        return line if self.is_value(line) else None

    def readings(self, cell: str) -> tuple[float | str, ...]:
        return (cell,) if self.is_value(cell) else ()

    def limits(self) -> str:
        return "from 2020 on"

    def in_table(self) -> str:
        return "a day from 2020 on"


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setitem(cast("dict[str, type[ItemKind]]", KINDS), "day", Day)
    joined = Item(id="joined", text="When did you join?", kind=cast(Any, "day"), dont_know="I forgot")
    likes = Item(id="likes", text="I like it here.", scale="agree")
    agree = Scale(points=(Point(value=1, label="No"), Point(value=2, label="Yes")))
    strand = Strand(id="you", title="You", items=(joined, likes))
    return Edition(
        Questionnaire(format=1, id="days", version="1", title="Days", scales={"agree": agree}, strands=(strand,)),
        b"days",
        "da" * 32,
    )


class Nowhere:
    """Saves nothing."""

    where, code, again = "", None, False

    def save(self, draft: Draft) -> None: ...

    def hand_in(self, sheet: Sheet) -> str:
        return ""

    def discard(self) -> None: ...


@pytest.fixture
def sitting(days: Edition) -> Sitting:
    return Sitting(days, state.start(days, None), Nowhere())


@pytest.fixture
def sheet(days: Edition, sitting: Sitting) -> Sheet:
    sitting.write("2021-03-04")
    sitting.go_to(sitting.steps[1])
    sitting.choose(2.0)
    return sitting.sheet


def test_it_is_typed_in_a_field_of_its_characters_and_refused_in_its_words(sitting: Sitting) -> None:
    shown = view(sitting)
    assert (shown.is_typed, shown.characters, shown.entry_label) == (True, "0123456789-", "Your answer (from 2020 on):")
    assert sitting.write("soon") == "Not saved: please write a day as 2026-01-31, from 2020 on."
    assert sitting.write("2019-12-31") == "Not saved: please write a day from 2020 on."
    assert sitting.write("2021-03-04") == ""
    assert view(sitting).entry == "2021-03-04"
    assert notices.answer_at(sitting.questionnaire, sitting.draft, sitting.step) == "2021-03-04"


def test_it_stands_beside_the_characters_of_a_sheet_which_is_accepted_and_opened_again(
    days: Edition, sitting: Sitting, sheet: Sheet
) -> None:
    assert (sheet.answers, sheet.beside, sheet.texts) == ("+1", {"joined": "2021-03-04"}, {})
    assert misfit(sheet, (), days.questionnaire) == ""
    assert Readable(days.questionnaire)(sheet)
    assert records.SHEET.read_row(*records.SHEET.write_row(sheet)) == sheet
    assert records.read_draft(days.sha256, records.write_draft(sitting.draft)).responses == sitting.draft.responses
    assert state.reopen(days.questionnaire, sheet).responses == sitting.draft.responses


def test_it_is_in_the_report_of_the_person_alone(days: Edition, sheet: Sheet) -> None:
    report = own_report(days, sheet)
    assert report.texts == {"joined": "2021-03-04"}
    assert [figure.id for figure in report.cell.figure("you").parts] == ["likes"]


def test_it_is_printed_and_typed_from_paper(days: Edition, sheet: Sheet) -> None:
    form = paper_form(days, None, "")
    assert "____________ (from 2020 on)" in to_plain(document(form), FORM)
    keyed = paper_row.keyed_of(form.layout, sheet, asks_consent=False)
    assert keyed.keys == ("2021-03-04", "2")
    assert paper_row.misfits(form.layout, keyed) == []
    [wrong] = paper_row.misfits(form.layout, keyed.put(0, "2019-12-31"))
    assert wrong.fits == "Type a day between slashes, from 2020 on, d, or - where it was left blank"


def test_it_is_read_from_a_table(days: Edition) -> None:
    head = "respondent,joined,likes\n"
    found = Reader("r.csv", days.questionnaire, "full").read(f"{head}1,2021-03-04,2\n2,dk,1\n")
    assert [chr(code) for code in found.rounds["1"].of("joined")] == ["+", "?"]
    with pytest.raises(ResponsesError) as raised:
        Reader("r.csv", days.questionnaire, "full").read(f"{head}1,2019-12-31,2\n")
    [problem] = raised.value.problems
    assert (problem.code, problem.hint) == ("no-day", "Write a day from 2020 on, or dk, na, or nothing.")


def test_every_kind_has_its_class() -> None:
    assert set(KINDS) == set(get_args(Kind))


@pytest.mark.slow
def test_nobody_asks_for_the_name_of_a_kind() -> None:
    """Whoever needs to know something of an item asks for that, so that a new kind can say it too."""
    asking = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in HOUSE.rglob("*.py")
        for node in everything_in(path)
        if isinstance(node, ast.Compare) and _is_kind_of_item(node)
    ]
    assert asking == []


def _is_kind_of_item(compared: ast.Compare) -> bool:
    left = compared.left
    names = {node.value for one in compared.comparators for node in ast.walk(one) if isinstance(node, ast.Constant)}
    is_item = isinstance(left, ast.Attribute) and left.attr == "kind" and "item" in ast.unparse(left.value)
    return is_item and bool(names & set(get_args(Kind)))
