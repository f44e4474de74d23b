"""A round's figures and findings in words: the same on the page, in Markdown, in HTML and on the screen."""

from selfassess.model.finding import CouldNotSay, Split, Suggestion
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import EVERYBODY
from selfassess.model.sheet import Missing
from selfassess.model.summary import MATTERS, Agreement, Attendance, Claim, Difference, Figure, Flip, Range
from selfassess.model.units import Node, decimals, span
from selfassess.report import wording
from selfassess.report.round import RoundReport
from selfassess.report.round_protection import protection as protection  # its home is there, its users here
from selfassess.report.wording import capital as capital  # as protection
from selfassess.report.wording import count, listed, number
from selfassess.scoring.ranges import rate_word
from selfassess.scoring.withholding import FEW

MADE_UP = "MADE-UP EXAMPLE: nobody gave these answers."
VIEWS = {"close": "close", "mixed": "mixed", "wide": "wide apart"}
"""How far apart people are, in words."""
CAMPS = "two camps"
TURNED = "Turned round, because agreeing is bad news here"
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SMALL_GROUP = "a small group's answers could be worked out from it"
PROTECTED = f"differences of less than {MATTERS} points; how sure they are is not shown, on"
REST: dict[Claim, str] = {
    "differ": f"differences of less than {MATTERS} points, on",
    "all alike": f"differences of less than {MATTERS} points, on",
    "nothing found": "no difference that chance could not make, on",
    "too few": "too few people to tell a difference from chance (which is not the same as none), on",
}
"""What is said of differences that are not worth talking about."""
REASONS = {Missing.DONT_KNOW: "don't know", Missing.NOT_APPLICABLE: "doesn't apply", Missing.SKIPPED: "left blank"}
TOO_MANY = "More people answered than are said to be invited. Please correct that number:"
RANGES = (
    "Where somebody is silent there are two ranges. The first holds if the silent are like the rest, and allows for "
    "chance: it is right about 19 times in 20. It is wrong if mostly the unhappy, or mostly the happy, kept silent. "
    "The second always holds."
)


def spelled(value: int) -> str:
    """A small number as a word."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else str(value)


# Who is in


def kind(report: RoundReport) -> str:
    """What kind of report it is."""
    who = "everybody's view" if report.group is None else f"only the view of: {report.title_of(report.group)}"
    what = [f"only: {report.questionnaire.node(report.strand).title}"] if report.strand else []
    form = ["short form"] if report.round.form == "short" else []
    return " · ".join([f"Report of the closed round “{report.round.title}”", who, *what, *form])


def group(questionnaire: Questionnaire, id: str) -> str:
    """A group's title; "Everybody" where there are no groups."""
    return "Everybody" if id == EVERYBODY else questionnaire.group_title(id)


def turnout(one: Attendance) -> str:
    """How many handed in, with a word for it: "10 of 12 handed in (very good)"."""
    known = "" if one.invited is None or one.handed_in > one.invited else f" of {one.invited}"
    word = rate(one)
    return f"{one.handed_in}{known} handed in" + (f" ({word})" if word else "")


def rate(one: Attendance) -> str:
    """A word for how many of those invited handed in; that the number invited cannot be right."""
    if one.invited is not None and one.handed_in > one.invited:
        return "more than were invited: please correct that number"
    return "everybody" if one.handed_in == one.invited else rate_word(one.handed_in, one.invited)


def standing(report: RoundReport, one: Attendance) -> str:
    """What became of a group, in plain words."""
    match one.standing:
        case _ if not one.handed_in:
            return "nobody handed in"
        case "shown":
            return "shown"
        case "consent":
            return "shown although small, because everybody in it agreed"
        case "pooled":
            others = [group(report.questionnaire, id) for id in report.said.pooled if id != one.group]
            return f"joined with {listed(others)}, and shown together"
        case _:
            return "left out: too few to be shown, so in no figure and no total"


# Scores and how sure they are


def why_withheld(figure: Figure, name: str = "mean") -> str:
    """Why one of its figures is not shown; nothing where it is, or where there is none."""
    return figure.withheld.get(name, "")


def of_how_many(figure: Figure) -> str:
    """ "10 of 12": how many have a score, of how many could."""
    if figure.n is None:
        return ""
    return str(figure.n) if figure.invited is None else f"{figure.n} of {figure.invited}"


def in_units(questionnaire: Questionnaire, node: Node, points: float) -> float:
    """A figure on 0 to 100 in the units that its node is shown in."""
    return span(questionnaire, node).value(points / 100) if node.units == "own" else points


def between(questionnaire: Questionnaire, node: Node, ends: Range | None) -> str:
    """ "64–72", in the units that the node is shown in."""
    if ends is None:
        return ""
    low, high = (number(in_units(questionnaire, node, end), decimals(node)) for end in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"


def sure(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """How many answered, the mean, and how sure it is: both ranges in words."""
    if figure.coded:
        return f"{answered(figure)} Mean {figure.coded}."
    if figure.shown is None:
        return answered(figure)
    mean = f"{answered(figure)} Mean {wording.score(questionnaire, node, figure)}."
    return " ".join(filter(None, (mean, _ranges(questionnaire, node, figure), views(figure))))


def answered(figure: Figure) -> str:
    """ "10 of 12 answered."; that all did, or that the number invited cannot be right."""
    n, invited = figure.n, figure.invited
    if n is None:
        return ""
    if invited is None:
        return f"{n} answered."
    if n > invited:
        return f"{n} answered, but only {invited} are said to be invited: please correct that number."
    return f"All {n} answered." if n == invited else f"{n} of {invited} answered."


def views(figure: Figure) -> str:
    """How far apart people are: "Views are mixed."."""
    return f"Views are {VIEWS[figure.spread]}." if figure.spread else ""


def _ranges(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    n, invited = figure.n or 0, figure.invited
    likely = between(questionnaire, node, figure.likely)
    if invited is None:
        return f"If others are like those who answered: {likely}." if likely else ""
    if n > invited:
        return ""
    if n == invited:
        return "Nobody is silent, so this is the whole picture and no estimate."
    silent = invited - n
    who = f"the {spelled(silent)} silent {'member is' if silent == 1 else 'members are'} like the rest"
    possible = between(questionnaire, node, figure.possible)
    thinks = "Whatever that member thinks" if silent == 1 else "Whatever they think"
    return " ".join(
        filter(None, (f"If {who}: {likely}." if likely else "", f"{thinks}: {possible}." if possible else ""))
    )


def by_head(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """The mean in which each person counts once, beside that in which each shown group does."""
    if figure.by_group is None or figure.shown is None:
        return ""
    once = number(in_units(questionnaire, node, figure.by_group), decimals(node))
    return (
        f"Each person counts once in this mean. With each shown group counting once, however many are in it, it would "
        f"be {once}."
    )


def agreement(found: Agreement | None) -> str:
    """How alike people see an item, with what answers at random reach, and what they reach once in twenty times."""
    if found is None:
        return ""
    return f"agreement {found.index:.2f} (at random {found.chance:.2f}; once in twenty {found.chance_high:.2f})"


def could_not(figure: Figure) -> str:
    """How many of those asked gave no answer, by kind."""
    if figure.missing is None:
        return ""
    told = [f"{figure.missing[kind.key]} {words}" for kind, words in REASONS.items() if figure.missing.get(kind.key)]
    return f"could not say: {', '.join(told)}" if told else ""


def flip(figure: Figure, one: Flip) -> str:
    """What few silent members could change."""
    silent = (figure.invited or 0) - (figure.n or 0)
    who = f"{one.silent} of the {silent} silent members"
    if one.silent == silent:
        who = f"all {silent} silent members" if silent > 1 else "the one silent member"
    return f"If {who} had answered at the {one.towards} end, this would be “{one.band}”."


# Findings


def score(node: Node, figure: Figure) -> str:
    """The score as people read it, also where it is coded."""
    return figure.coded or number(figure.shown, decimals(node))


def reason(node: Node, figure: Figure) -> str:
    """The score and the target: "scored 33, target 75"."""
    target = "" if figure.target is None else f"target {figure.target:g}"
    return ", ".join(filter(None, (f"scored {score(node, figure)}", target)))


def split(report: RoundReport, one: Split) -> str:
    """Who is in two camps, and on what."""
    who = "all" if one.cell == "all" else report.title_of(one.cell)
    return f"Among {who}: {one.item.text}"


def rosier(report: RoundReport, one: Difference) -> str:
    """Which side sees it rosier, and by how much."""
    first, second = report.title_of(one.rosier), report.title_of(one.other)
    return f"{first}: {count(round(one.points), 'point')} rosier than {second}"


def pairs(report: RoundReport, one: Difference) -> str:
    """The difference in pairs of people; nothing where it is not shown."""
    if one.pairs is None:
        return ""
    first, second = report.title_of(one.rosier), report.title_of(one.other)
    higher, lower = one.pairs
    return (
        f"Of 100 pairs with one of each, the one from {first} scores higher in {higher}, the one from {second} in "
        f"{lower}."
    )


def claim(one: Difference, detail: int = FEW) -> str:
    """What may be said of a difference; `detail` is from how many people on intervals are shown."""
    interval = one.interval
    if interval is not None and interval.low == interval.high:
        return "Everybody in both groups answered, so this is a fact about them and no estimate."
    sure = f"Allowing for chance, between {interval.low:.0f} and {interval.high:.0f} points." if interval else ""
    match one.claim:
        case "too few" if min(one.n) >= detail:
            return f"How sure that is cannot be shown, since {SMALL_GROUP}."
        case "too few":
            return "There are too few people to tell this from chance, which does not mean that there is no difference."
        case "all alike":
            return "Everybody in each group said the same, and the groups differ."
        case "nothing found":
            return f"{sure} It may be chance.".strip()
        case _ if interval is None:
            return f"That is more than chance would make of it. How large it may be is not shown, since {SMALL_GROUP}."
        case _:
            return f"{sure} That is more than chance would make of it."


def hard_to_say(one: CouldNotSay) -> str:
    """How many could not answer an item."""
    told = could_not(one.figure).partition(": ")[2]
    return f"{one.could_not} of {one.asked} could not answer ({told})" if told else f"{one.could_not} of {one.asked}"


def because(report: RoundReport, one: Suggestion) -> str:
    """What calls for an action."""
    match one.because:
        case Split() as split:
            who = "all" if split.cell == "all" else report.title_of(split.cell)
            return f"{who} are in two camps on “{split.item.text}”"
        case Difference() as difference:
            first, second = report.title_of(difference.rosier), report.title_of(difference.other)
            return f"{first} and {second} see it differently, by {count(round(difference.points), 'point')}"
        case _:
            return f"the gap: {reason(one.ranked.node, one.ranked.figure)}"
