"""Exports of survey services become sheets, and what is wrong with one is said before anything is taken in."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import ResponsesError, UsageError
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Draft
from selfassess.project.codes import new_key
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services import survey_columns, survey_intake, survey_map
from selfassess.services.survey_desk import desk_for
from selfassess.services.survey_export import MOST_ROWS, Service, flat, known_headings, read_export
from selfassess.services.survey_intake import Intake
from selfassess.services.survey_map import Decisions
from selfassess.services.workbook import LARGEST
from selfassess.sitting import state
from selfassess.sitting.round_notices import CONSENT_HEADING, NO, OWN_CODE_HEADING, YES
from tests.cli.conftest import SMALL
from tests.services.survey_exports import (
    ASKED,
    PAPER,
    PEOPLE,
    Table,
    as_csv,
    as_workbook,
    google,
    kobo,
    limesurvey,
    microsoft,
    plain,
    surveymonkey,
)  # fmt: skip  # in few lines

NONE = Decisions()
CONSENT = Rules(small_groups="consent", asks_consent=("board",))


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    """Those of a project with one that is open."""
    with create(tmp_path / "ours.selfassess", "shared") as project:
        rounds = Rounds(project)
        invited = {"board": 6, "staff": 9}
        one = Round(id="autumn", key=new_key(), title="A", questionnaire=PAPER.sha256, invited=invited, rules=CONSENT)
        rounds.add(one, PAPER)
        rounds.open("autumn")
        yield rounds


def prepared(
    rounds: Rounds, content: bytes, decisions: Decisions = NONE, group: str | None = None,
    service: Service | None = None,
) -> Intake:  # fmt: skip  # in few lines
    export = read_export("answers", content, service)
    desk = desk_for(rounds, "autumn", export, decisions, group)
    assert not desk.undecided()
    return desk.intake()


def wrong(rounds: Rounds, content: bytes, decisions: Decisions = NONE) -> str:
    """What is said of an export of which nothing may come in."""
    with pytest.raises(ResponsesError) as caught:
        prepared(rounds, content, decisions)
    assert not list(rounds.sheets.answers("autumn"))
    return str(caught.value)


def expected(without: Sequence[str] = ()) -> Counter[tuple[str | None, str]]:
    """Group and characters of each person's sheet, as if they had answered here."""
    found: Counter[tuple[str | None, str]] = Counter()
    for person in PEOPLE:
        said = {id: one for id, one in person.said.items() if id not in without}
        draft = Draft(questionnaire=PAPER.sha256, group=person.group, form="full", responses=said)
        sheet = state.hand_in(PAPER.questionnaire, draft)
        found[sheet.group, sheet.answers] += 1
    return found


EXPORTS: dict[str, Callable[[], bytes]] = {
    "microsoft": lambda: as_workbook(microsoft()),
    "microsoft in German, as CSV for Excel": lambda: as_csv(microsoft(language="de"), ";", "utf-8-sig"),
    "microsoft in French": lambda: as_workbook(microsoft(language="fr")),
    "google": lambda: as_csv(google()),
    "google in German, tabs, UTF-16": lambda: as_csv(google(language="de"), "\t", "utf-16"),
    "surveymonkey": lambda: as_csv(surveymonkey()),
    "surveymonkey with merged headings": lambda: as_workbook(surveymonkey(), "M1:O1"),
    "limesurvey": lambda: as_csv(limesurvey(), ";"),
    "limesurvey with codes": lambda: as_workbook(limesurvey(coded=True)),
    "kobo": lambda: as_workbook(kobo()),
    "a table": lambda: as_csv(plain()),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_what_was_asked_there_and_what_is_here_agree_question_by_question(rounds: Rounds, name: str) -> None:
    intake = prepared(rounds, EXPORTS[name]())
    assert intake.unfinished == (1 if name.startswith("limesurvey") else 0)
    survey_intake.take_in(rounds, PAPER, intake)
    assert Counter(rounds.sheets.answers("autumn")) == expected()
    texts = {text for about, text in rounds.sheets.texts("autumn")}
    assert texts == {"We listen; and talk, too.", "“Quoted”, 5 €\nand a second line"}
    assert rounds.counts("autumn").handed_in == {"board": 2, "staff": 2}


@pytest.mark.parametrize(
    ("name", "service"),
    [("microsoft", "microsoft-forms"), ("microsoft in German, as CSV for Excel", "microsoft-forms"),
     ("google in German, tabs, UTF-16", "google-forms"), ("surveymonkey", "surveymonkey"),
     ("limesurvey", "limesurvey"), ("limesurvey with codes", "limesurvey"), ("kobo", "csv"), ("a table", "csv")],
)  # fmt: skip  # in few lines
def test_the_service_is_told_from_the_headings(name: str, service: str) -> None:
    assert read_export("answers", EXPORTS[name]()).service == service


def test_nothing_of_names_addresses_and_times_is_stored(rounds: Rounds, tmp_path: Path) -> None:
    export = read_export("answers", as_csv(google()))
    columns = survey_columns.understand(export, rounds.get("autumn"), PAPER, Decisions(), None)
    assert {export.headings[at]: kind for at, kind in columns.dropped.items()} == {
        "Timestamp": "time", "Email Address": "e-mail",
    }  # fmt: skip  # in few lines
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(google())))
    rounds.project.close()
    content = (tmp_path / "ours.selfassess").read_bytes()
    assert b"example.org" not in content
    assert b"9:15" not in content


def test_the_same_export_again_brings_only_what_is_new(rounds: Rounds) -> None:
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_workbook(microsoft(PEOPLE[:2]))))
    later = prepared(rounds, as_workbook(microsoft()))
    assert (len(later.rows), later.already_here, later.may_count_twice) == (2, 2, False)
    survey_intake.take_in(rounds, PAPER, later)
    assert Counter(rounds.sheets.answers("autumn")) == expected()
    again = prepared(rounds, as_workbook(microsoft()))
    assert (again.rows, again.already_here) == ((), 4)
    with pytest.raises(UsageError, match="just taken in by somebody else"):
        survey_intake.take_in(rounds, PAPER, later)
    assert Counter(rounds.sheets.answers("autumn")) == expected()


def test_of_an_id_only_a_hash_is_kept_and_erased_at_close(rounds: Rounds, tmp_path: Path) -> None:
    table = microsoft()
    for number, row in enumerate(table[1:]):
        row[0] = f"row-{number}-of-forms"
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_workbook(table)))
    keys = rounds.rows.taken("autumn").keys
    assert len(keys) == len(PEOPLE)
    other = Round(id="other", key=new_key(), title="B", questionnaire=PAPER.sha256, invited={"board": 6})
    assert rounds.rows.key(other, "row-0-of-forms") not in keys
    rounds.close("autumn")
    assert rounds.rows.taken("autumn").keys == ()
    rounds.reopen("autumn")
    assert prepared(rounds, as_workbook(table)).may_count_twice
    rounds.project.close()
    content = (tmp_path / "ours.selfassess").read_bytes()
    assert b"-of-forms" not in content
    assert not any(key.encode() in content for key in keys)


def test_an_export_without_ids_may_count_twice(rounds: Rounds) -> None:
    first = prepared(rounds, as_csv(google()))
    assert not first.may_count_twice
    survey_intake.take_in(rounds, PAPER, first)
    assert prepared(rounds, as_csv(google())).may_count_twice
    assert "4 rows of an export came into this round before" in survey_intake.twice(prepared(rounds, as_csv(google())))
    assert prepared(rounds, as_workbook(microsoft())).may_count_twice


def test_consent_is_in_a_column_or_told_to_be_missing(rounds: Rounds) -> None:
    def said(content: bytes) -> str:
        intake = prepared(rounds, content)
        return "\n".join(survey_intake.told(PAPER, intake, has_consent="consent" in content.decode()))

    assert "Board members will be left out of every result" in said(as_csv(google()))
    assert "left out of every result" not in said(as_csv(plain()))
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(plain())))
    assert rounds.counts("autumn").refusals == {"board": 1, "staff": 0}
    table = plain()
    table[1][2] = "perhaps"
    with pytest.raises(ResponsesError, match="“perhaps” does not say whether the group may be shown"):
        prepared(rounds, as_csv([table[0], ["r9", *table[1][1:]]]))


def test_a_group_is_said_for_all_or_in_the_words_of_the_form(rounds: Rounds) -> None:
    table = [row[:5] + row[6:] for row in microsoft(PEOPLE[2:])]
    assert "does not say in which group people are" in wrong(rounds, as_workbook(table))
    assert prepared(rounds, as_workbook(table), group="staff").by_group == {"staff": 2}
    named = microsoft()
    for row, words in zip(named[1:], ("Vorstand", "Vorstand", "Team", "Team"), strict=True):
        row[5] = words
    decisions = Decisions(columns={ASKED: "the group"}, groups={"Vorstand": "board", "Team": "staff"})
    assert prepared(rounds, as_workbook(named), decisions).by_group == {"board": 2, "staff": 2}
    told = wrong(rounds, as_workbook(named), Decisions(columns={ASKED: "the group"}))
    assert "There is no group “Vorstand”." in told
    assert "below [groups]" in told


# What is near is asked about


def questions(rounds: Rounds, content: bytes, decisions: Decisions = NONE) -> list[str]:
    desk = desk_for(rounds, "autumn", read_export("answers", content), decisions, None)
    return [one.question for one in desk.undecided()]


def renamed(table: Table, before: str, after: str) -> Table:
    return [[after if cell == before else cell for cell in table[0]], *table[1:]]


def test_a_renamed_question_is_asked_about_and_the_decision_keeps(rounds: Rounds) -> None:
    table = renamed(google(), "How much do you trust them?", "How much do you trust your partners?")
    assert questions(
        rounds, as_csv(renamed(google(), "How much do you trust them?", "How far do you trust them?"))
    ) == ["Column J is headed:\n  “How far do you trust them?”\nIs it this question?\n  “How much do you trust them?”"]
    assert questions(rounds, as_csv(table)) == [
        "The question “How much do you trust them?” has no column. Was it left out of the form on purpose?"
    ]
    decided = Decisions(columns={"How much do you trust your partners?": "trust"})
    assert survey_map.read_map("map.toml", survey_map.written(decided).encode()) == decided
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(table), decided))
    assert Counter(rounds.sheets.answers("autumn")) == expected()


def test_what_was_not_in_the_form_counts_as_unanswered(rounds: Rounds) -> None:
    at = google()[0].index("How much do you trust them?")
    table = [row[:at] + row[at + 1 :] for row in google()]
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(table), Decisions(not_asked=("trust",))))
    assert Counter(rounds.sheets.answers("autumn")) == expected(without=["trust"])


def test_numbers_that_could_be_values_or_places_are_asked_about(tmp_path: Path) -> None:
    from_nought = SMALL.replace("value = 1", "value = 0").replace("value = 2", "value = 1").replace("= 3,", "= 2,")
    small = edition(parse("small.toml", from_nought.encode()))
    one = Round(id="autumn", key=new_key(), title="A", questionnaire=small.sha256, invited={"board": 6, "staff": 9})

    def asked(cells: Sequence[str], decisions: Decisions = NONE) -> list[survey_columns.Undecided]:
        export = read_export("answers", as_csv([["begin", "late", "group"], *[[cell, "", "staff"] for cell in cells]]))
        with create(tmp_path / "ours.selfassess", "shared") as project:
            rounds = Rounds(project)
            rounds.add(one, small)
            rounds.open("autumn")
            found = list(desk_for(rounds, "autumn", export, decisions, None).undecided())
        (tmp_path / "ours.selfassess").unlink()
        return found

    assert not asked("012")
    assert not asked("123")
    (found,) = asked("12")
    assert found.question.startswith(
        "On the scale “agree” the answers are numbers. Do they mean 0 for “No”, 1 for “Partly”, 2 for “Yes”?"
    )
    assert found.no is not None
    assert (found.yes.scales, found.no.scales) == ({"agree": "values"}, {"agree": "positions"})
    assert not asked("12", found.yes)


def test_a_number_that_is_no_value_is_a_place(rounds: Rounds) -> None:
    people = [one for one in PEOPLE if one.said["begin"] != 9]
    table = plain(people)
    assert questions(rounds, as_csv(table)) == []  # 1, 2 and 3 are at their own places
    at = table[0].index("begin")
    for row in table[1:]:
        row[at] = {1: 1, 2: 2, 3: 4}[int(str(row[at]))]
    intake = prepared(rounds, as_csv(table))  # 4 can only be a place: the last point, which has the value 9
    assert [row.sheet.answers[0] for row in intake.rows] == ["0", "~", "1"]


def test_a_form_with_a_page_for_each_group_has_a_question_in_two_columns(rounds: Rounds) -> None:
    table = google()
    at = table[0].index("How is it? [Meetings begin on the hour.]")
    table[0].append("Team meetings begin on the hour.")
    for row, person in zip(table[1:], PEOPLE, strict=True):
        row.append(row[at] if person.group == "staff" else "")
        row[at] = "" if person.group == "staff" else row[at]
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(table)))
    assert Counter(rounds.sheets.answers("autumn")) == expected()


def test_answers_in_another_language_can_be_decided(rounds: Rounds) -> None:
    table = [[{"No": "Nein", "Partly": "Teils", "Yes": "Ja"}.get(str(cell), cell) for cell in row] for row in google()]
    told = wrong(rounds, as_csv(table))
    assert "answers: error: begin: “Nein” is not an answer to this question: D2." in told
    assert "answers: error: seat and begin: “Teils” is not an answer to these 2 questions: F2 and D4." in told
    assert "The answers are No, Partly, Yes or We have none." in told
    assert 'below [answers.agree]: "Teils" = its value.' in told
    decided = Decisions(answers={"agree": {"Nein": 1, "Teils": 2, "Ja": 3}})
    assert survey_map.read_map("map.toml", survey_map.written(decided).encode()) == decided
    survey_intake.take_in(rounds, PAPER, prepared(rounds, as_csv(table), decided))
    assert Counter(rounds.sheets.answers("autumn")) == expected()


def test_a_group_or_an_answer_that_is_nearly_one_is_asked_about_and_the_decision_keeps(rounds: Rounds) -> None:
    slips = {"Board members": "Bord members", "Partly": "Partley", "Staff": "staff"}
    table = [[slips.get(str(cell), cell) for cell in row] for row in google()]
    assert questions(rounds, as_csv(table)) == [
        "Column C says “Bord members”. Is that the group “Board members”?",
        "Column D says “Partley”. Does that mean “Partly”?",
    ]
    desk = desk_for(rounds, "autumn", read_export("answers", as_csv(table)), NONE, None)
    while found := desk.undecided():
        with pytest.raises(ResponsesError, match="Nothing was taken in") as caught:
            desk.after(found[0], is_so=False)
        assert "In the --map file, write below [" in caught.value.hint
        desk = desk.after(found[0], is_so=True)
    assert desk.decisions == Decisions(groups={"Bord members": "board"}, answers={"agree": {"Partley": 2}})
    assert survey_map.read_map("map.toml", survey_map.written(desk.decisions).encode()) == desk.decisions
    survey_intake.take_in(rounds, PAPER, desk.intake())
    assert Counter(rounds.sheets.answers("autumn")) == expected()


def test_a_formula_or_a_word_of_another_language_is_not_near(rounds: Rounds) -> None:
    for cell in (
        "=Partly",
        "Teilweise",
        "No, never, not once in all these years that we have been meeting here, truly",
    ):
        table = [[cell if one == "Partly" else one for one in row] for row in google()]
        assert questions(rounds, as_csv(table)) == []


# What bad input gets


def changed(table: Table, row: int, heading: str, cell: object) -> Table:
    found = [list(one) for one in table]
    found[row][found[0].index(heading)] = cell
    return found


def unpacking_to(size: int) -> bytes:
    """A workbook that takes so many bytes once it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return out.getvalue()


TRUST, BEGIN = "How much do you trust them?", "Meetings\xa0begin on the hour."
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "answers is empty."),
    "headings alone": (lambda: as_csv(google()[:1]), "answers has headings and no answers."),
    "not text": (lambda: "Ä".encode("latin-1") + as_csv(google()), "answers is not UTF-8 text."),
    "a quotation mark too many": (lambda: as_csv(google()) + b'"', "a quotation mark is opened and not closed."),
    "a cell too many": (
        lambda: as_csv([*google(), [*google()[1], "x"]]),
        "answers, row 6: it has 12 cells, and the row of headings has 11.\nLook for a comma",
    ),
    "a title above the headings": (
        lambda: as_workbook([["Our survey"], *google()]),
        "row of headings has 1.\nIf a title stands above the headings, delete its row.",
    ),
    "another file": (lambda: as_csv([["a", "b"], [1, 2]]), "no column that answers a question of this round"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "has a password, or is an old workbook"),
    "broken": (lambda: as_workbook(google())[:-300], "is not a workbook we can read."),
    "two rows of headings": (
        lambda: as_csv([google()[0], [f"Part {at}" for at, _ in enumerate(google()[0])], *google()[1:]]),
        "answers, row 2: this looks like a second row of headings",
    ),
    "merged cells": (lambda: as_workbook(google(), "D3:D4"), "has merged cells down to row 4"),
    "an answer off the scale": (
        lambda: as_workbook(changed(microsoft(), 2, TRUST.replace(" ", "\xa0", 1), 11)),
        "“11” is not an answer to this question: M3.",
    ),
    "an answer between two": (lambda: as_csv(changed(plain(), 2, "trust", "3.5")), "“3.5” is not an answer to"),
    "two answers": (lambda: as_csv(changed(plain(), 2, "trust", "3-5")), "“3-5” is not an answer to"),
    "a formula": (
        lambda: as_workbook(changed(microsoft(), 2, BEGIN, "=1+2")),
        "“=1+2” is a formula: G3. [value-off-scale]\n    Write the answer itself into the cell.",
    ),
    "a formula in a table": (
        lambda: as_csv(changed(google(), 2, "How is it? [Meetings begin on the hour.]", "=1+2")),
        "“=1+2” is a formula: D3. [value-off-scale]\n    Write the answer itself into the cell.",
    ),
    "another language": (
        lambda: as_csv([["Ja" if cell == "Yes" else cell for cell in row] for row in google()]),
        "“Ja” is not an answer to",
    ),
    "one question twice": (
        lambda: as_csv([[*row, row[-2]] for row in google()]),
        "is answered twice: in the columns J and L, in rows 2, 3 and 5.",
    ),
    "one person twice, by the id": (
        lambda: as_workbook(changed(microsoft(), 2, "ID", 1)), "Rows 2 and 3 have the same in column A, “ID”"
    ),
    "one person twice, by the address": (
        lambda: as_csv(changed(google(), 4, "Email Address", "P0@example.org")),
        "Rows 2 and 5 have the same in column B, “Email Address”: they are one person's.",
    ),
    "a row without an id": (lambda: as_workbook(changed(microsoft(), 2, "ID", "")), "The row has no id."),
    "a row without a group": (lambda: as_csv(changed(plain(), 2, "group", "")), "The row does not say which group."),
    "too many rows": (
        lambda: as_csv([["begin"], *[["1"]] * (MOST_ROWS + 80_000)]), f"has more than {MOST_ROWS:,} rows"
    ),
    "a row too many": (lambda: as_csv([["begin"], *[["1"]] * (MOST_ROWS + 1)]), f"has more than {MOST_ROWS:,} rows"),
    "too large": (lambda: unpacking_to(LARGEST + 1), "holds more than 50 MB. Nothing was taken in.\nCheck that this"),
}  # fmt: skip  # in few lines


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_clear_sentence_and_nothing_comes_in(rounds: Rounds, name: str) -> None:
    content, words = BAD[name]
    told = wrong(rounds, content())
    assert words in told
    assert "example.org" not in told


@pytest.mark.slow
def test_a_file_may_be_hit_anywhere_and_no_error_is_our_own(rounds: Rounds) -> None:
    files = ((as_workbook(microsoft()), 61), (as_csv(google()), 7), (as_csv(surveymonkey(), ";", "utf-16"), 31))
    for whole, step in files:
        for at in range(0, len(whole), step):
            with suppress(ResponsesError):
                export = read_export("answers", whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
                desk = desk_for(rounds, "autumn", export, NONE, None)
                if not desk.undecided():
                    desk.intake()


def test_all_that_is_wrong_is_said_at_once(rounds: Rounds) -> None:
    table = changed(changed(plain(), 1, "begin", "often"), 3, "group", "chairs")
    told = wrong(rounds, as_csv(table))
    assert "answers has 2 problems; nothing was taken in." in told


def test_an_answer_that_was_not_asked_is_left_out_and_told(rounds: Rounds) -> None:
    intake = prepared(rounds, as_csv(changed(plain(), 3, "seat", "1")))
    assert intake.not_asked == 1
    assert "Left out because these people are not asked the question: 1 answer." in list(
        survey_intake.told(PAPER, intake, has_consent=True)
    )


def test_a_map_that_does_not_fit_is_told(rounds: Rounds) -> None:
    for content in (
        "columns = 3",
        "[scales]\nagree = 'both'",
        "other = 1",
        "not_asked = [1]",
        "[[",
        "[answers]\na = 1",
    ):
        with pytest.raises(ResponsesError, match=r"map\.toml"):
            survey_map.read_map("map.toml", content.encode())
    decided = Decisions(columns={"x": "trusts"}, groups={"y": "chairs"}, answers={"agree": {"z": 5}})
    told = wrong(rounds, as_csv(google()), decided)
    assert "There is no “trusts” in this questionnaire." in told
    assert "Did you mean “trust”?" in told
    assert "There is no “chairs” in this questionnaire." in told
    assert "“z” is to mean 5, which is not on the scale." in told


def test_a_heading_can_hold_anything_and_comes_back_from_the_map() -> None:
    decided = Decisions(
        columns={'a "quoted" \\ heading = [x] # y': "trust", "Ünïcödé…\x7f": "left out"}, scales={"agree": "positions"},
        groups={"Vorstand": "board"}, answers={"agree": {"Teils, teils": 2.5}}, not_asked=("trust", "often"),
    )  # fmt: skip  # in few lines
    assert survey_map.read_map("map.toml", survey_map.written(decided).encode()) == decided


def test_no_admission_code_is_needed_and_that_is_told(rounds: Rounds) -> None:
    one = Round(id="coded", key=new_key(), title="C", questionnaire=PAPER.sha256, invited={"board": 6, "staff": 9},
                rules=Rules(codes=True))  # fmt: skip  # in few lines
    rounds.add(one, PAPER)
    rounds.open("coded")
    export = read_export("answers", as_csv(google()))
    columns = survey_columns.understand(export, one, PAPER, Decisions(), None)
    intake = survey_intake.prepare(rounds, rounds.get("coded"), PAPER, export, columns, Decisions(), None)
    assert any("would count twice" in line for line in survey_intake.told(PAPER, intake, has_consent=False))
    survey_intake.take_in(rounds, PAPER, intake)
    assert len(list(rounds.sheets.answers("coded"))) == len(PEOPLE)


def test_a_code_of_peoples_own_is_found_again_in_the_next_round(rounds: Rounds) -> None:
    keys = []
    for id in ("first", "second"):
        one = Round(
            id=id,
            key=new_key(),
            title=id,
            questionnaire=PAPER.sha256,
            invited={"board": 6, "staff": 9},
            rules=Rules(matching=True),
        )
        rounds.add(one, PAPER)
        rounds.open(id)
        table = google()
        table[0][0] = OWN_CODE_HEADING
        for row, code in zip(table[1:], ("Blue 7", "", "--", "tree")[:: 1 if id == "first" else -1], strict=True):
            row[0] = code
        export = read_export("answers", as_csv(table))
        columns = survey_columns.understand(export, one, PAPER, NONE, None)
        survey_intake.take_in(
            rounds, PAPER, survey_intake.prepare(rounds, rounds.get(id), PAPER, export, columns, NONE, None)
        )
        keys.append({key for _, _, key in rounds.sheets.matched_answers(id) if key})
    assert keys[0] == keys[1]
    assert len(keys[0]) == 2


def test_headings_in_the_words_of_the_round_are_known() -> None:
    known = known_headings()["columns"]
    assert flat(CONSENT_HEADING) in known["consent"]
    assert flat(OWN_CODE_HEADING) in known["code"]
    assert {flat(words) for words in (YES, NO)} <= {
        *known_headings()["answers"]["yes"], *known_headings()["answers"]["no"]
    }  # fmt: skip  # in few lines
    for table in known_headings().values():
        for words in table.values():
            assert [flat(one) for one in words] == list(words)


def test_which_round_is_meant(rounds: Rounds) -> None:
    assert survey_intake.round_for(rounds, None).id == "autumn"
    rounds.add(Round(id="next", key=new_key(), title="N", questionnaire=PAPER.sha256, invited={"board": 6}), PAPER)
    assert survey_intake.round_for(rounds, None).id == "autumn"
    with pytest.raises(UsageError, match="is not open yet"):
        survey_intake.round_for(rounds, "next")
    rounds.open("next")
    with pytest.raises(UsageError, match="Say which round"):
        survey_intake.round_for(rounds, None)
    rounds.close("next")
    with pytest.raises(UsageError, match="is closed"):
        survey_intake.round_for(rounds, "next")
