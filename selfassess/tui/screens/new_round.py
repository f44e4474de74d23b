"""Making a round: the questionnaire, its form, what becomes of small groups, and all of it once more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from selfassess.definition.library import Listed
from selfassess.model.questionnaire import Edition
from selfassess.model.round import SmallGroups, Thresholds
from selfassess.model.sheet import Form
from selfassess.services.groups import titles_of
from selfassess.services.round_setup import Setup, Usual
from selfassess.services.small_groups import QUESTION, WHY, Choice, from_how_many, recommended
from selfassess.text import capital
from selfassess.tui.screens.step_list import Step, StepList
from selfassess.tui.widgets.scale_options import Option

SameAsBefore = Literal[""]


class Questionnaires(StepList[Listed | SameAsBefore | Literal["file"] | None]):
    """The questionnaires that come with the program, or the one of the round before. Returns one, "" for the same as
    before, "file" for one in a file, or None to go back."""

    def __init__(
        self, found: Sequence[Listed], before: Edition | None, chosen: str, command: Callable[[str], str]
    ) -> None:
        """`chosen` is the one that was chosen last, as the command names it."""
        steps: list[Step[Listed | SameAsBefore | Literal["file"] | None]]
        if before:
            words = f"As before: {before.questionnaire.title}, version {before.questionnaire.version}"
            steps = [Step(Option(words), "", command(""))]
        else:
            steps = [Step(Option(one.title), one, command(one.id)) for one in found]
        known = [one.id for one in found]
        at = known.index(chosen) if chosen in known else len(steps) if chosen else 0
        own = "A newer version of it, in a file" if before else "Your own, in a file"
        steps.append(Step(Option(own), "file", command("FILE")))
        super().__init__("Which questionnaire?", [], steps, back=("Back", None), pointer=at)


class WholeOrShort(StepList[Form | None]):
    """The whole questionnaire or the short form, each with how long it takes and its command. None to go back."""

    def __init__(self, forms: Mapping[Form, tuple[str, str]], usual: Form) -> None:
        titles: dict[Form, str] = {"full": "The whole questionnaire", "short": "The short form"}
        steps: list[Step[Form | None]] = [
            Step(Option(titles[form], about=about), form, command) for form, (about, command) in forms.items()
        ]
        pointer = list(forms).index(usual)
        super().__init__("All of it, or the short form?", [], steps, back=("Back", None), pointer=pointer)


NAMES: dict[SmallGroups, str] = {
    "consent": "Ask the people in it",
    "leave_out": "Leave it out",
    "pool": "Join it with others",
}

SMALL: dict[SmallGroups, str] = {
    "consent": "People in a small group are asked whether it can be shown.",
    "leave_out": "Small groups are left out.",
    "pool": "Small groups are joined with others.",
}


class SmallGroupWays(StepList[SmallGroups | None]):
    """The ways with small groups, each with how much it shows. None to go back."""

    def __init__(
        self,
        ways: Sequence[Choice],
        thresholds: Thresholds,
        usual: Usual,
        chosen: SmallGroups | None,
        command: Callable[[SmallGroups], str],
    ) -> None:
        best = recommended(ways)
        steps: list[Step[SmallGroups | None]] = []
        for one in ways:
            marks = [capital(WHY)] if one.way == best else []
            marks += ["As before"] if usual.round is not None and one.way == usual.rules.small_groups else []
            whole, half = (case.figures for case in one.cases)
            shown = f"Figures shown: about {whole} if all hand in, {half} if half do"
            about = ". ".join([*marks, capital(one.meaning), shown])
            steps.append(Step(Option(NAMES[one.way], about=f"{about}."), one.way, command(one.way)))
        at = [one.way for one in ways].index(chosen or usual.way(best))
        super().__init__(
            "Small groups", [" ".join(from_how_many(thresholds)), QUESTION], steps, back=("Back", None), pointer=at
        )


OWN_CODE = {True: "People can make up a code of their own.", False: "They are not asked for a code of their own."}


class MakeIt(StepList[bool]):
    """All that was said of a round. Returns whether to make it, or False to go back."""

    def __init__(self, setup: Setup, command: str) -> None:
        titles, rules = titles_of(setup.edition.questionnaire), setup.rules
        form = "the short form" if setup.form == "short" else "the whole questionnaire"
        invited = ", ".join(f"{titles[group]} {number}" for group, number in setup.invited.items())
        lines = (
            f"It asks “{setup.edition.questionnaire.title}”, {form}.",
            f"Invited: {invited} ({sum(setup.invited.values())} in all).",
            SMALL[rules.small_groups],
            "Everybody needs a code." if rules.codes else "No codes are needed.",
            OWN_CODE[rules.matching],
        )
        changeable = "This can be changed until somebody is invited: see “round change” in a terminal."
        steps = [Step(Option("Make this round"), True, command)]
        super().__init__(setup.title, ["\n".join(lines), changeable], steps, back=("Back", False), is_long=True)
