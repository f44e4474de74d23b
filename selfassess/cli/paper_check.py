"""Sheets of paper keyed in a second time: where the two differ, the paper decides."""

from selfassess.cli import keying
from selfassess.cli.paper_desk import Desk, row_help
from selfassess.cli.paper_rows import ask_row, corrected, put
from selfassess.cli.round_place import counted
from selfassess.cli.streams import read_line, say
from selfassess.errors import UsageError
from selfassess.model.sheet import Sheet


def run(desk: Desk) -> None:
    """Key in sheets again until Enter alone; each difference is shown, and what is confirmed is kept."""
    left = list(desk.rounds.papers(desk.round.id))
    if not left:
        say("No sheet was keyed in yet.")
        return
    say(row_help(desk))
    say(f"To check: {', '.join(left)}.")
    while line := read_line("Number of the sheet (Enter alone: done):"):
        written, _, row = line.partition(" ")
        try:
            number, before = desk.take_up(written)
        except UsageError as error:
            say(str(error))
            continue
        if before is None:
            desk.taken_up = None
            say(f"Sheet {number} was not keyed in yet. Without --check it is keyed in for the first time.")
            continue
        desk.group = before.group or ""
        again = ask_row(desk, row)
        if again is None:
            desk.taken_up = None
        else:
            desk.put_away(kept=_settle(desk, number, before, again))
    say(f"{counted(len(desk.done), 'sheet')} checked, {sum(desk.done.values())} changed.")
    if unchecked := [number for number in desk.rounds.papers(desk.round.id) if number not in desk.done]:
        say(f"Not checked: {', '.join(unchecked)}.")


def _settle(desk: Desk, number: str, before: Sheet, again: keying.Keyed) -> bool:
    """Ask about each difference, and keep at once what the paper says. Whether anything was changed."""
    form = desk.layout()
    first = keying.keyed_of(form, before, asks_consent=desk.asks_consent())
    found = keying.differences(form, first, again)
    if not found:
        say(f"Sheet {number}: no difference.")
        return False
    kept = first
    for one in found:
        say(f"Sheet {number}, {one.where}: first {one.before}, now {one.now}.")
        right = corrected(desk, put(kept, one.at, read_line("What does the paper say?")))
        if keying.differences(form, kept, right):
            desk.enter(number, desk.sheet(right, before.texts, before))
            kept = right
    is_changed = bool(keying.differences(form, first, kept))
    say(f"Sheet {number} is changed." if is_changed else f"Sheet {number} stays as it was.")
    return is_changed
