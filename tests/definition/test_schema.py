"""The JSON Schema knows every key, says what each is for, and takes what the program takes."""

import json
from copy import deepcopy
from typing import Any

import pytest
import tomli
from jsonschema import Draft202012Validator

from selfassess.definition.json_schema import key_docs, schema, tables, written
from selfassess.definition.library import find
from selfassess.definition.schema_file import schema_text
from selfassess.definition.shape_errors import keys_of, misfits
from selfassess.definition.starter import template
from selfassess.model.questionnaire import Benchmark, Item, Overall, Questionnaire, Skill, Strand

SOUND: dict[str, Any] = {
    "format": 1,
    "id": "q",
    "version": "1",
    "title": "Q",
    "scales": {"agree": {"points": [{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}]}},
    "strands": [{"id": "s", "title": "S", "items": [{"id": "i", "text": "It is so."}]}],
}

WHOLE = schema()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(WHOLE)


def properties(name: str) -> dict[str, Any]:
    return WHOLE["properties"] if name == "Questionnaire" else WHOLE["$defs"][name]["properties"]


def test_it_is_a_schema_and_can_be_written_as_json() -> None:
    Draft202012Validator.check_schema(WHOLE)
    assert json.loads(json.dumps(WHOLE)) == WHOLE
    assert WHOLE["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert WHOLE["title"] == "A selfassess questionnaire"
    assert "$id" not in WHOLE


def test_the_file_that_is_handed_out_is_up_to_date() -> None:
    assert schema_text() == written(), "write it again: python docs/make.py"


@pytest.mark.parametrize("name", ["partnership", "skills", "template"])
def test_what_passes_check_fits_it(validator: Draft202012Validator, name: str) -> None:
    text = template("ours") if name == "template" else find(name).read_text(encoding="utf-8")
    assert [error.message for error in validator.iter_errors(tomli.loads(text))] == []


def test_it_has_every_key_of_every_table_and_no_other() -> None:
    assert {kind.__name__ for kind in tables()} == {"Questionnaire", *WHOLE["$defs"]}
    for kind in tables():
        assert set(properties(kind.__name__)) == set(keys_of(kind))


def test_every_key_has_a_sentence_and_so_has_every_table() -> None:
    for kind in tables():
        docs = key_docs(kind)
        assert list(docs) == list(keys_of(kind))
        for key, text in docs.items():
            assert properties(kind.__name__)[key]["description"] == text
            assert text[0].isupper() or text[0] == '"'
            assert text.endswith(".")
    assert all(part["description"] for part in WHOLE["$defs"].values())


def test_a_key_says_what_its_docstring_says_and_so_does_an_inherited_one() -> None:
    assert key_docs(Item)["help"] == "A line that explains the item, shown on request."
    assert key_docs(Strand)["method"] == key_docs(Overall)["method"]
    assert key_docs(Overall)["from"].startswith("What it is made from: ")


def test_words_that_a_key_can_hold_are_listed() -> None:
    assert properties("Item")["kind"]["enum"] == ["choice", "many", "number", "text"]
    assert properties("Strand")["method"]["enum"] == ["mean", "sum", "min", "ladder", "none"]
    assert properties("Action")["when"]["enum"] == ["gap", "split", "difference"]
    assert properties("Item")["about"]["enum"] == ["self", "partnership"]
    assert properties("Item")["dont_know"]["anyOf"] == [{"type": "string"}, {"const": False, "type": "boolean"}]


def test_there_is_no_null_as_toml_has_none() -> None:
    assert "null" not in json.dumps(WHOLE)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        (("titel",), "Q"),
        (("format",), 2),
        (("id",), "Our Questionnaire"),
        (("skills_from",), "../skills"),
        (("strands",), []),
        (("strands", 0, "items", 0, "id"), "1st"),
        (("strands", 0, "items", 0, "kind"), "choose"),
        (("strands", 0, "items", 0, "groups"), "board"),
        (("strands", 0, "items", 0, "weight"), 0),
        (("strands", 0, "items", 0, "level"), 0),
        (("strands", 0, "items", 0, "dont_know"), True),
        (("strands", 0, "min_answered"), 50),
        (("strands", 0, "decimals"), 7),
        (("strands", 0, "targets"), {"board": "80"}),
        (("scales", "agree", "points"), [{"value": 1, "label": "No"}]),
        (("scales", "I agree"), {"points": [{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}]}),
        (("scoring",), {"mehtod": "mean"}),
    ],
)
def test_what_an_editor_can_see_is_marked(validator: Draft202012Validator, way: tuple[Any, ...], value: Any) -> None:
    assert validator.is_valid(SOUND)
    table: Any = deepcopy(SOUND)
    holder = table
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = value
    assert not validator.is_valid(table)


def test_whatever_pydantic_refuses_the_schema_refuses(validator: Draft202012Validator) -> None:
    wrong: list[Any] = [5, "x", True, [], {}, [5], {"x": 5}, 2.5]
    for kind, way in {Item: ("strands", 0, "items", 0), Strand: ("strands", 0), Questionnaire: ()}.items():
        for key in keys_of(kind):
            for value in wrong:
                table: Any = deepcopy(SOUND)
                holder = table
                for step in way:
                    holder = holder[step]
                holder[key] = value
                assert not validator.is_valid(table) or not list(misfits(table)), (key, value)


def test_a_skill_has_the_keys_of_a_benchmark_and_some_of_its_own() -> None:
    assert set(properties("Skill")) - set(properties("Benchmark")) == {"need", "at_least", "shown_from"}
    assert set(properties("Benchmark")) < set(properties("Skill"))
    assert {Benchmark, Skill} <= set(tables())
