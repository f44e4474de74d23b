"""What a round's report suggests, to be taken into the plan."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.documents.suggestions import Offered
from selfassess.documents.wording import MADE_UP
from selfassess.model.round import Round
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.planning.flow import Planning


class WhichRound(Menu):
    """The closed rounds."""

    def __init__(self, flow: "Planning", rounds: Sequence[Round]) -> None:
        lines = [
            Line(Option(one.title, str(at) if at < 10 else ""), partial(flow.suggested, one))
            for at, one in enumerate(rounds, 1)
        ]
        said = ["What the report of a round suggests can be taken into the plan."]
        super().__init__(flow, "Which round?", said, lines, back=("Back", flow.listing))


class Suggestions(Menu):
    """Each suggestion, to be chosen or left."""

    def __init__(self, flow: "Planning", round: Round, found: Sequence[Offered]) -> None:
        self.planning = flow
        self.found = tuple(found)
        self.chosen: set[int] = set()
        said = ["Choose what you want to do. The widest gap of any group comes first."]
        said += [MADE_UP] if flow.report.made_up else []
        lines = [Line(option, partial(self.turn, at)) for at, option in enumerate(self._options())]
        super().__init__(flow, f"Suggested by the report of {round.title}", said, lines, back=("Back", flow.listing))
        self.options.set_options(self._options(), mark="many", pointer=0)

    def _options(self) -> list[Option]:
        return [_option(self.planning, one, is_chosen=at in self.chosen) for at, one in enumerate(self.found)]

    def show_keys(self, *, more: bool = False) -> None:  # noqa: ARG002  # the menu is what scrolls
        number = len(self.chosen)
        take = [Key("p", "P", f"Put {number} into the plan")] if number else []
        page = Key("pagedown", "PgDn", "Read on")
        self.bar.set_keys([Key("enter", "Enter", "Choose"), *take, page, Key("escape", "Esc", "Back"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        if key == "p" and self.chosen:
            self.planning.take(self.found[at].planned for at in sorted(self.chosen))
            return True
        return super().press(key)

    def turn(self, at: int) -> None:
        """Choose a suggestion, or leave it after all."""
        self.chosen ^= {at}
        self.options.set_options(self._options(), mark="many", pointer=at)
        self.show_keys()


def _option(flow: "Planning", one: Offered, *, is_chosen: bool) -> Option:
    known, planned = flow.report.known, one.planned
    who = ", ".join(known.groups.get(id, id) for id in planned.groups)
    about = f"{known.nodes.get(planned.node, planned.node)} ({one.because})" + (f" · for {who}" if who else "")
    return Option(planned.text, about=about, is_chosen=is_chosen)
