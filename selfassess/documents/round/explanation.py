"""How a score of a round was worked out, from published figures alone."""

from collections.abc import Iterator

from selfassess.documents import wording
from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Notes, Paragraph, Section, Table
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.wording import protection
from selfassess.documents.wording import fine, number
from selfassess.errors import UsageError
from selfassess.model.questionnaire import Item
from selfassess.model.reports import RoundReport
from selfassess.model.results import CLOSE, WIDE, Cell, Figure, Reliability
from selfassess.model.score_tree import OVERALL, Node, decimals, has_score, min_answered, nodes, parts, span
from selfassess.text import capital, listed, nearest_or_all

NAMES = {
    "n": "how many answered", "mean": "the mean", "possible": "the range at the very most",
    "likely": "the range if the others think like those who answered", "spread": "how far apart people are",
    "sd": "the standard deviation", "agreement": "how far they agree", "flips": "what the missing answers could change",
    "reliability": "whether the items measure the same thing", "by_group": "the mean if each group counted once",
}  # fmt: skip  # a table of keys and words
ROUNDED = (
    "All numbers here are rounded, so if you work them out yourself the last digit may differ. More decimals could "
    "give away what single people answered."
)


def explain(report: RoundReport, name: str) -> Section:
    """The working of a strand, benchmark or skill, or of "overall", named by its id or title; of an item, that of what
    it is part of. UsageError for another name."""
    id, node = _meant(report, name)
    figure = _figure(report.cell, id)
    if figure is None:
        raise UsageError("This questionnaire has no overall score.")
    notes = Notes()
    blocks: list[Block] = [Paragraph(round_wording.kind(report), "quiet")]
    if report.made_up:
        blocks.append(Paragraph(wording.MADE_UP, "strong"))
    blocks += [Paragraph(words, "quiet") for words in wording.background(node)]
    blocks += [Paragraph(words) for words in _rule(report, node)]
    blocks += _made_from(report, node, notes)
    if report.group is None and report.groups:
        blocks += _by_group(report, id, notes)
    blocks += [Heading("The result"), *(Paragraph(words) for words in _result(report, node, figure))]
    blocks += _ranges(report, node, figure)
    blocks += _suppressed(report, figure)
    title = finding_wording.title_of(report, id)
    return Section("working", f"{title} ({id})", (*blocks, *notes.blocks()))


def _meant(report: RoundReport, name: str) -> tuple[str, Node]:
    known = nodes(report.questionnaire)
    for id, node in known.items():
        titled = "overall" if id == OVERALL else report.questionnaire.node(id).title.lower()
        has_item = id != OVERALL and any(item.id == name for item in report.questionnaire.node(id).items)
        if name.strip().lower() in (id, titled) or has_item:
            return id, node
    hint = nearest_or_all(name, known, "name")
    raise UsageError(f"There is no strand or benchmark “{name}”.", hint=hint)


def explainable(report: RoundReport) -> Section:
    """What can be explained: the name of each strand, benchmark and skill, with its title."""
    told = []
    for id, node in nodes(report.questionnaire).items():
        if id != OVERALL:
            told.append(Bullet(report.questionnaire.node(id).title, id))
        elif has_score(report.questionnaire, node):
            told.append(Bullet("The overall score", OVERALL))
    return Section("names", "What can be explained", (BulletList(tuple(told)),))


def _figure(cell: Cell, id: str) -> Figure | None:
    return cell.overall if id == OVERALL else cell.figure(id)


def _rule(report: RoundReport, node: Node) -> Iterator[str]:
    yield f"Each person's score: {wording.METHODS[node.method]}."
    below = parts(report.questionnaire, node)
    if node.method in ("mean", "sum", "min"):
        least = min_answered(report.questionnaire, node)
        share = "half" if least == 0.5 else f"{number(100 * least)} in 100"
        yield f"A person has a score if they answered at least {share} of the items they were asked."
    if len({part.weight for part in below}) > 1:
        yield "Each part counts by its weight."
    if span(report.questionnaire, node).mixed:
        yield "Its parts have different scales, so each is put on 0 to 100 first."
    if any(isinstance(part, Item) and part.reverse for part in below):
        yield "A reversed item is turned round in its scale's own ends: lowest + highest − answer."
    if node.method in ("mean", "sum"):
        yield "The mean is of all answers, so people who skipped some count less."
    else:
        yield "The mean is of everybody who has a score."


def _made_from(report: RoundReport, node: Node, notes: Notes) -> Iterator[Block]:
    rows = []
    for part in parts(report.questionnaire, node):
        figure = report.cell.figure(part.id)
        words = finding_wording.item_words(report, part) if isinstance(part, Item) else part.title
        turned = " (reversed)" if isinstance(part, Item) and part.reverse else ""
        rows.append((f"{words}{turned}", _n(figure, notes), _mean(figure, notes), f"{part.weight:g}"))
    if rows:
        yield Heading("Made from")
        yield Table("What it is made from", ("Part", "Answered", "Mean, 0 to 100", "Weight"), tuple(rows), numbers=True)


def _by_group(report: RoundReport, id: str, notes: Notes) -> Iterator[Block]:
    rows = []
    for cell in (report.results.all, *report.groups):
        if (figure := _figure(cell, id)) is not None:
            spread = notes.mark(figure.withheld["sd"]) if "sd" in figure.withheld else number(figure.sd)
            invited = "" if figure.invited is None else str(figure.invited)
            rows.append((report.title_of(cell.id), invited, _n(figure, notes), _mean(figure, notes), spread))
    yield Heading("Group by group")
    columns = ("Group", "Could answer", "Have a score", "Mean, 0 to 100", "Standard deviation")
    yield Table("Group by group", columns, tuple(rows), numbers=True)


def _n(figure: Figure, notes: Notes) -> str:
    return notes.mark(figure.withheld["n"]) if "n" in figure.withheld else str(figure.n)


def _mean(figure: Figure, notes: Notes) -> str:
    if figure.coded:
        return figure.coded
    return notes.mark(figure.withheld["mean"]) if "mean" in figure.withheld else number(figure.mean)


def _result(report: RoundReport, node: Node, figure: Figure) -> Iterator[str]:
    if figure.mean is None or figure.shown is None:
        yield f"Mean: {figure.coded}." if figure.coded else _nothing(figure)
        return
    told = [f"Mean: {number(figure.shown, decimals(node))} on 0 to 100"]
    if node.units == "own":
        ends = span(report.questionnaire, node)
        told = [f"Mean: {number(figure.shown, decimals(node))} on {ends.lowest:g} to {ends.highest:g}"]
        told += [f"which is {number(figure.mean)} on 0 to 100"]
    told += [f"in the band “{figure.band}”"] if figure.band else []
    told += [wording.against_target(node, figure)] if figure.gap is not None else []
    yield ", ".join(told) + "."
    if once := round_wording.by_head(report.questionnaire, node, figure):
        yield once


def _nothing(figure: Figure) -> str:
    why = figure.why_none or round_wording.why_suppressed(figure)
    return f"There is no score: {why}." if figure.why_none else f"The score is not shown: {why}."


def _ranges(report: RoundReport, node: Node, figure: Figure) -> Iterator[Block]:
    n, mean, sd, invited = figure.n, figure.mean, figure.sd, figure.invited
    if n is None or mean is None:
        return
    yield Heading("How sure it is")
    yield Paragraph(round_wording.sure(report, node, figure))
    yield Paragraph(ROUNDED, "quiet")
    told = []
    if figure.likely is not None and sd is not None:
        known = invited is not None and n < invited
        part, formula = (f" × √(1 − {n}/{invited})", " × √(1 − n/N)") if known else ("", "")
        told.append(
            Bullet(
                f"{number(mean)} ± {fine(report.t_values[n])} × {number(sd)}/√{n}{part}, about "
                f"{number(figure.likely.low)} to {number(figure.likely.high)}. That is mean ± t × standard "
                f"deviation/√n{formula}, cut to the range below.",
                "If the others think like those who answered",
            )
        )
    if figure.possible is not None and invited is not None and invited > n:
        silent = invited - n
        told.append(
            Bullet(
                f"({n} × {number(mean)} + {silent} × 0)/{invited}, about {number(figure.possible.low)}, up to "
                f"({n} × {number(mean)} + {silent} × 100)/{invited}, about {number(figure.possible.high)}.",
                "At the very most",
            )
        )
    told += _alike(figure)
    if told:
        yield BulletList(tuple(told))


def _alike(figure: Figure) -> Iterator[Bullet]:
    if figure.sd is not None:
        words = f"{number(figure.sd)}. Up to {CLOSE:g} is close, {WIDE:g} or more is wide apart."
        yield Bullet(words, "Standard deviation")
    if figure.agreement is not None:
        found = figure.agreement
        yield Bullet(
            f"{capital(round_wording.agreement(found))}. This is r*wg: 1 if all say the same, 0 if they "
            f"are as far apart as answers at random. Answers at random reach {fine(found.chance)}, and "
            f"{fine(found.chance_high)} once in twenty times.",
            "How far they agree",
        )
    for one in figure.flips:
        yield Bullet(round_wording.flip(figure, one), "What the missing answers could change")
    if figure.reliability is not None:
        yield Bullet(_reliability(figure.reliability), "Whether the items measure the same thing")


def _reliability(found: Reliability) -> str:
    if found.alpha is None:
        return f"cannot be computed: {found.why_none}."
    between = "" if found.low is None or found.high is None else f" (between {fine(found.low)} and {fine(found.high)})"
    turn = " It is negative: check the direction of these items." if found.alpha < 0 else ""
    of = f"from the {found.n} who answered all of them" if found.item_rest else f"for the {found.n} who have a score"
    omega = f" Omega: {fine(found.omega)}." if found.omega is not None else ""
    return (
        f"Cronbach's alpha {fine(found.alpha)}{between}, {of}: near 1 if people "
        f"who say yes to one say yes to the others, near 0 if they have nothing to do with each other.{omega}{turn} "
        "This describes the questionnaire and does not grade anybody."
    )


def _suppressed(report: RoundReport, figure: Figure) -> Iterator[Block]:
    yield Heading("What is shown, and what is not")
    yield Paragraph(protection(report.round, report.questionnaire)[0])
    reasons: dict[str, list[str]] = {}
    for name, reason in figure.withheld.items():
        if name in NAMES:
            reasons.setdefault(reason, []).append(NAMES[name])
    told = [Bullet(f"{listed(names)}.", f"Not shown ({reason})") for reason, names in reasons.items()]
    if told:
        yield BulletList(tuple(told))
