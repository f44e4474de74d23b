"""The page of a round for a website: one file, which is the same for everybody."""

from contextlib import suppress
from pathlib import Path

from selfassess.project.atomic_files import make_folder, write_whole
from selfassess.project.rounds import Rounds
from selfassess.services.answer_page import answer_page
from selfassess.services.invitations import check_can_invite
from selfassess.web.page import to_html

NAME = "index.html"
FOR_EVERYBODY = 0o644
"""Who may read it: a web server runs as another user, and a copy often keeps the permissions."""


def write_page(rounds: Rounds, name: str, folder: Path, *, contact: str = "", overwrite: bool = False) -> Path:
    """Write the page of a round into a folder, which is made if it does not exist, and fix the rules, which it tells.
    Where it is. UsageError where nobody can answer any more, or the folder cannot be made; ProjectError where there is
    a page already, or the project file is in the way."""
    round = rounds.get(name)
    check_can_invite(round)
    made = answer_page(rounds, round, contact=contact)
    make_folder(folder, "Choose another folder.")
    write_whole(folder / NAME, to_html(made), overwrite=overwrite)
    with suppress(OSError):  # not every file system has permissions
        (folder / NAME).chmod(FOR_EVERYBODY)
    rounds.fix(round.id)
    return folder / NAME
