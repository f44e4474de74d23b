"""The command `round enter`: typing in sheets of paper, a row a sheet; correcting one by its number; checking all."""

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from selfassess.cli import prompts
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import Cancelled, InputEnded, confirm, lines, read_line, say
from selfassess.errors import UsageError
from selfassess.model.round import EVERYBODY
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.model.sheet import Sheet
    from selfassess.services.paper_desk import Desk
    from selfassess.sitting.paper_row import Keyed


@click.command("enter", short_help="Type in paper forms.")
@click.argument("name", metavar="ROUND")
@click.option("--group", metavar="GROUP", help="Whose sheets; asked for if left out.")
@click.option("--words", is_flag=True, help="Ask for what was written in own words too.")
@click.option("--check", is_flag=True, help="Type sheets in a second time, and see where the two differ.")
@click.option("--paper", metavar="NUMBER", help="Show one sheet that was typed in, and type it in again.")
@click.option("--remove", is_flag=True, help="With --paper: take that sheet out.")
@click.option("--replace", "replaces", is_flag=True, help="From a pipe: replace sheets typed in before.")
@click.option("--yes", is_flag=True, help="With --remove: do not ask first.")
@of_rounds
def enter(
    place: Place,
    name: str,
    group: str | None,
    words: bool,
    check: bool,
    paper: str | None,
    remove: bool,
    replaces: bool,
    yes: bool,
) -> int:
    """Type in paper forms, one row for each sheet: the number written on it, then one key for each question.

    \b
    1 to 9  the answer circled; 0 for 10       d  don't know     a  doesn't apply
    -       left blank                         .  not to be answered
    /12.5/  a number    /1 3/  several answers circled

    Anything that does not fit is shown at once, and only that is asked for again. If a small group is asked whether
    it can be shown, y or n comes first. From a file: one line for each sheet, with its number, a space, and its
    row; a line “group staff” begins the sheets of another group. The whole file is taken in or, if anything does
    not fit, none of it.

    \b
    selfassess --project ours.selfassess round enter autumn_2026 --group board
    selfassess --project ours.selfassess round enter autumn_2026 --check
    selfassess --project ours.selfassess round enter autumn_2026 --paper 17
    """
    if remove and paper is None:
        raise UsageError("Say which sheet to take out.", "Such as: --paper 17 --remove.")
    if check and paper is not None:
        raise UsageError("--check goes through all sheets; --paper is for one of them.", "Leave one out.")
    from selfassess.services.paper_desk import desk_for

    with open_rounds(place) as rounds:
        desk, named = desk_for(rounds, name, group), group is not None
        if paper is not None:
            return _one_sheet(desk, paper, remove=remove, yes=yes, regroup=named, words=words)
        if not prompts.can_ask():
            from selfassess.cli.round import enter_batch

            if words:
                raise UsageError(
                    "--words asks questions, and nobody can answer them here.", "Leave it out, or type at a terminal."
                )
            if check:
                return enter_batch.enter_again(desk, lines(sys.stdin), named=named)
            return enter_batch.take_in(desk, lines(sys.stdin), named=named, replaces=replaces)
        _sit_down(desk, place.command, check=check, named=named, words=words)
    return 0


def _show(desk: "Desk", sheet: "Sheet") -> None:
    """Say a sheet as its row, part by part."""
    from selfassess.sitting.paper_row import by_part

    group, keyed = sheet.group or EVERYBODY, desk.keyed(sheet)
    if len(desk.round.invited) > 1:
        say(f"  {desk.title(group)}")
    if desk.asks_consent(group):
        say(f"  Small group: {keyed.consent}")
    for line in by_part(desk.layout(group), keyed.keys):
        say(f"  {line}")
    if sheet.texts:
        say(f"  and {count(len(sheet.texts), 'text')}")


def _sit_down(desk: "Desk", command: str, *, check: bool, named: bool, words: bool) -> None:
    """Key in, or check, until the person is done. `command` is how the program is called for this project."""
    try:
        if check:
            _enter_again(desk)
            return
        if not named and len(desk.round.invited) > 1:
            _ask_group(desk)
        _many(desk, command, words=words)
    except (InputEnded, KeyboardInterrupt) as stopped:
        sheets = count(len(desk.done) if check else sum(desk.done.values()), "sheet")
        said = f"checked, {sum(desk.done.values())} changed" if check else "typed in"
        say(f"Stopped. {sheets} {said}.{desk.unfinished()}")
        if isinstance(stopped, KeyboardInterrupt):
            raise Cancelled from None


def _ask_group(desk: "Desk") -> None:
    ids = list(desk.round.invited)
    place = prompts.choose("Whose sheets?", [(f"{id}: {desk.title(id)}", ()) for id in ids], 0)
    desk.group = ids[place]


def _many(desk: "Desk", command: str, *, words: bool) -> None:
    from selfassess.services.paper_desk import GROUP_WORD, row_help

    say(row_help(desk))
    if len(desk.round.invited) > 1:
        say(f"For another group type: {GROUP_WORD} staff (or what it is called). Now: {desk.title()}.")
    while line := read_line("Number of the sheet (Enter alone: done):"):
        written, _, row = line.partition(" ")
        if written.lower() == GROUP_WORD:
            _turn(desk, row)
            continue
        try:
            number, before = desk.take_up(written)
        except UsageError as error:
            say(str(error))
            continue
        is_wanted = before is None or _replaces(desk, number, before)
        desk.put_away(kept=is_wanted and _keep(desk, number, row, before, words=words))
    done = count(sum(desk.done.values()), "sheet")
    say(f"{done} typed in. To check them: {command} round enter {desk.round.id} --check")


def _turn(desk: "Desk", name: str) -> None:
    try:
        desk.turn_to(name)
    except UsageError as error:
        say(str(error))
    else:
        say(f"Now: {desk.title()}.")


def _replaces(desk: "Desk", number: str, before: "Sheet") -> bool:
    say(f"Sheet {number} was typed in before:")
    _show(desk, before)
    return prompts.ask_yes_no("Type it in again?", default=False)


def _keep(desk: "Desk", number: str, row: str, before: "Sheet | None", *, words: bool) -> bool:
    """Ask for a row until it fits, and keep it; then each text as it is typed. False where the person gives up."""
    keyed = _ask_row(desk, row)
    if keyed is None:
        say(f"Sheet {number} was left out.")
        return False
    texts = dict(before.texts) if before else {}
    desk.keep(number, keyed, texts, before)
    say(f"Sheet {number} saved: {keyed.in_words}.")
    if words:
        for found in _texts(desk, keyed, texts):
            desk.keep(number, keyed, found, before)
    return True


def _ask_row(desk: "Desk", row: str = "") -> "Keyed | None":
    """A row that fits. Only what does not fit is asked for again; None where Enter alone is typed for the row."""
    while True:
        row = row or read_line(f"Row ({len(desk.layout().numbered)} questions; Enter alone: leave this sheet out):")
        if not row:
            return None
        try:
            keyed = desk.read(row)
        except UsageError as error:
            say(f"{error}\nType the row again.")
            row = ""
            continue
        return _corrected(desk, keyed)


def _corrected(desk: "Desk", keyed: "Keyed") -> "Keyed":
    """A row with every key that does not fit asked for again."""
    while found := desk.misfits(keyed):
        for misfit in found:
            say(str(misfit))
            keyed = keyed.put(misfit.at, read_line(f"{misfit.where}:"))
    return keyed


def _texts(desk: "Desk", keyed: "Keyed", texts: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The texts of a sheet, once for each that is typed or taken away."""
    from selfassess.model.sheet import PAST
    from selfassess.sitting.paper_row import BLANK

    found = dict(texts)
    say("What was written (Enter alone: nothing, or as it was; - deletes it):")
    for about, asked in desk.wanted_texts(keyed):
        if about.endswith(PAST) and about.removesuffix(PAST) in found:
            continue
        if about in found:
            say(f"  It was: {found[about]}")
        line = read_line(f"  {asked}")
        if line == BLANK and about in found:
            del found[about]
            yield dict(found)
        elif line and line != BLANK:
            found.pop(f"{about}{PAST}", None)
            found[about] = line
            yield dict(found)


def _one_sheet(desk: "Desk", written: str, *, remove: bool, yes: bool, regroup: bool, words: bool) -> int:
    """Show one sheet, then take it out or key it in again."""
    from selfassess.services.paper_desk import row_help

    number, before = desk.take_up_again(written)
    _show(desk, before)
    if remove:
        confirm(f"Take sheet {number} out?", yes, f"Sheet {number} stays in.")
        desk.remove(number)
        say(f"Sheet {number} is out.")
        return 0
    if not prompts.can_ask():
        raise UsageError("Nobody can type it in again here.", "Type at a terminal, or take it out with --remove.")
    if not regroup:
        desk.group = before.group or EVERYBODY
    say(row_help(desk))
    try:
        _keep(desk, number, "", before, words=words)
    except InputEnded:
        say(desk.unfinished().strip())
    except KeyboardInterrupt:
        say(f"Stopped.{desk.unfinished()}")
        raise Cancelled from None
    return 0


def _enter_again(desk: "Desk") -> None:
    """Key in sheets again until Enter alone; each difference is shown, and what is confirmed is kept."""
    from selfassess.services.paper_desk import row_help

    left = desk.numbers
    if not left:
        say("No sheet was typed in yet.")
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
            desk.leave()
            say(f"Sheet {number} was not typed in yet. Leave out --check to type it in for the first time.")
            continue
        desk.group = before.group or EVERYBODY
        again = _ask_row(desk, row)
        if again is None:
            desk.leave()
        else:
            desk.put_away(kept=_settle(desk, number, before, again))
    say(f"{count(len(desk.done), 'sheet')} checked, {sum(desk.done.values())} changed.")
    if unchecked := [number for number in desk.numbers if number not in desk.done]:
        say(f"Not checked: {', '.join(unchecked)}.")


def _settle(desk: "Desk", number: str, before: "Sheet", again: "Keyed") -> bool:
    """Ask about each difference, and keep at once what the paper says. Whether anything was changed."""
    first = desk.keyed(before)
    found = desk.differences(first, again)
    if not found:
        say(f"Sheet {number}: no difference.")
        return False
    kept = first
    for one in found:
        say(f"Sheet {number}, {one.where}: first {one.before}, now {one.now}.")
        right = _corrected(desk, kept.put(one.at, read_line("What does the paper say?")))
        if desk.differences(kept, right):
            desk.keep(number, right, before.texts, before)
            kept = right
    is_changed = bool(desk.differences(first, kept))
    say(f"Sheet {number} is changed." if is_changed else f"Sheet {number} stays as it was.")
    return is_changed


COMMANDS = (enter,)
