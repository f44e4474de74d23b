"""A questionnaire in the formats of other programs: read by these, where they can be had, and by what they document."""

import csv
import io
import json
import operator
import random
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.documents.survey_tools import forms, limesurvey, surveyjs, xlsform
from selfassess.documents.survey_tools.conditions import NEVER, Earlier, Fact, Joined, Truth, translated
from selfassess.documents.survey_tools.questions import DONT_KNOW, GROUP, NOT_APPLICABLE, Asked
from selfassess.model.conditions import All, Compare, Condition, Either, Not, holds
from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.routing import asked_items as asked_of
from selfassess.model.sheet import Missing, Response
from selfassess.numbers import figures

HERE = Path(__file__).parent
SIGNS = {"<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt}
MISSING = {Missing.DONT_KNOW: DONT_KNOW, Missing.NOT_APPLICABLE: NOT_APPLICABLE}


@pytest.fixture(scope="module")
def everything() -> Questionnaire:
    return read(HERE / "everything_asked.toml").questionnaire


@pytest.fixture(scope="module")
def whole(everything: Questionnaire) -> Asked:
    """Everybody is asked, in the whole form."""
    return Asked(everything, None, "full")


# Conditions

CHOICE = Item(id="choice", text="", scale="s")
MANY = Item(id="many", text="", kind="many", scale="s")
NUMBER = Item(id="number", text="", kind="number")
POINTS = (1.0, 2.0, 3.0)
EARLIER = {"choice": Earlier(CHOICE, POINTS), "many": Earlier(MANY, POINTS), "number": Earlier(NUMBER, ())}

numbers = st.sampled_from([0.0, 1.0, 2.0, 2.5, 3.0, 4.0])
comparison = st.one_of(
    st.builds(Compare, st.sampled_from(["choice", "number", "elsewhere"]), st.sampled_from(list(SIGNS)), numbers),
    st.builds(Compare, st.just("many"), st.just("has"), st.sampled_from(POINTS)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparison,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.builds(All, st.lists(part, min_size=2, max_size=3).map(tuple)),
        st.builds(Either, st.lists(part, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
missing = st.sampled_from([Missing.SKIPPED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE])
responses = st.fixed_dictionaries(
    {
        "choice": missing | st.sampled_from(POINTS),
        "many": missing | st.lists(st.sampled_from(POINTS), unique=True, min_size=1).map(sorted).map(tuple),
        "number": missing | numbers,
    }
)


def is_true(truth: Truth, given: Mapping[str, Response]) -> bool:
    """As a program has it that knows true and false alone."""
    match truth:
        case Joined(word, parts):
            return (all if word == "and" else any)(is_true(part, given) for part in parts)
        case Fact(of, id, value, sign):
            response = given.get(id)
            chosen = response if isinstance(response, tuple) else ()
            match of:
                case "picked":
                    return isinstance(response, float) and figures(response) == value
                case "ticked":
                    return value in map(figures, chosen)
                case "not ticked":
                    return value not in map(figures, chosen)
                case "number":
                    return isinstance(response, float) and bool(SIGNS[sign](response, float(value)))


@given(conditions, responses)
def test_a_condition_is_true_where_ours_is(condition: Condition, given: dict[str, Response]) -> None:
    assert is_true(translated(condition, EARLIER), given) == holds(condition, given)


def test_what_cannot_be_true_is_not_asked(everything: Questionnaire) -> None:
    never = Compare("elsewhere", "==", 1)
    assert translated(never, EARLIER) == translated(Not(never), EARLIER) == NEVER
    assert translated(Compare("choice", ">", 3), EARLIER) == NEVER
    assert "of_staff" not in Asked(everything, "board", "full").conditions
    assert "of_staff" in Asked(everything, "staff", "full").conditions


def test_a_group_has_its_own_words_and_is_not_asked_which_it_is(everything: Questionnaire, whole: Asked) -> None:
    staff = Asked(everything, "staff", "full")
    item = everything.item("begin")
    assert (staff.groups, staff.words(item)) == ((), "Our meetings begin on the hour.")
    assert whole.words(item) == item.text
    assert whole.words(everything.item("change")) == "Is it more than before?"


def test_a_group_that_takes_no_part_is_not_offered_and_nor_is_what_it_alone_is_asked(everything: Questionnaire) -> None:
    some = Asked(everything, None, "full", frozenset({"staff"}))
    assert [one.code for one in some.groups] == [group.id for group in everything.groups if group.id != "staff"]
    assert "of_staff" not in some.conditions
    assert "begin" in some.conditions


def test_the_short_form_has_what_is_short_and_open_questions(everything: Questionnaire) -> None:
    assert [item.id for item in Asked(everything, "board", "short").items] == ["begin", "well", "hard"]


def test_what_is_lost_is_told(whole: Asked) -> None:
    one, two, still, three = whole.told()
    assert still == "People who write about a barrier are not asked whether it is still the case."
    assert one.startswith("1 question has other words for some groups.")
    assert two == "2 places to add a comment are left out."
    assert three.endswith(": For how many years?")


# XLSForm


@pytest.mark.slow
@pytest.mark.parametrize("name", ["everything", "partnership", "skills"])
@pytest.mark.parametrize("form", ["full", "short"])
def test_pyxform_reads_it(everything: Questionnaire, name: str, form: str) -> None:
    questionnaire = everything if name == "everything" else read(find(name)).questionnaire
    for group in (None, *(group.id for group in questionnaire.groups)):
        asked = Asked(questionnaire, group, "full" if form == "full" else "short")
        content = xlsform.to_xlsform(asked).content
        assert isinstance(content, bytes)
        read_back = convert(content, validate=False)
        assert not read_back.warnings
        names = re.findall(r'<bind nodeset="/data/(?:\w+/)?(\w+)"', read_back.xform)
        assert [id for id in names if id not in (GROUP, "instanceID")] == [item.id for item in asked.items]


def test_an_xlsform_has_conditions_limits_and_own_answers(whole: Asked) -> None:
    content = xlsform.to_xlsform(whole).content
    assert isinstance(content, bytes)
    form = convert(content, validate=False).xform
    binds = dict(re.findall(r'<bind nodeset="/data/(?:\w+/)?([\w-]+)"([^>]*)/>', form))
    assert 'required="true()"' in binds["group"]
    assert 'required="false()"' in binds["begin"]
    assert "/data/group  = 'staff'" in binds["change"]
    assert "not(selected( /data/one/where_met , '2'))" in binds["clinic"]
    assert "/data/one/years_with_partners_now  != ''" in binds["school"]
    assert '. &gt;= 0 and . &lt;= 50"' in binds["years_with_partners_now"]
    assert "A number from 0 to 50." in binds["years_with_partners_now"]
    assert "count-selected(.) &gt; 1" in binds["where_met"]
    assert "<name>dk</name><label>No idea</label>" in form
    assert "$ {price}" in form


def test_no_words_of_a_questionnaire_are_taken_for_a_reference(whole: Asked) -> None:
    def with_one(words: str) -> str:
        return f"{words} ${{begin}}"

    questionnaire = whole.questionnaire
    groups = tuple(replace(one, title=with_one(one.title)) for one in questionnaire.groups)
    asked = replace(whole, questionnaire=replace(questionnaire, title=with_one(questionnaire.title), groups=groups))
    content = xlsform.to_xlsform(asked).content
    assert isinstance(content, bytes)
    form = convert(content, validate=False).xform
    assert form.count("$ {begin}") == 1 + len(groups)


# SurveyJS


@pytest.fixture(scope="session")
def survey_core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of SurveyJS."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    done = subprocess.run([npm, "install", "survey-core@2"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("npm could not install survey-core")
    return folder / "package.json"


def answer(questionnaire: Questionnaire, item: Item, chance: random.Random) -> Response:
    if item.is_in_words:
        return Missing.SKIPPED
    if item.is_typed:
        return chance.choice([Missing.SKIPPED, 0.5, 1.0, 2.0, 7.0])
    values = questionnaire.scale_of(item).values
    if item.takes_several:
        return chance.choice([Missing.SKIPPED, Missing.DONT_KNOW, values[:1], values[1:2], values[:2], values])
    return chance.choice([Missing.SKIPPED, Missing.DONT_KNOW, *values])


def in_json(response: Response) -> str | float | list[str] | None:
    match response:
        case tuple():
            return [figures(value) for value in response]
        case Missing():
            return MISSING.get(response)
        case str():
            return response
    return response


@pytest.mark.slow
def test_surveyjs_asks_what_we_ask(everything: Questionnaire, survey_core: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    people, wanted = [], []
    for turn in range(150):
        group = ("board", "staff")[turn % 2]
        given = {item.id: answer(everything, item, chance) for item in everything.items}
        typed: list[tuple[str, object]] = [(GROUP, group)]
        for item in everything.items:
            said = in_json(given[item.id])
            if said is not None:
                typed.append((item.id, said if not item.is_typed else float(str(said))))
        people.append(typed)
        wanted.append([GROUP, *(item.id for item in asked_of(everything, group, "full", given))])
    survey = json.loads(surveyjs.to_surveyjs(Asked(everything, None, "full")).content)
    file = tmp_path / "survey.json"
    file.write_text(json.dumps({"survey": survey, "answers": people}), encoding="utf-8")
    command = ["node", str(HERE / "evaluate_survey.mjs"), str(survey_core), str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == wanted
    assert len({tuple(one) for one in wanted}) > 8


# LimeSurvey


def survey_rows(asked: Asked) -> list[dict[str, str]]:
    content = limesurvey.to_limesurvey(asked).content
    assert isinstance(content, str)
    return list(csv.DictReader(io.StringIO(content), delimiter="\t"))


@pytest.mark.parametrize("name", ["everything", "partnership", "skills"])
def test_limesurvey_gets_the_structure_that_it_documents(everything: Questionnaire, name: str) -> None:
    questionnaire = everything if name == "everything" else read(find(name)).questionnaire
    asked = Asked(questionnaire, None, "full")
    found = survey_rows(asked)
    order = [row["class"] for row in found]
    assert order == sorted(order, key=lambda one: {"S": 0, "SL": 1}.get(one, 2))
    names = [row["name"] for row in found if row["class"] == "Q"]
    assert len(names) == len({one.lower() for one in names}) == len(asked.items) + 1
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9]{0,19}", one) for one in names)
    assert all(re.fullmatch("[A-Za-z0-9]{1,5}", row["name"]) for row in found if row["class"] in ("A", "SQ"))
    numbered = [row["id"] for row in found if row["class"] in ("G", "Q")]
    assert numbered == [str(place) for place in range(1, len(numbered) + 1)]
    before = ""
    for row in found:
        for named in re.findall(r"([A-Za-z]\w*?)(?:_\w+)?\.NAOK", row["relevance"]):
            assert named in before.split()
        before += f" {row['name']}" if row["class"] == "Q" else ""


def test_limesurvey_gets_conditions_kinds_and_limits(whole: Asked) -> None:
    found = {row["name"]: row for row in survey_rows(whole) if row["class"] in ("S", "SL", "Q")}
    assert found["anonymized"]["text"] == "Y"
    assert found["surveyls_title"]["text"] == "Everything &amp; &lt;more&gt;"
    assert found["change"]["relevance"] == "group.NAOK == 'staff'"
    assert found["ofstaff"]["relevance"] == "change.NAOK == 'A3'"
    assert (
        "wheremet_2.NAOK != 'Y' and (wheremet_1.NAOK == 'Y' or wheremet_3.NAOK == 'Y')" in found["clinic"]["relevance"]
    )
    assert (found["wheremet"]["type/scale"], found["wheremet"]["exclude_all_others"]) == ("M", "dk")
    years = found["yearswithpartnersnow"]
    assert (years["type/scale"], years["min_num_value_n"], years["max_num_value_n"]) == ("N", "0", "50")
    assert found["well"]["type/scale"] == "T"
    assert [found[name]["mandatory"] for name in ("group", "begin")] == ["Y", "N"]
    assert found["begin"]["text"] == "Meetings begin on the hour, for ${ price} or { price}."


# Microsoft Forms and Google Forms


def test_forms_get_a_line_an_answer(whole: Asked) -> None:
    text = forms.to_text(whole).content
    assert isinstance(text, str)
    assert "\n1. Which group are you in?\nBoard\nStaff\n\nPart one\nAbout part one.\n" in text
    assert "\n3. Papers come late.\nNo\n2\nYes\nNo idea\n\n4. " in text
    assert text.endswith("\n11. What works well?\n\n12. What is in your way?\n")


def test_forms_are_set_by_hand_where_they_must_be(whole: Asked) -> None:
    told = forms.to_text(whole).told
    assert told == forms.to_docx(whole).told
    assert "Set up question 6 for several answers." in told
    assert "Let question 4 take a number from 0 to 50." in told
    assert "Question 5 is only for people who answered “2” or “Yes” to question 2. Set this with branching." in told
    assert (
        "Question 9 is only for people who answered (anything but “Clinic” to question 6 and “School” or “Elsewhere” "
        "to question 6) or “More” to question 7. Set this with branching."
    ) in told


def test_a_word_file_for_forms_has_plain_numbered_lines(whole: Asked) -> None:
    content = forms.to_docx(whole).content
    assert isinstance(content, bytes)
    lines: Sequence[str] = [one.text for one in docx.Document(io.BytesIO(content)).paragraphs]
    assert lines[:4] == ["Everything & <more>", "1. Which group are you in?", "A. Board", "B. Staff"]
    place = lines.index("3. Papers come late.")
    assert lines[place : place + 6] == [
        "3. Papers come late.",
        "A. No",
        "B. 2",
        "C. Yes",
        "D. No idea",
        "4. For how many years?",
    ]
    assert lines[-1] == "_" * 40
