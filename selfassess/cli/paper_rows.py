"""Keying in at a terminal: row after row, each corrected where it does not fit; and one sheet by its number."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from selfassess.cli import asking, keying
from selfassess.cli.paper_desk import GROUP_WORD, Desk, row_help, show
from selfassess.cli.round_place import counted, edition_of
from selfassess.cli.streams import Stopped, Told, confirm, read_line, say
from selfassess.errors import UsageError
from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting.choices import DONT_KNOW, NOT_APPLICABLE

if TYPE_CHECKING:
    from selfassess.storage.rounds import Rounds


def desk_for(rounds: "Rounds", name: str, group: str | None, *, words: bool) -> Desk:
    """The desk for a round. UsageError where it is not open, or the group takes no part."""
    round = rounds.get(name)
    if round.state == "new":
        raise UsageError(
            f"The round “{round.title}” is not open yet.", f"First: {_command(rounds)} round open {round.id}"
        )
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Sheets are keyed in while it is open.")
    desk = Desk(rounds, round, edition_of(rounds, round), next(iter(round.invited)), words)
    if group is not None:
        desk.turn_to(group)
    return desk


def _command(rounds: "Rounds") -> str:
    return program(str(rounds.project.path))


def sit_down(desk: Desk, *, check: bool, named: bool) -> None:
    """Key in, or check, until the person is done."""
    from selfassess.cli import paper_check

    try:
        if check:
            paper_check.run(desk)
            return
        if not named and len(desk.round.invited) > 1:
            _ask_group(desk)
        _many(desk)
    except (Stopped, KeyboardInterrupt) as stopped:
        sheets = counted(len(desk.done) if check else sum(desk.done.values()), "sheet")
        said = f"checked, {sum(desk.done.values())} changed" if check else "keyed in"
        say(f"Stopped. {sheets} {said}.{desk.unfinished()}")
        if isinstance(stopped, KeyboardInterrupt):
            raise Told from None


def _ask_group(desk: Desk) -> None:
    ids = list(desk.round.invited)
    place = asking.choose("Whose sheets?", [(f"{id}: {desk.title(id)}", ()) for id in ids], 0)
    desk.group = ids[place]


def _many(desk: Desk) -> None:
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
        desk.put_away(kept=is_wanted and keep(desk, number, row, before))
    done = counted(sum(desk.done.values()), "sheet")
    say(f"{done} keyed in. To check them: {_command(desk.rounds)} round enter {desk.round.id} --check")


def _turn(desk: Desk, name: str) -> None:
    try:
        desk.turn_to(name)
    except UsageError as error:
        say(str(error))
    else:
        say(f"Now: {desk.title()}.")


def _replaces(desk: Desk, number: str, before: Sheet) -> bool:
    say(f"Sheet {number} was keyed in before:")
    show(desk, before)
    return asking.ask_yes_no("Key it in anew?", default=False)


def keep(desk: Desk, number: str, row: str, before: Sheet | None) -> bool:
    """Ask for a row until it fits, and keep it; then each text as it is typed. False where the person gives up."""
    keyed = ask_row(desk, row)
    if keyed is None:
        say(f"Sheet {number} was left out.")
        return False
    texts = dict(before.texts) if before else {}
    desk.enter(number, desk.sheet(keyed, texts, before))
    say(f"Sheet {number} kept: {_in_words(keyed)}.")
    if desk.words:
        for found in _texts(desk, keyed, texts):
            desk.enter(number, desk.sheet(keyed, found, before))
    return True


def _in_words(keyed: keying.Keyed) -> str:
    """How many questions are answered and how many blank; the other kinds of missing where there are any."""
    kinds = {DONT_KNOW: "don't know", NOT_APPLICABLE: "doesn't apply", keying.HIDDEN: "not to be answered"}
    blank = keyed.keys.count(keying.BLANK)
    others = [f"{keyed.keys.count(key)} {words}" for key, words in kinds.items() if key in keyed.keys]
    answered = sum(key not in (keying.BLANK, *kinds) for key in keyed.keys)
    return ", ".join([f"{answered} answered", *others, f"{blank} blank"])


def ask_row(desk: Desk, row: str = "") -> keying.Keyed | None:
    """A row that fits. Only what does not fit is asked for again; None where Enter alone is typed for the row."""
    while True:
        row = row or read_line(f"Row ({len(desk.layout().numbered)} questions; Enter alone: leave this sheet out):")
        if not row:
            return None
        try:
            keyed = desk.read(row)
        except UsageError as error:
            say(f"{error}\nType the row once more.")
            row = ""
            continue
        return corrected(desk, keyed)


def corrected(desk: Desk, keyed: keying.Keyed) -> keying.Keyed:
    """A row with every key that does not fit asked for again."""
    while found := desk.misfits(keyed):
        for misfit in found:
            say(str(misfit))
            keyed = put(keyed, misfit.at, read_line(f"{misfit.where}:"))
    return keyed


def put(keyed: keying.Keyed, at: int, typed: str) -> keying.Keyed:
    """A row with one place typed again."""
    if at == -2:  # the code at the end
        return replace(keyed, code=typed)
    key = " ".join(typed.strip("/ ").lower().split()) or keying.BLANK
    return replace(keyed, consent=key) if at == -1 else keyed.with_key(at, key)


def _texts(desk: Desk, keyed: keying.Keyed, texts: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The texts of a sheet, once for each that is typed or taken away."""
    found = dict(texts)
    say("What was written (Enter alone: nothing, or as it was; - takes it away):")
    for about, asked in keying.wanted_texts(desk.layout(), keyed):
        if about in found:
            say(f"  It was: {found[about]}")
        line = read_line(f"  {asked}")
        if line == keying.BLANK and about in found:
            del found[about]
            yield dict(found)
        elif line and line != keying.BLANK:
            found[about] = line
            yield dict(found)


def one_sheet(desk: Desk, number: str, *, remove: bool, yes: bool, regroup: bool) -> int:
    """Show one sheet, then take it out or key it in anew."""
    number, before = desk.take_up(number)
    if before is None:
        there = desk.rounds.papers(desk.round.id)
        hint = (
            f"The numbers are: {', '.join(there[:20])}{' …' if len(there) > 20 else ''}."
            if there
            else "None was keyed in."
        )
        raise UsageError(f"There is no sheet {number} that was keyed in.", hint)
    show(desk, before)
    if remove:
        confirm(f"Take sheet {number} out?", yes, f"Sheet {number} stays in.")
        desk.rounds.remove_paper(desk.round.id, number)
        say(f"Sheet {number} is out.")
        return 0
    if not asking.can_ask():
        raise UsageError("There is nobody to key it in anew.", "Type at a terminal, or take it out with --remove.")
    if not regroup:
        desk.group = before.group or ""
    say(row_help(desk))
    try:
        keep(desk, number, "", before)
    except Stopped:
        say(desk.unfinished().strip())
    except KeyboardInterrupt:
        say(f"Stopped.{desk.unfinished()}")
        raise Told from None
    return 0
