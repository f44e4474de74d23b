"""A made-up round: board 12 invited and 10 in, staff 18 and 16, external partners 4 and 4, who agreed to be shown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from selfassess.definition.tables import edition as build_edition
from selfassess.definition.toml_source import parse
from selfassess.disclosure.release_log import Shown
from selfassess.model.plan import Plan
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.reports import RoundReport
from selfassess.model.round import EVERYBODY, Agreed, Round, Rules, decided, with_targets
from selfassess.model.sheet import Missing, Response, encode
from selfassess.services.reports import build_report, scored
from tests.scales import on_scale

INVITED = {"board": 12, "staff": 18, "external": 4}
HANDED_IN = {"board": 10, "staff": 16, "external": 4}
LEVELS = {"vision": 3.6, "openness": 3.0, "resources": 2.2, "roles": 4.2, "differences": 4.3, "lessons": 3.4}
"""Where the answers to a benchmark lie, on 1 to 5; elsewhere at 3.5."""
ROSIER = {"openness": 1.4, "alignment": 0.5}
"""By how much the board sees it better than the staff, who are that much below."""
CAMPS = "equal_say"
"""The benchmark on which there are two camps."""
TEXTS = (
    ("vision_say", "I tell people <b>what we do</b> & why."),
    ("vision_say", "Too long to say in one sentence."),
    ("vision", "We mean different things by “family”."),
    ("leadership_hinders", "Meetings that start late."),
    ("lessons", "=1+1 is what we learn"),
)
AGREED = (Agreed(node="vision", score=60, why="Most of us had the last leaflet in mind."),)

Row = tuple[str | None, str]


def made_round(edition: Edition, **different: object) -> Round:
    """The closed round; `different` are other values of its attributes."""
    rules = Rules(small_groups="consent", asks_consent=("external",))
    one = Round(
        id="autumn", key="c0de" * 8, title="Autumn 2026", questionnaire=edition.sha256, invited=INVITED, rules=rules,
        state="closed",
    )  # fmt: skip  # in few lines
    return replace(one, **different)  # type: ignore[arg-type]  # whatever a test asks for


def rows(edition: Edition, handed_in: Mapping[str, int] = HANDED_IN, seed: int = 11) -> Iterator[Row]:
    """Group and characters of each sheet. Nobody is named anywhere, so groups are `None` where there are none."""
    questionnaire, chance = edition.questionnaire, Random(seed)
    benchmarks = {item.id: node.id for strand in questionnaire.strands for node in strand.middle for item in node.items}
    for group, number in handed_in.items():
        for person in range(number):
            mood = chance.uniform(-1, 1)
            given = [
                _answer(questionnaire, item, benchmarks.get(item.id, ""), group, person, mood, chance)
                for item in questionnaire.items
            ]
            yield (
                group or None,
                "".join(encode(item, one, questionnaire) for item, one in zip(questionnaire.items, given, strict=True)),
            )


def _answer(
    questionnaire: Questionnaire, item: Item, benchmark: str, group: str, person: int, mood: float, chance: Random
) -> Response:
    if item.kind == "text":
        return Missing.SKIPPED
    if not item.asks(group or None):
        return Missing.NOT_ASKED
    if chance.random() < (0.4 if item.id.endswith("figures") else 0.03):
        return Missing.DONT_KNOW
    level = LEVELS.get(benchmark, 3.5) + ROSIER.get(benchmark, 0) * {"board": 1, "staff": -1}.get(group, 0) / 2
    level += mood
    if benchmark == CAMPS:
        level = 1.5 if person % 2 else 4.7
    value = min(5, max(1, round(level + chance.uniform(-1, 1))))
    return on_scale(questionnaire, item, value)


def released(
    edition: Edition,
    round: Round,
    answers: Iterable[Row],
    texts: Iterable[tuple[str, str]] = (),
    agreed: Iterable[Agreed] = (),
    before: frozenset[Shown] = frozenset(),
    *,
    plan: Plan = (),
    made_up: bool = False,
) -> tuple[RoundReport, frozenset[Shown]]:
    """The report of a closed round, and what it publishes. `answers` are the characters of sheets, each with its
    group."""
    results = scored(with_targets(edition.questionnaire, round), answers)
    return build_report(edition, round, results, texts, agreed, before, plan=plan, reported={}, made_up=made_up)


FOUND = {
    ("", "vision"): "We all want the same, and say it differently.",
    ("staff", "openness"): "Staff hear of decisions, and seldom why they were made.",
}
"""What the facilitator wrote, by group and benchmark."""


def made_report(
    edition: Edition,
    handed_in: Mapping[str, int] = HANDED_IN,
    *,
    made_up: bool = True,
    mind: float | None = None,
    plan: Plan = (),
    **different: object,
) -> RoundReport:
    """Its report, with comments, one score that the meeting agreed, and two findings. With `mind` everybody gives that
    answer."""
    one = made_round(edition, **different)
    one = replace(one, standing=decided(one, handed_in, {}))
    given = rows(edition, handed_in)
    if mind is not None:
        code = edition.questionnaire.scales["agree"].code(mind)
        given = ((group, re.sub("[0-9?]", code, characters)) for group, characters in given)
    report = released(edition, one, given, TEXTS, AGREED, plan=plan, made_up=made_up)[0]
    return replace(report, findings=FOUND)


PLAIN = """
format = 1
id = "plain"
version = "1"
title = "Plain"
[scales.often]
points = [
  { value = 0, label = "Never" }, { value = 1, label = "" }, { value = 2, label = "Now and then" },
  { value = 3, label = "" }, { value = 4, label = "Often" }, { value = 5, label = "" }, { value = 6, label = "Always" },
]
[scales.yes]
points = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]
[[strands]]
id = "work"
title = "How we work"
target = 4
units = "own"
bands = [{ from = 0, title = "Seldom" }, { from = 3, title = "Often" }]
  [[strands.items]]
  id = "late"
  text = "Papers come late."
  scale = "often"
  reverse = true
  [[strands.items]]
  id = "share"
  text = "We share the work."
  scale = "often"
[[strands]]
id = "seat"
title = "Who sits here"
  [[strands.benchmarks]]
  id = "chair"
  title = "The chair goes round"
  target = 75
    [[strands.benchmarks.items]]
    id = "been"
    text = "I have been in the chair."
    scale = "yes"
    [[strands.benchmarks.items]]
    id = "would"
    text = "I would take the chair."
    scale = "yes"
    [[strands.benchmarks.actions]]
    id = "draw"
    text = "Draw lots for the next chair."
"""
AIMLESS = re.sub(r"^ *(target|bands) = .*\n", "", PLAIN, flags=re.MULTILINE)
"""The same without targets and bands."""
PLAIN_ROWS = (
    "0000", "1010", "2011", "6500", "6610", "5201", "5100", "4011", "1610", "0600", "--0-", "----",
)  # fmt: skip  # a row a person
"""On `late` there are two camps; nobody is at the middle."""


def plain_report(
    rows: Sequence[str] = PLAIN_ROWS, invited: int = 14, *, text: str = PLAIN, **different: object
) -> RoundReport:
    """A round without groups: a reversed item of seven points, another, and two of two."""
    edition = build_edition(parse("plain.toml", text.encode()))
    one = made_round(edition, invited={EVERYBODY: invited}, rules=Rules(), **different)
    one = replace(one, standing=decided(one, {EVERYBODY: len(rows)}, {}))
    return released(edition, one, [(None, row) for row in rows], made_up=True)[0]
