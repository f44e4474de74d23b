"""Nothing is told of several people that is not on the list of docs/privacy.md, and decided about."""

import dataclasses
import re
import typing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from selfassess.disclosure import release
from selfassess.disclosure.release import OF_ITEM, OF_NODE
from selfassess.model.comparison import Comparison
from selfassess.model.coverage import StockTake
from selfassess.model.questionnaire import Table
from selfassess.model.results import Figure, Summary
from selfassess.model.versions import Comparability
from tests.disclosure.test_attack_printed import printed, shipped_round

LIST = Path(__file__).parents[2] / "docs/privacy.md"
HOLDS_OTHERS = {"all", "overall", "strands", "parts", "nodes", "cells", "rounds", "attendance", "groups"}
"""What has figures in it, each of which is on the list."""
HOW_FINE = {"decimals"}
"""How precisely a figure is told."""


def told_of_several() -> dict[type, list[str]]:
    """Everything that a report or comparison can have in it, by where it stands."""
    found: dict[type, list[str]] = {}

    def walk(kind: Any) -> None:
        for one in typing.get_args(kind):
            walk(one)
        # How two versions of a questionnaire differ is nobody's answer, nor is what one asks.
        is_told = isinstance(kind, type) and kind not in (*found, Comparability) and not issubclass(kind, Table)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type) and is_told:
            found[kind] = [one.name for one in dataclasses.fields(kind)]
            for one in typing.get_type_hints(kind).values():
                walk(one)

    walk(Summary)
    walk(Comparison)
    walk(StockTake)
    return found


def on_the_list() -> set[str]:
    _, _, after = LIST.read_text(encoding="utf-8").partition("## What each figure tells")
    table = after.partition("\n## ")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row[4])}


def test_every_figure_that_is_told_is_on_the_list() -> None:
    told = {name for names in told_of_several().values() for name in names}
    assert told - on_the_list() - HOLDS_OTHERS - HOW_FINE == set()


def test_nothing_is_on_the_list_that_is_not_there() -> None:
    told = {name for names in told_of_several().values() for name in names}
    assert on_the_list() - told == set()


def test_of_every_figure_of_a_node_or_item_it_is_decided_whether_it_is_shown() -> None:
    assert {one.name for one in dataclasses.fields(Figure)} == {*OF_NODE, *OF_ITEM}


def test_a_figure_that_nobody_decides_about_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    one = shipped_round(Random(1))
    assert printed(one)
    monkeypatch.setattr(release, "OF_NODE", {name: of for name, of in OF_NODE.items() if name != "mean"})
    with pytest.raises(KeyError, match="mean"):
        printed(one)
