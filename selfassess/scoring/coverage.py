"""Coverage: how many people show a behaviour, and whether a skill is there for whoever needs it.

It goes by behaviours, the items that people answer about themselves, and by how many gave each answer to them. A skill
is as well covered as the behaviour that fewest show. docs/scores.md says why, and gives the rule for each need.
"""

from collections.abc import Iterable, Mapping, Sequence

from selfassess.model.coverage import VERDICTS, OwnStock, Practice, Showing, Verdict
from selfassess.model.questionnaire import Action, GroupKey, Item, Questionnaire, Skill
from selfassess.model.results import Cell
from selfassess.model.score_tree import span

NEARLY = 10
"""For a need of everyone one in so many may still be learning it."""


def showing(questionnaire: Questionnaire, skill: Skill, item: Item, counts: Mapping[str, int]) -> Showing:
    """How many show a behaviour, from how many gave each value (as answered; the item may be reversed). ValueError
    where the skill does not say from which point on it is shown.

    Of the points below that one, the lower half mean "hardly" (of an odd number the one in the middle too), the others
    "sometimes".
    """
    if skill.shown_from is None:
        raise ValueError(f"{skill.id} has no point from which on it is shown")
    turned = {float(value): n for value, n in counts.items()}
    if item.reverse:
        ends = span(questionnaire, item)
        turned = {ends.lowest + ends.highest - value: n for value, n in turned.items()}
    below = sorted(value for value in turned if value < skill.shown_from)
    hardly = below[: (len(below) + 1) // 2]
    return Showing(
        reliably=sum(n for value, n in turned.items() if value >= skill.shown_from),
        sometimes=sum(turned[value] for value in below[len(hardly) :]),
        hardly=sum(turned[value] for value in hardly),
    )


def verdict(skill: Skill, found: Showing) -> Verdict:
    """Whether enough people show one behaviour reliably, of those who answered: "covered", "thin" or "missing".

    Everyone needs it: covered where all do, or all but one in NEARLY; thin from half on. Some need it: covered from
    `at_least` people on; thin from one on. ValueError where the skill does not say who needs it.
    """
    match skill.need:
        case "everyone":
            enough, some = found.n - found.n // NEARLY, found.n / 2
        case "some":
            enough, some = skill.at_least or 1, 1
        case None:
            raise ValueError(f"{skill.id} has no need")
    if found.reliably >= enough:
        return "covered"
    return "thin" if found.reliably >= some else "missing"


def least_shown(skill: Skill, showings: Sequence[tuple[Item, Showing]]) -> tuple[Item, Showing]:
    """The behaviour that a skill's coverage rests on: of those with the worst verdict the one that the smallest share
    shows reliably, of equal ones the first. ValueError where there is none."""
    return min(showings, key=lambda one: (-VERDICTS.index(verdict(skill, one[1])), one[1].share))


def share_at_the_point(showings: Iterable[Showing]) -> float | None:
    """Of all answers to some behaviours, the share of those that say "reliably"; None where nobody answered."""
    found = list(showings)
    answers = sum(one.n for one in found)
    return sum(one.reliably for one in found) / answers if answers else None


HIGH, LOW = 2 / 3, 1 / 2
"""Shares of answers that say "reliably": from HIGH on most do; below LOW, fewer than half."""


def see_it_differently(own: float, shared: float) -> bool:
    """Whether most answers say that people do it themselves, and few that the partnership does; both are shares of
    answers that say "reliably"."""
    return own >= HIGH and shared < LOW


OFFERED, PRACTISED = 3, 2
"""How many skills one person is told that they could offer, and how many things that they could practise."""


def own_stock(questionnaire: Questionnaire, cell: Cell, group: GroupKey | None) -> OwnStock | None:
    """The stock-take of one person, from their own figures. None where no skill says who needs it."""
    skills = questionnaire.needed_skills
    if not skills:
        return None
    offered: list[tuple[float, Skill]] = []
    short: list[tuple[float, Skill, Item]] = []
    for skill in skills:
        given = [(item, figure) for item in skill.behaviours if (figure := cell.figure(item.id)).n]
        told = [(figure.mean or 0.0, item, showing(questionnaire, skill, item, figure.counts or {}).reliably)
                for item, figure in given]  # fmt: skip  # as one list
        if told and all(reliably for _, _, reliably in told):
            offered.append((sum(mean for mean, _, _ in told) / len(told), skill))
        elif lacking := [(mean, item) for mean, item, reliably in told if not reliably]:
            mean, item = min(lacking, key=lambda one: one[0])
            short.append((mean, skill, item))
    return OwnStock(
        tuple(skill for _, skill in sorted(offered, key=lambda one: -one[0])[:OFFERED]),
        tuple(Practice(skill, item, _action(skill, group)) for _, skill, item in
              sorted(short, key=lambda one: one[0])[:PRACTISED]),
    )  # fmt: skip  # in few lines


def _action(skill: Skill, group: GroupKey | None) -> Action | None:
    return next((one for one in skill.actions if one.suits(group)), None)
