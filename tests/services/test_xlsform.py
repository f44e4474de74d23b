"""A questionnaire from an XLSForm."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.documents.survey_tools.questions import Asked
from selfassess.documents.survey_tools.xlsform import to_xlsform
from selfassess.errors import QuestionnaireError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.services.xlsform import from_xlsform

SURVEY = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "hint", "relevant"],
    ["start", "started", "", "", "", ""],
    ["note", "hello", "Welcome", "", "", ""],
    ["select_one agree", "Trust us", "We trust each other", "Confiance", "Think of a year.", ""],
    ["begin group", "meeting", "Meetings", "", "", ""],
    ["select_one agree", "trust_us", "We meet often", "", "", "${x} > 2"],
    ["begin_repeat", "inner", "Inside", "", "", ""],
    ["select_multiple place", "where", "Where do you meet?", "", "", ""],
    ["end_repeat", "", "", "", "", ""],
    ["image", "photo", "A picture of the room", "", "", ""],
    ["integer", "years", "For how many years?", "", "", ""],
    ["end group", "", "", "", "", ""],
    ["text", "well", 'What "works"?', "", "", ""],
    ["select_one gone", "gone", "A list that is not there", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)"],
    ["agree", "3", "Yes"],
    ["agree", "2", "Partly"],
    ["agree", "1", "No"],
    ["agree", "dk", "Can't say"],
    ["place", "school", "School"],
    ["place", "clinic", "Clinic"],
]


def workbook(**sheets: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def read(toml: str) -> Questionnaire:
    return edition(parse("form.toml", toml.encode())).questionnaire


def test_what_went_out_comes_back(shipped: Edition, skills: Edition) -> None:
    for before in (shipped.questionnaire, skills.questionnaire):
        content = to_xlsform(Asked(before, None, "full")).content
        assert isinstance(content, bytes)
        imported = from_xlsform("form.xlsx", content)
        after = read(imported.toml)
        assert (after.id, after.title, after.version) == (before.id, before.title, before.version)
        assert after.groups == tuple(type(one)(id=one.id, title=one.title) for one in before.groups)
        assert [strand.title for strand in after.strands] == [strand.title for strand in before.strands]
        assert len(after.items) == len(before.items)
        for item in after.items:
            old = before.item(item.id)
            assert (item.groups, item.kind, item.help) == (old.groups, old.kind, old.help)
            if item.has_points:
                assert [one.label for one in after.scale_of(item).points] == [
                    one.label for one in before.scale_of(old).points
                ]
                assert after.scale_of(item).values == before.scale_of(old).values
                assert after.scale_of(item).dont_know == before.scale_of(old).dont_know
                assert after.scale_of(item).not_applicable == before.scale_of(old).not_applicable
        assert len(imported.told) == 1


def test_a_form_of_any_kind_is_taken_over_as_far_as_it_goes() -> None:
    imported = from_xlsform("Our form.xlsx", workbook(survey=SURVEY, choices=CHOICES))
    made = read(imported.toml)
    assert (made.id, made.title) == ("our_form", "Our form")
    assert [strand.title for strand in made.strands] == ["Questions", "Meetings", "Questions"]
    assert [(item.id, item.kind, item.text) for item in made.items] == [
        ("trust_us", "choice", "We trust each other"),
        ("trust_us_2", "choice", "We meet often"),
        ("where", "many", "Where do you meet?"),
        ("years", "number", "For how many years?"),
        ("well", "text", 'What "works"?'),
    ]
    assert made.items[0].help == "Think of a year."
    assert made.scales["agree"].values == (3, 2, 1)
    assert made.scales["agree"].dont_know == "Can't say"
    assert made.scales["place"].values == (1, 2)
    assert imported.told == (
        "“A picture of the room” is left out, because it can't be asked here.",
        "“A list that is not there” is left out, because it can't be asked here.",
        "The condition of “We meet often” is left out. Write it as show_if: ${x} > 2",
        "The choices of “place” are valued 1, 2, 3 …, as their names are not numbers that rise or fall.",
        "5 questions taken over. Look at the values of the scales, and add what is missing.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no workbook", "form.xlsx is not a workbook we can read."),
        (workbook(survey=[["a", "b"], ["1", "2"]]), "is not an XLSForm"),
        (workbook(survey=[]), "is not an XLSForm"),
        (workbook(survey=[["type", "name", "label"], ["note", "hello", "Hello"]]), "No question of form.xlsx"),
        (workbook(survey=[["type", "name"], ["select_one x", "hello"]], choices=[["list_name"]]), "No question of"),
    ],
)
def test_what_is_no_form_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(QuestionnaireError, match=told):
        from_xlsform("form.xlsx", content)
