"""An attack on what is made of stock-takes: whatever it tells that the stock-takes beside it do not.

Who could learn from whom, learning needs, what the plan leans on, and what was covered then and is now are worked out
here from the stock-takes that the reports print, by what docs/scores.md says, and held against what is printed. That
the stock-takes follow from the rest of their reports is attacked in attack_coverage. It imports nothing of the program.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.disclosure.attack_coverage import untold
from tests.disclosure.printed_skills import Comparison, Occasion, Report, Table

APART = 10
"""By how many points scores are apart that stand in for verdicts."""
SHORT = ("short", "thin", "missing")
Cell = Mapping[str, Any]
NOTHING: Cell = {"verdict": None, "score": None, "coded": None}


def too_much(
    occasions: Sequence[Occasion],
    reports: Sequence[Report],
    comparisons: Sequence[Comparison],
    plan: Mapping[str, Sequence[str]],
) -> list[str]:
    """What is told that does not follow. `plan`: by the id of what is still to be done, the skills that it needs."""
    found = []
    for place, report in enumerate(reports):
        table = occasions[report.round].table
        found += untold(report.data, table)
        found += _unlike("exchanges", report.data["exchanges"], list(exchanges(report.data)))
        found += _unlike("learning", _needs(report.data), needs(report.data, plan))
        before = next((one for one in reversed(reports[:place]) if one.round == report.round - 1), None)
        if before is not None:
            tables = occasions[before.round].table, table
            found += _unlike("since", since_as_printed(report.text), since(tables, (before.data, report.data)))
    for comparison in comparisons:
        sides = [next(one for one in reversed(reports) if one.round == round) for round in comparison.rounds]
        tables = occasions[sides[0].round].table, occasions[sides[1].round].table
        for cell, text in comparison.texts.items():
            expected = then_and_now(tables, (sides[0].data, sides[1].data), cell)
            found += _unlike(f"then and now of {cell}", then_and_now_as_printed(text), expected)
    return found


def _unlike(what: str, printed: object, expected: object) -> Iterator[str]:
    if printed != expected:
        yield f"{what}: {printed}, and {expected} follows"


# Of one round


def exchanges(data: Table) -> Iterator[dict[str, object]]:
    for one in data["stock_take"]:
        groups = [cell for cell in one["cells"] if cell["cell"] != "all"]
        teachers = [cell["cell"] for cell in groups if any(_can_teach(cell, other) for other in groups)]
        learners = [cell["cell"] for cell in groups if any(_can_teach(other, cell) for other in groups)]
        if teachers:
            yield {"skill": one["skill"], "teachers": teachers, "learners": learners}


def _can_teach(one: Cell, other: Cell) -> bool:
    if one["verdict"] is not None and other["verdict"] is not None:
        return one["verdict"] == "covered" and other["verdict"] in SHORT
    is_apart = one["score"] is None or other["score"] is None or one["score"] - other["score"] >= APART
    return one["high"] is True and other["high"] is False and is_apart


def needs(data: Table, plan: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Learning needs, and the actions at risk."""
    lacking = {one["skill"]: sum({"missing": 2, "thin": 1, "short": 1}.get(cell["verdict"], 0) for cell in one["cells"])
               for one in data["stock_take"]}  # fmt: skip  # one for each
    leaning = {skill: [id for id, needed in plan.items() if skill in needed] for skill in lacking}
    found = [
        {"skill": skill, "weight": short * (1 + len(leaning[skill])), "actions": leaning[skill], "gaps": []}
        for skill, short in lacking.items() if short
    ]  # fmt: skip  # one for each
    at_risk = [id for id, needed in plan.items() if any(lacking.get(skill) for skill in needed)]
    return {"needs": sorted(found, key=lambda one: -int(str(one["weight"]))), "at_risk": at_risk}


def _needs(data: Table) -> dict[str, object]:
    return {name: data["learning"][name] for name in ("needs", "at_risk")}


# Of two


def alike(tables: tuple[Table, Table]) -> list[str]:
    """The skills that were asked alike both times, in the later order."""
    then, now = ({skill["id"]: skill for strand in table["strands"] for skill in strand["skills"]} for table in tables)
    return [id for id, skill in now.items() if id in then and _asked(then[id]) == _asked(skill)]


def _asked(skill: Table) -> object:
    behaviours = [(item["id"], item["text"], item["scale"], bool(item.get("reverse"))) for item in skill["items"]
                  if item.get("about") != "partnership"]  # fmt: skip  # one rule
    return behaviours, skill["need"], skill.get("at_least"), skill["shown_from"]


def _cell_of(data: Table, skill: str, cell: str) -> Cell:
    (stock,) = (one for one in data["stock_take"] if one["skill"] == skill)
    return next((one for one in stock["cells"] if one["cell"] == cell), NOTHING)


def since(tables: tuple[Table, Table], sides: tuple[Table, Table]) -> dict[str, list[str]]:
    """What became of skills of all together."""
    found: dict[str, list[str]] = {}
    for skill in alike(tables):
        then, now = (_cell_of(data, skill, "all")["verdict"] for data in sides)
        if then is None or now is None:
            continue
        was, is_now = then in SHORT, now in SHORT
        words = ("Still short" if was else "Short now") if is_now else ("Covered now" if was else "")
        if words:
            found.setdefault(words, []).append(skill)
    return found


def since_as_printed(text: str) -> dict[str, list[str]]:
    told = re.search(r"Skills since “.*?”\n(.*?)\n\n", text, re.DOTALL)
    whole = " ".join(told[1].split()) if told else ""
    return {words: [one.removeprefix("Skill ") for one in skills.split("; ")]
            for words, skills in re.findall(r"(Covered now|Short now|Still short): ([^.]*)\.", whole)}  # fmt: skip


def then_and_now(tables: tuple[Table, Table], sides: tuple[Table, Table], cell: str) -> dict[str, list[str]]:
    """By skill, what is told of a cell: a verdict, or a score or code in its place."""
    return {skill: [_in_words(_cell_of(data, skill, cell)) for data in sides] for skill in alike(tables)}


def _in_words(one: Cell) -> str:
    if one["verdict"] is not None:
        return str(one["verdict"])
    if one["coded"]:
        return str(one["coded"]).replace(" or more", "+")
    return "–" if one["score"] is None else f"{one['score']:.0f}"


def then_and_now_as_printed(text: str) -> dict[str, list[str]]:
    told = re.search(r"Skills then and now\n(.*?)\n\n", text, re.DOTALL)
    found = {}
    for line in told[1].split("\n") if told else ():
        if row := re.match(r"Skill (\w+) +(.*)", line):
            found[row[1]] = [re.sub(r" [▲▼]", "", one) for one in re.split(r"  +", row[2].strip())]
    return found
