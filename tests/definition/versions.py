"""A questionnaire made in a table, and later versions of it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from selfassess.definition.checks import checks
from selfassess.definition.shape_errors import misfits
from selfassess.definition.tables import build
from selfassess.model.questionnaire import Questionnaire

Table = dict[str, Any]

TEXTS = {
    "aims": {
        "aims_say": "I could tell a neighbour what we are trying to change.",
        "aims_same": "The people I meet describe our purpose the way I would.",
        "aims_needs": "I know which needs of local families were chosen.",
    },
    "roles": {
        "roles_known": "I know who does what around here.",
        "roles_own": "My own part was agreed with me beforehand.",
        "roles_time": "There are enough hours in my week for it.",
    },
    "meet": {
        "meet_start": "Our gatherings begin on schedule.",
        "meet_heard": "Everyone gets listened to when opinions differ.",
    },
}
"""The items by their benchmark."""

AGREE = {
    "points": [
        {"value": 1, "label": "Disagree"},
        {"value": 2, "label": "Neither"},
        {"value": 3, "label": "Agree"},
    ],
    "dont_know": "Don't know",
}


def benchmark(id: str) -> Table:
    items = [{"id": name, "text": text} for name, text in TEXTS[id].items()]
    return {"id": id, "title": f"The benchmark {id}", "items": items}


def table() -> Table:
    """Two strands: one of two benchmarks with three items each, one of a benchmark with two."""
    return {
        "format": 1,
        "id": "ours",
        "version": "1",
        "title": "How well do we work together?",
        "scale": "agree",
        "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
        "scales": {
            "agree": deepcopy(AGREE),
            "often": {"points": [{"value": 0, "label": "Never"}, {"value": 1, "label": "Always"}]},
        },
        "strands": [
            {"id": "lead", "title": "Leading", "benchmarks": [benchmark("aims"), benchmark("roles")]},
            {"id": "work", "title": "Working", "benchmarks": [benchmark("meet")]},
        ],
    }


def found(whole: Table, id: str) -> Table:
    """The table with that id."""
    for strand in whole["strands"]:
        for part in (strand, *strand["benchmarks"]):
            if part["id"] == id:
                return part
            for item in part.get("items", []):
                if item["id"] == id:
                    return item
    raise KeyError(id)


def every_item(whole: Table) -> list[Table]:
    return [item for strand in whole["strands"] for node in strand["benchmarks"] for item in node["items"]]


def made(edit: Callable[[Table], object] | None = None, *, also: Mapping[str, Any] | None = None) -> Questionnaire:
    """The questionnaire, edited; sound, or the test is wrong."""
    whole = {**table(), **(also or {})}
    if edit:
        edit(whole)
    assert not [*misfits(whole)]
    questionnaire = build(whole)
    assert [one for one in checks(questionnaire) if one.severity == "error"] == []
    return questionnaire


def setting(id: str, /, **keys: Any) -> Callable[[Table], object]:
    """An edit: other keys of the part with that id."""
    return lambda whole: found(whole, id).update(keys)
