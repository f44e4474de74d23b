"""What every command about rounds needs: the rounds of the shared project, and how many of each group handed in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from selfassess.cli.project_choice import open_shared
from selfassess.paths import program
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.cli.place import Place
    from selfassess.model.round import Counts, Round
    from selfassess.project.rounds import Rounds


@contextmanager
def opened(place: "Place", *, to_look: bool = False) -> Iterator["Rounds"]:
    """The rounds of the project; `to_look` where a file that can only be read will do. UsageError where none is named
    or it is one person's own, ProjectError where there is no such file."""
    from selfassess.project.rounds import Rounds

    with open_shared(place, to_look=to_look) as project:
        yield Rounds(project)


def called(place: "Place") -> str:
    """How the command is called for this project: "selfassess --project ours.selfassess"."""
    return program(str(place.path))


def rate(handed_in: int, invited: int) -> str:
    """How many of those invited handed in, with a word for it."""
    from selfassess.documents.wording import rate_word

    if handed_in > invited:
        return f"{handed_in} handed in, more than the {invited} invited: correct that number"
    word = rate_word(handed_in, invited)
    return f"{handed_in} of {invited} handed in" + (f" ({word})" if word and handed_in else "")


def count_lines(round: "Round", counts: "Counts", titles: Mapping[str, str]) -> Iterator[str]:
    """What may be told of a round at any time, a line a group."""
    for group, invited in round.invited.items():
        handed_in, begun = counts.handed_in.get(group, 0), counts.drafts.get(group, 0)
        line = f"{titles[group]}: {rate(handed_in, invited)}"
        if begun:
            line += f"; {begun} begun and not handed in"
        if round.rules.codes and round.state != "closed":
            line += f"; {count(counts.codes.get(group, 0), 'code')} issued, {counts.used.get(group, 0)} used"
        yield line
    if len(round.invited) > 1:
        total, invited = sum(counts.handed_in.values()), sum(round.invited.values())
        yield f"All: {rate(total, invited)}"
