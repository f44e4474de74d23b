"""Which screen follows which for answers on phones: the page for a website, and the laptop in the room."""

from functools import partial
from pathlib import Path

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.round import Round
from selfassess.paths import quoted
from selfassess.project.atomic_files import exists, shown
from selfassess.project.rounds import Rounds
from selfassess.services.extras import check_can_host
from selfassess.services.invitations import read_contact
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import path_of, saved
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.run_round import InRoom
from selfassess.tui.wizard import Forms
from selfassess.web.round_page import NAME, write_page

ON_PAGES = (
    "One file for any website, the same for everybody. It holds no codes and sends nothing: people send you their "
    "answers. It tells them the rules of the round, so once you have made it you cannot change the rules."
)
THEN = "Put it on your website, then invite people to its address."


async def make_page(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Ask for a folder, and write the page of the round into it. What was done, in words."""
    replaces: list[Path] = []

    def read_folder(typed: str) -> Path:
        if not typed.strip():
            raise UsageError("Type the name of a folder.", "It is made if it does not exist yet.")
        folder = path_of(typed)
        if folder not in replaces and exists(folder / NAME):
            replaces.append(folder)
            raise UsageError(f"There is a page {shown(folder / NAME)} already. Press Enter again to replace it.")
        return folder

    def command(typed: Typed) -> str:
        contact = f" --contact {quoted(read_contact(typed['contact']))}" if typed["contact"].strip() else ""
        return f"{navigator.command} round page {round.id} --output {quoted(typed['folder'].strip())}{contact}"

    contents = FormContents(
        heading="A page for a website",
        said=(ON_PAGES,),
        fields=(
            Field(
                name="contact",
                label="Who gets the answers, and how?",
                typed=rounds.project.notice.contact,
                read=read_contact,
            ),
            Field(name="folder", label="The folder for the page", typed=f"{round.id}-page", read=read_folder),
        ),
        finish=lambda typed: (read_folder(typed["folder"]), read_contact(typed["contact"])),
        command=command,
        onward="Make it",
    )
    refused: FieldError | None = None
    while (wanted := await forms.fill_in("page", contents, refused)) is not None:
        folder, contact = wanted
        write = partial(write_page, rounds, round.id, folder, contact=contact, overwrite=folder in replaces)
        try:
            path = await navigator.work_out("One moment: the page is being made.", write)
        except SelfAssessError as error:
            refused = FieldError("folder", error)
        else:
            return f"{saved(path)} {THEN}"
    return ""


async def let_the_room_answer(navigator: Navigator, round: Round) -> str:
    """Show the code to scan until the person ends it. What was done, in words."""
    check_can_host()
    arguments = ["--project", str(navigator.needed_project.path), "host", round.id, "--lan"]
    if not await navigator.ask(InRoom(f"{navigator.command} host {round.id} --lan")):
        return ""
    code = await navigator.run_in_terminal(arguments)
    if code is None:
        return "This terminal can't show the code here. Leave the program, and type the command."
    return "" if code else "The room is closed. Everything that came in is saved."
