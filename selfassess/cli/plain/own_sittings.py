"""A person's own sittings line by line: a list by date, and what can be done with each."""

from selfassess.cli.plain.sitting import show_own
from selfassess.cli.prompts import ask, ask_yes_no, read_place
from selfassess.cli.terminal import lines_on, read_line, say
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.sheet import Receipt, Sheet
from selfassess.paths import program
from selfassess.project import own_sittings
from selfassess.project.project import Project
from selfassess.services.sittings import Offer, OwnEntry, can_note, change, own_entries
from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.text import LONGEST_TEXT

WORDS: dict[Offer, str] = {
    "results": "r to see the results",
    "change": "c to change your answers",
    "go on": "c to carry on",
    "delete": "d to delete it",
}
"""What can be typed, by its first letter."""
NOTE = "n to write a note"


def choose(project: Project) -> Sitting | None:
    """List the sittings, and do what the person says with one after the other. The sitting to go on with; None where
    they are done. InputEnded where the input ends."""
    while True:
        entries = own_entries(project)
        if not entries:
            say(notices.NO_SITTINGS)
            return None
        for position, entry in enumerate(entries, 1):
            say(f"  {position}  {_title(entry)}")
        place = _ask_place(len(entries))
        if place is None:
            return None
        if chosen := _do(project, entries[place]):
            return chosen


def _ask_place(of: int) -> int | None:
    """Which sitting, counted from 0; None where Enter alone is typed."""
    question = "Which one? Type its number (or just press Enter for none):"
    return ask(question, lambda line: read_place(line, of) if line else None)


def _title(entry: OwnEntry) -> str:
    """What a sitting is called."""
    return f"{entry.questionnaire.title}: {'' if entry.sitting.sheet else 'not finished, '}{entry.about}"


def _do(project: Project, entry: OwnEntry) -> Sitting | None:
    """Open, change or delete a sitting. The sitting to go on with, where there is one."""
    say(_title(entry))
    if entry.sitting.was_sent:
        say(notices.SENT_COPY)
    if "invited" in entry.offers:
        say(notices.invited(program(str(project.path))))
    keys = {WORDS[offer][0]: offer for offer in entry.offers if offer in WORDS}
    sheet, takes_notes = entry.sitting.sheet, can_note(project, entry.sitting.key)
    offered = ", ".join((*(WORDS[offer] for offer in keys.values()), *([NOTE] if takes_notes else [])))
    while True:
        line = read_line(f"Type {offered} (Enter alone: back):").lower()
        if not line:
            return None
        if takes_notes and sheet and line == NOTE[0]:
            sheet = _note(project, entry, sheet)
            continue
        match keys.get(line):
            case "results" if sheet:
                show_own(entry.edition, sheet, project)
            case "change" | "go on":
                return change(project, entry)
            case "delete":
                if ask_yes_no("Delete it? This cannot be undone.", default=False):
                    own_sittings.delete(project, entry.sitting)
                    say("Deleted.")
                return None
            case _:
                say("Sorry, that is not on the list.")


def _note(project: Project, entry: OwnEntry, sheet: Sheet) -> Sheet:
    """Let a person write their own note on a strand or benchmark of a result. The sheet with it."""
    nodes: list[Strand | Benchmark] = []
    for strand in entry.questionnaire.strands:
        nodes += [strand, *strand.middle]
    for position, node in enumerate(nodes, 1):
        say(f"  {position}  {node.title}")
    question = "A note on which? Type its number (or just press Enter for none):"
    place = ask(question, lambda line: read_place(line, len(nodes)) if line else None)
    if place is None:
        return sheet
    about = nodes[place].id
    if about in sheet.notes:
        say(f"Your note: {sheet.notes[about]}")
    line = read_line("Your note, ending with an empty line (Enter alone leaves it as it is, - deletes it):")
    if not line:
        return sheet
    text = "" if line == "-" else list(lines_on(line))[-1]
    after = project.note(Receipt(entry.sitting.key), about, text)
    if len(text) > LONGEST_TEXT:
        say(notices.CUT)
    say("Note saved. Only you see it, unless you pass this result on." if text else "There is no note now.")
    return after
