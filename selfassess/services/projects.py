"""What a project holds for reports: the questionnaires that it keeps, and rounds that are closed."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.errors import QuestionnaireError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.paths import program
from selfassess.project.database_errors import Trouble
from selfassess.project.project import Project

if TYPE_CHECKING:
    from selfassess.project.rounds import Rounds


def make_shared(path: Path, name: str) -> Project:
    """A new project file that several people share, with what the partnership is called, if that is said. UsageError
    for a name that is none; ProjectError where there is a file already, or none can be made."""
    from selfassess.project.project import create, partnership_name

    called_so = partnership_name(name)
    made = create(path, "shared")
    if called_so:
        made.call_partnership(called_so)
    return made


def edition_of(project: Project, sha256: str, at_hand: Edition | None = None) -> Edition:
    """The edition that a project froze under this sum. `at_hand` is used where it is that very one, so that it need not
    be read twice. ProjectError where there is none, where it is no questionnaire, or where what the project holds
    cannot have been answered to it."""
    edition = at_hand if at_hand and at_hand.sha256 == sha256 else _restored(project, sha256)
    project.vet(edition)
    return edition


def edition_of_round(rounds: "Rounds", round: Round) -> Edition:
    """The edition that a round asks, as from `edition_of`. ProjectError also where the two do not fit."""
    edition = edition_of(rounds.project, round.questionnaire)
    rounds.check_fits(round, edition.questionnaire)
    return edition


def announced(edition: Edition) -> Edition:
    """The edition of a round as people get it who answer elsewhere: without its author's comments."""
    from selfassess.definition.comments import without_comments  # the home screen is there sooner without

    content = without_comments(edition.content)
    return replace(edition, content=content, sha256=hashlib.sha256(content).hexdigest())


def _restored(project: Project, sha256: str) -> Edition:
    from selfassess.definition.loader import restore  # the home screen is there sooner without

    content = project.frozen(sha256)
    try:
        return restore(str(project.path), content)
    except (QuestionnaireError, AttributeError, LookupError, TypeError, ValueError) as error:  # it was not checked
        raise Trouble.DAMAGED.at(project.path) from error


def closed_rounds(project: Project) -> tuple[Round, ...]:
    """The rounds of a project that can be reported on; a person's own has none."""
    if project.kind == "personal":
        return ()
    from selfassess.project.rounds import Rounds  # not for a person's own project

    return tuple(one for one in Rounds(project).all() if one.state == "closed")


def last_reported(rounds: "Rounds", some: Sequence[Round]) -> Round | None:
    """Of some rounds the last that was reported on; None where none was."""
    reported = [one for one in some if one.state == "closed" and rounds.released(one.id)]
    return max(reported, key=lambda one: rounds.days(one.id).closed or datetime.date.min, default=None)


def why_unreported(some: Sequence[Round]) -> str:
    """Why none of some rounds tells anything yet, in half a sentence."""
    last = ([one for one in some if one.state == "closed"] or some)[-1]
    return f"“{last.title}” {'has no report yet' if last.state == 'closed' else 'is not closed yet'}"


def check_closed(round: Round, where: str) -> None:
    """UsageError where a round of the project file `where` is not closed."""
    if round.state != "closed":
        raise _not_closed(round, f"See how many: {program(where)} round status {round.id}\n{_to_close(round, where)}")


def rounds_to_compare(rounds: "Rounds", names: Sequence[str]) -> list[Round]:
    """The rounds that are named. UsageError where they are too few, and says which there are."""
    if len(names) > 1:
        return [rounds.get(name) for name in names]
    closed = [one.id for one in closed_rounds(rounds.project)]
    if names:
        rounds.get(names[0])
        others = [one for one in closed if one != names[0]]
        hint = f"Name another as well: {', '.join(others)}." if others else "There is no other closed round yet."
        raise UsageError("To compare, two rounds are needed, and one is named.", hint)
    if len(closed) < 2:
        there = f"There is only one closed round: {closed[0]}" if closed else "There is no closed round"
        command = program(str(rounds.project.path))
        raise UsageError(f"{there}. To compare, two are needed.", f"See how rounds stand: {command} round list")
    raise UsageError(
        "Say which rounds to compare, the earlier first.",
        f"The closed rounds are: {', '.join(closed)}. You choose the order.",
    )


def check_rounds(chosen: Sequence[Round], where: str) -> None:
    """UsageError where these, of the project file `where`, are not two or more rounds, each of them closed."""
    if len(chosen) < 2:
        raise UsageError("To compare, two rounds are needed.", "Name both, the earlier first.")
    for place, one in enumerate(chosen):
        if one in chosen[:place]:
            raise UsageError(f"The round “{one.title}” is there twice.", "Name two different rounds.")
        if one.state != "closed":
            raise _not_closed(one, _to_close(one, where))


def _not_closed(round: Round, cure: str) -> UsageError:
    return UsageError(
        f"The round “{round.title}” is not closed yet: until it is, you can only see how many have handed in.", cure
    )


def _to_close(round: Round, where: str) -> str:
    return f"Close it: {program(where)} round close {round.id}"
