"""What the partnership of the demonstration decided to do: invented, like its people.

The project of the demonstration: two rounds that are closed, what was planned between them, and one that is open."""

import datetime
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfassess.cli.demo_answers import AGREED, PARTNERSHIP, made_up_later, made_up_sheets
from selfassess.errors import ProjectError, UsageError
from selfassess.model.plan import Planned, one_line
from selfassess.model.questionnaire import Action, Edition, Questionnaire
from selfassess.model.round import Agreed, Round, Rules, asked_for_consent
from selfassess.model.sheet import Form, RoundKey, Sheet, Ticket
from selfassess.paths import called, named, quoted

if TYPE_CHECKING:
    from selfassess.project.rounds import Rounds


LONG_AGO, FAR_OFF = datetime.date(2025, 6, 30), datetime.date(2099, 9, 1)
"""Days that have passed, and that have not, whenever somebody looks."""
DONE = datetime.date(2025, 5, 12)


def made_up_plan(questionnaire: Questionnaire, round: str) -> Iterator[Planned]:
    """The plan, half of it done: what was taken from the report of a round, and one of their own."""

    def taken(action: str, **said: Any) -> Planned:
        node, one = _action(questionnaire, action)
        return Planned(
            text=one_line(one.text), node=node, groups=one.groups, skills=one.skills, round=round, action=action, **said
        )

    yield taken("communication_a_trace", owner="Deputy head", status="done", done=DONE, effort="low", effect="high")
    yield taken("communication_a_online", owner="Secretary", status="done", done=DONE, effort="low", effect="medium")
    yield taken(
        "vision_a_compare", owner="Chair", status="under way", due=LONG_AGO, effort="medium", effect="high",
        why="Two of three meetings were held.",
    )  # fmt: skip  # in few lines
    yield taken("structure_a_link", owner="Staff room", status="agreed", due=FAR_OFF, effort="low", effect="medium")
    yield taken("added_value_a_signs", status="proposed", effort="medium", effect="medium")
    yield taken("resources_a_bid", status="dropped", why="Nobody had the hours this year.", effort="high")
    yield Planned(text="Put the tea urn where both buildings meet.", status="proposed", effort="low")


def _action(questionnaire: Questionnaire, id: str) -> tuple[str, Action]:
    """An action of the questionnaire, with the benchmark that it is for."""
    for strand in questionnaire.strands:
        for node in strand.middle:
            for one in node.actions:
                if one.id == id:
                    return node.id, one
    raise KeyError(id)


CLOSED, LATER, OPEN = "autumn", "summer", "spring"
"""The names of the three rounds, in their order."""
INVITED = {"board": 12, "staff": 18, "external": 4}
HANDED_IN = {"board": 10, "staff": 16, "external": 4}
INVITED_LATER = {"board": 13, "staff": 17, "external": 5}
THERE_LATER = {"board": range(2, 13), "staff": range(4, 19), "external": range(4)}
"""Who handed in the second time: those at the first places had left, those at the last ones had joined."""
NO_CODE = 6
"""Every so many-th person made up no code to be found again by."""
REWORDED = ("structure_back", "gets back to the whole board", "comes back to the whole board in a few words")
"""The item that has other words in the newer version of the questionnaire, and what was put in the place of what."""
VERSIONS = ("2026.1", "2026.2")
TARGETS = (("communication", "", 60), ("vision", "board", 80))
"""What the partnership set itself for the second round: the benchmark, the group (or all), the points."""
ON_PAPER = {"board": 3, "staff": 2}
"""Whose forms were keyed in so far in the open round."""
GUEST = "external"
"""The group of whoever tries the open round: small, so that it is asked for consent."""


def make_project(path: Path, *, replace: bool) -> str:
    """Make the project file, whole or not at all. Gives the admission code that is left for a guest in the open round.

    UsageError where something is there already: a demonstration may be replaced, nothing else. ProjectError where the
    file cannot be written.
    """
    from selfassess.definition.library import find
    from selfassess.definition.loader import read
    from selfassess.project.plans import Plans
    from selfassess.project.project import create
    from selfassess.project.rounds import Rounds

    _check_free(path, replace=replace)
    edition = read(find("partnership"))
    with (
        tempfile.TemporaryDirectory() as folder,
        create(Path(folder) / "demo.selfassess", "shared", made_up=True) as project,
    ):
        rounds = Rounds(project)
        first = _add_closed(rounds, edition)
        Plans(project).add(*made_up_plan(edition.questionnaire, first.id))
        _add_later(rounds, newer_version(edition), first)
        code = _add_open(rounds, edition)
        project.backup(path, overwrite=replace)
    return code


def _check_free(path: Path, *, replace: bool) -> None:
    from selfassess.project.project import open_project

    if not path.exists() or path.is_dir():
        return
    if not replace:
        raise UsageError(
            f"There is a file {path} already.",
            f"Make it again: {called()} demo {quoted(str(path))} --replace\n"
            f"Or see it again: {named(str(path))} report {CLOSED}",
        )
    try:
        with open_project(path, read_only=True) as project:
            is_made_up = project.is_made_up
    except ProjectError:
        is_made_up = False
    if not is_made_up:
        raise UsageError(f"{path} is no demonstration, so it is not replaced.", "Choose another name.")


def newer_version(edition: Edition) -> Edition:
    """The questionnaire as it was asked the second time: a copy in which one item has other words."""
    from selfassess.definition.loader import restore

    content = edition.content
    _, old, new = REWORDED
    for before, after in (VERSIONS, (old, new)):
        content = content.replace(before.encode(), after.encode(), 1)
    return restore("partnership.toml", content)


def _add_closed(rounds: "Rounds", edition: Edition) -> Round:
    round = _round(CLOSED, edition, "full", codes=False)
    rounds.add(round, edition)
    _answer(rounds, round, edition, made_up_sheets(edition, HANDED_IN, partial(_ticket, round)))
    node, score, why = AGREED
    rounds.agree(round.id, Agreed(node=node, score=score, why=why))
    return round


def _add_later(rounds: "Rounds", edition: Edition, first: Round) -> None:
    round = _round(LATER, edition, "full", codes=False, invited=INVITED_LATER)
    rounds.add(round, edition, first)
    for node, group, score in TARGETS:
        rounds.set_target(round.id, node, group, score)
    _answer(rounds, round, edition, made_up_later(edition, HANDED_IN, THERE_LATER, partial(_ticket, round)))


def _answer(rounds: "Rounds", round: Round, edition: Edition, sheets: Iterable[Sheet]) -> None:
    """Open a round, take sheets in and close it."""
    from selfassess.project.codes import new_receipt
    from selfassess.project.parcel import pack

    rounds.open(round.id)
    for sheet in sheets:
        rounds.sheets.hand_in(pack(sheet, new_receipt()), questionnaire=edition.questionnaire)
    rounds.close(round.id)


def _add_open(rounds: "Rounds", edition: Edition) -> str:
    round = _round(OPEN, edition, "short", codes=True)
    rounds.add(round, edition)
    rounds.open(round.id)
    for number, sheet in enumerate(made_up_sheets(edition, ON_PAPER, partial(_ticket, round), "short"), 1):
        rounds.papers.enter(round.id, str(number), sheet, edition.questionnaire)
    return rounds.admission.issue(round.id, GUEST, 1)[0]


def _round(id: str, edition: Edition, form: Form, *, codes: bool, invited: Mapping[str, int] = INVITED) -> Round:
    from selfassess.project.codes import new_key

    rules = Rules(small_groups="consent", codes=codes, matching=not codes)
    return Round(
        id=id,
        key=RoundKey(new_key()),
        title=f"{PARTNERSHIP}, {id} (made up)",
        questionnaire=edition.sha256,
        form=form,
        invited=invited,
        rules=replace(rules, asks_consent=asked_for_consent(invited, rules)),
    )


def _ticket(round: Round, group: str, place: int) -> Ticket:
    """That of a person. Everybody who is asked agrees, and most made up a code, of which there is nothing but a key."""
    agrees = True if group in round.rules.asks_consent else None
    has_code = round.rules.matching and (place + 1) % NO_CODE
    matching = hashlib.sha256(f"made up: {group} {place}".encode()).hexdigest() if has_code else ""
    return Ticket(round=round.key, agrees=agrees, matching=matching)
