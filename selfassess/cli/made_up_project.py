"""The project of the demonstration: one round that is closed, with everything to find, and one that is open."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.cli.made_up import made_up_sheets
from selfassess.cli.made_up_views import AGREED, PARTNERSHIP
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Agreed, Round, Rules, asked_for_consent
from selfassess.model.sheet import Form, Ticket

if TYPE_CHECKING:
    from selfassess.storage.rounds import Rounds

CLOSED, OPEN = "autumn", "spring"
"""The names of the two rounds."""
INVITED = {"board": 12, "staff": 18, "external": 4}
HANDED_IN = {"board": 10, "staff": 16, "external": 4}
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
    from selfassess.definition.reader import read
    from selfassess.storage.project import create
    from selfassess.storage.rounds import Rounds

    _check_free(path, replace=replace)
    edition = read(find("partnership"))
    with (
        tempfile.TemporaryDirectory() as folder,
        create(Path(folder) / "demo.selfassess", "shared", made_up=True) as project,
    ):
        rounds = Rounds(project)
        _add_closed(rounds, edition)
        code = _add_open(rounds, edition)
        project.backup(path, overwrite=replace)
    return code


def _check_free(path: Path, *, replace: bool) -> None:
    from selfassess.storage.project import open_project

    if not path.exists() or path.is_dir():
        return
    if not replace:
        raise UsageError(
            f"There is a file {path} already.",
            f"Make it anew: selfassess demo {path} --replace. Or see it again: selfassess --project {path} "
            f"report {CLOSED}.",
        )
    try:
        with open_project(path, read_only=True) as project:
            is_made_up = project.is_made_up
    except ProjectError:
        is_made_up = False
    if not is_made_up:
        raise UsageError(f"{path} is no demonstration, so it is not replaced.", "Choose another name.")


def _add_closed(rounds: "Rounds", edition: Edition) -> None:
    from selfassess.storage.codes import RECEIPT_LENGTH, new_code
    from selfassess.storage.exchange import pack

    round = _round(CLOSED, edition, "full", codes=False)
    rounds.add(round, edition)
    rounds.open(round.id)
    for sheet in made_up_sheets(edition, HANDED_IN, _tickets(round)):
        rounds.hand_in(pack(sheet, new_code(RECEIPT_LENGTH)), questionnaire=edition.questionnaire)
    rounds.close(round.id)
    node, score, why = AGREED
    rounds.agree(round.id, Agreed(node=node, score=score, why=why))


def _add_open(rounds: "Rounds", edition: Edition) -> str:
    round = _round(OPEN, edition, "short", codes=True)
    rounds.add(round, edition)
    rounds.open(round.id)
    for number, sheet in enumerate(made_up_sheets(edition, ON_PAPER, _tickets(round), "short"), 1):
        rounds.enter(round.id, str(number), sheet, edition.questionnaire)
    return rounds.issue(round.id, GUEST, 1)[0]


def _round(id: str, edition: Edition, form: Form, *, codes: bool) -> Round:
    from selfassess.storage.codes import new_key

    rules = Rules(small_groups="consent", codes=codes)
    return Round(
        id=id,
        key=new_key(),
        title=f"{PARTNERSHIP}, {id} (made up)",
        questionnaire=edition.sha256,
        form=form,
        invited=INVITED,
        rules=Rules(small_groups="consent", codes=codes, asks_consent=asked_for_consent(INVITED, rules)),
    )


def _tickets(round: Round) -> Mapping[str, Ticket]:
    """Everybody who is asked agrees."""
    asks = round.rules.asks_consent
    return {group: Ticket(round=round.key, agrees=True if group in asks else None) for group in round.invited}
