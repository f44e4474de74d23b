"""The one page of a round for a board: where it stands, what is strong, what to talk about, what moved."""

from collections.abc import Iterator, Sequence
from textwrap import shorten

from selfassess.dates import day_words
from selfassess.documents import follow_up, targets
from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    Document,
    HeatMap,
    Notes,
    Paragraph,
    Section,
    Topic,
    TopicList,
)
from selfassess.documents.comparison import wording as moves
from selfassess.documents.round import finding_wording, findings_table, order, side_by_side, stock
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.overview import corrected, turnout
from selfassess.documents.wording import MADE_UP
from selfassess.model.attainment import falls_short, is_low
from selfassess.model.comparison import CellChange, Matched
from selfassess.model.coverage import StockTake
from selfassess.model.plan import Planned
from selfassess.model.priorities import Prioritised, first
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Ranked
from selfassess.model.round import Days
from selfassess.model.score_tree import Node, has_score
from selfassess.text import capital, count, listed

STRENGTHS = 3
TOPICS, MOST_TOPICS = 3, 5
"""How many things to talk about there are as a rule, and at most."""
OWN_WORDS = 300
"""Characters of what the facilitator wrote of a benchmark; the whole report has all of it."""
SLIDES = (
    "standing", "strong", "topics", "at_risk", "skills", "short", "teaching", "leaning", "views", "skills_before",
    "moved",
)  # fmt: skip  # in their order
"""What a meeting looks at together, behind a slide that says who answered."""


def document(report: RoundReport) -> Document:
    """The page by itself."""
    return Document(
        title=report.partnership or report.questionnaire.title,
        about=about(report),
        marks=tuple(filter(None, (MADE_UP if report.made_up else "", corrected(report)))),
        sections=sections(report),
        slides=SLIDES,
        name=f"{report.round.title}: {report.questionnaire.title}",
        language=report.questionnaire.language,
    )


def about(report: RoundReport) -> str:
    """What was asked, in which round, when, and whose view this is where it is not everybody's."""
    parts = (
        report.questionnaire.title if report.partnership else "",
        f"“{report.round.title}”",
        asked_when(report.days),
        "" if report.group is None and not report.is_partial else round_wording.whose_view(report),
        "short form" if report.round.form == "short" else "",
    )
    return " · ".join(filter(None, parts))


def asked_when(days: Days) -> str:
    """The days between which people were asked: "asked 7 to 25 October 2024"; nothing where they were not noted."""
    opened, closed = days.opened, days.closed
    if opened is None or closed is None:
        return ""
    if opened == closed:
        return f"asked on {day_words(opened)}"
    is_same_month = (opened.year, opened.month) == (closed.year, closed.month)
    return f"asked {opened.day if is_same_month else day_words(opened)} to {day_words(closed)}"


def sections(report: RoundReport) -> tuple[Section, ...]:
    """What stands on the page."""
    if report.stock is not None:
        return tuple(_of_skills(report, report.stock))
    moved = since(report)
    found = (
        standing(report),
        strengths(report),
        topics(report),
        stock.at_risk(report.learning) if moved is None else moved,
        not_shown(report),
    )
    return tuple(one for one in found if one is not None)


def _of_skills(report: RoundReport, taken: StockTake) -> Iterator[Section]:
    """Of a round about skills: what people can do together, and what there is to learn. Of one group alone nothing that
    is told of all."""
    yield Section("standing", "Who answered", (Paragraph(_who(report), "strong"),))
    yield stock.matrix(report, taken)
    found = (
        stock.short(report, taken),
        stock.teaching(report, taken),
        *_of_all(report, taken),
        since(report),
        not_shown(report),
    )
    yield from (one for one in found if one is not None)


def _of_all(report: RoundReport, taken: StockTake) -> tuple[Section | None, ...]:
    if report.group is not None:
        return ()
    return stock.leaning(report.learning), stock.views(taken), stock.before(report)


def standing(report: RoundReport) -> Section:
    """Who answered, and the scores of the whole and of each strand, groups side by side."""
    notes = Notes()
    questionnaire = report.questionnaire
    parts: list[tuple[str, Node]] = [("Overall", questionnaire.overall)]
    parts += [(strand.title, strand) for strand in questionnaire.strands]
    rows = tuple(
        (title, side_by_side.cells(report, node, notes.mark)) for title, node in parts if has_score(questionnaire, node)
    )
    blocks: list[Block] = [Paragraph(_who(report), "strong")]
    if rows:
        found = [cell for _, cells in rows for cell in cells]
        legend = side_by_side.legend(report, found)
        blocks += [HeatMap("Scores", side_by_side.columns(report), rows), Paragraph(legend, "quiet")]
    return Section("standing", "Where we stand", (*blocks, *notes.blocks()))


def _who(report: RoundReport) -> str:
    said = [one for one in report.results.attendance if report.group in (None, one.group)]
    told = [
        f"{round_wording.group(report.questionnaire, one.group)} {one.handed_in}"
        + ("" if one.invited is None else f" of {one.invited}")
        + (" (left out)" if one in report.left_out else "")
        for one in said
    ]
    return f"{listed(told)} handed in." if len(told) < 2 else f"{turnout(report)}: {listed(told)}."


def strengths(report: RoundReport) -> Section:
    """What to celebrate; where that is little, what comes nearest."""
    alone, tied = targets.split_ties(report.questionnaire, report.strengths, STRENGTHS)
    entries = [_strength(report, one) for one in alone]
    if tied:
        titles = [one.node.title for one in tied[:STRENGTHS]]
        titles += [f"and {len(tied) - STRENGTHS} more"] if len(tied) > STRENGTHS else []
        entries.append(Bullet("; ".join(titles), targets.tied_summary(tied)))
    blocks: list[Block] = [BulletList(tuple(entries))] if entries else [Paragraph(targets.no_strengths(report))]
    for title, found in targets.runners_up(report.ranking):
        told = "; ".join(_strength(report, one).text for one in found[:STRENGTHS])
        blocks.append(BulletList((Bullet(told, title),)))
    return Section("strong", "What is strong", tuple(blocks))


def _strength(report: RoundReport, one: Ranked) -> Bullet:
    told = (
        targets.score(one.figure, one.node),
        targets.short_of(report.questionnaire, one.node, one.figure),
        targets.reached(report.questionnaire, one),
        finding_wording.but(report, one),
        finding_wording.may_change(report, one),
    )
    return Bullet(f"{one.node.title} ({', '.join(filter(None, told))})")


def topics(report: RoundReport) -> Section:
    """What to talk about: each with what it rests on, a question, and what could be done."""
    actions = report.prioritised
    some = (*first(actions), *actions)  # one of the few that come first, if there is one
    found = tuple(_topic(report, node, some) for node in chosen(report))
    if not found:
        return Section("topics", "What to talk about", (Paragraph(targets.no_gaps(report)),))
    return Section("topics", "What to talk about", (TopicList(found), *_lowest(report)))


def _lowest(report: RoundReport) -> Iterator[Block]:
    """The lowest score of any group."""
    if lowest := finding_wording.lowest_of_a_group(report):
        told = [f"{report.title_of(cell.id)} on “{one.node.title}” ({targets.score(one.figure, one.node)})"
                for cell, one in lowest[:TOPICS]]  # fmt: skip  # as one list
        yield Paragraph(f"Lowest score: {'; '.join(told)}.", "quiet")


def chosen(report: RoundReport) -> list[Strand | Benchmark]:
    """What to talk about: where there are two camps, where groups differ, the widest gaps; and what is equal to the
    last of these."""
    in_order = [node for node in order.in_order(report, order.benchmarks(report), by_need=True) if _calls(report, node)]
    if len(in_order) <= TOPICS:
        return in_order
    last = order.need(report, in_order[TOPICS - 1].id)
    return [node for node in in_order[:MOST_TOPICS] if order.need(report, node.id) <= last]


def _ranked(report: RoundReport, node: Strand | Benchmark) -> Ranked:
    return Ranked(node, report.cell.figure(node.id))


def _calls(report: RoundReport, node: Strand | Benchmark) -> bool:
    one = _ranked(report, node)
    if node.id not in report.inside:
        return False
    short = falls_short(report.questionnaire, node, one.figure) or is_low(report.questionnaire, one.node, one.figure)
    return short or bool(round_wording.flags(report, node.id))


def _topic(report: RoundReport, node: Strand | Benchmark, actions: Sequence[Prioritised]) -> Topic:
    one = _ranked(report, node)
    short = targets.short_of(report.questionnaire, node, one.figure)
    aim = f" of {one.figure.target:g}" if short and one.figure.target is not None else ""
    action = next((one for one in actions if one.suggestion.ranked.node.id == node.id), None)
    planned = None if action else _planned(report, node)
    stands, note = follow_up.headed(planned) if planned else ("", "")
    return Topic(
        title=node.title,
        score=", ".join(filter(None, (targets.score(one.figure, node), f"{short}{aim}"))),
        rests_on=" ".join(filter(None, (*_own_words(report, node), _rests_on(report, node)))),
        question=node.discuss,
        action=action.suggestion.action.text if action else planned.text if planned else "",
        stands=stands,
        who=finding_wording.by(report, action) if action else note,
    )


def _own_words(report: RoundReport, node: Strand | Benchmark) -> Iterator[str]:
    """What the facilitator wrote of a node, for all or for the one group, as far as there is room on one page."""
    for whose, text in findings_table.own_words(report, node.id):
        if not whose or report.group is not None:
            yield shorten(text, OWN_WORDS, placeholder=" …")


def _rests_on(report: RoundReport, node: Strand | Benchmark) -> str:
    """Each group's score, camps, differences, and what was hard to answer."""
    told = []
    if report.group is None and len(report.groups) > 1:
        scores = [(cell, cell.figure(node.id)) for cell in report.groups]
        told.append(
            ", ".join(
                f"{report.title_of(cell.id)} {targets.score(figure, node)}"
                for cell, figure in scores
                if figure.shown is not None or figure.coded
            )
        )
    told.append(round_wording.in_camps(report, node.id))
    if any(one.id == node.id and one.matters for one in report.differences):
        told.append("groups differ")
    hard = sum(one.node.id == node.id for one in report.could_not_say)
    told.append(f"{count(hard, 'question')} many could not answer" if hard else "")
    return f"{capital('; '.join(filter(None, told)))}." if any(told) else ""


def _planned(report: RoundReport, node: Strand | Benchmark) -> Planned | None:
    """What is in the plan about a node already: what is still to be done before what was."""
    found = [one for one in follow_up.actions_about(report.plan, node.id, report.group) if one.status != "dropped"]
    return min(found, key=lambda one: not one.is_open, default=None)


def since(report: RoundReport) -> Section | None:
    """What moved since the round before, what became of the plan, and what it lacks skills for; None where there is no
    round before."""
    entries = [*_moved(report), *_plan(report)]
    if report.stock is None:
        entries += stock.lacking_at_a_glance(report.learning)
    compared = report.moved.rounds[0] if report.moved else None
    before = report.since.before if report.since else compared
    if before is None or not entries:
        return None
    return Section("moved", f"Since “{before.title}”", (BulletList(tuple(entries)), *_compared(report)))


def _moved(report: RoundReport) -> Iterator[Bullet]:
    cell = _cell_moved(report)
    if report.moved is None or cell is None:
        return
    whole = [one for one in cell.nodes if one.level == "overall"]
    for one in whole:
        if one.headline:
            then, now, by = moves.values(report.moved, one.id, one.headline)
            yield Bullet(", ".join(filter(None, (f"{then} to {now} ({by})", moves.claim_words(one)[0]))), "Overall")
        else:
            yield Bullet(f"not shown ({finding_wording.in_plain_words(moves.why_none(one))})", "Overall")
    parts = [one for one in cell.nodes if one.level != "overall" and one.headline]
    for word, title in (("moved up", "Moved up"), ("moved down", "Moved down")):
        told = []
        for one in parts:
            if one.headline and one.claim and one.claim.says == word:
                then, now, _ = moves.values(report.moved, one.id, one.headline)
                told.append(f"{moves.title_of(report.moved, one.id)} ({then} to {now})")
        if told:
            yield Bullet("; ".join(told), title)


def _compared(report: RoundReport) -> Iterator[Block]:
    """Whose answers are compared, and on which questions, where that is not all that the page speaks of."""
    cell = _cell_moved(report)
    shown = [one.headline for one in cell.nodes if one.headline] if cell else []
    if report.moved is None or cell is None or not shown:
        return
    are_same = any(isinstance(one, Matched) for one in shown)
    who = f"the {cell.same_people} who answered both times" if are_same else ""
    what = "questions worded the same" if report.moved.comparison.comparability.overall.aside else ""
    if who or what:
        yield Paragraph(f"This compares {', on '.join(filter(None, (who, what)))}.", "quiet")


def _cell_moved(report: RoundReport) -> CellChange | None:
    cells = report.moved.comparison.cells if report.moved else ()
    return next((one for one in cells if one.id == (report.group or "all")), None)


def _plan(report: RoundReport) -> Iterator[Bullet]:
    if report.since is None:
        return
    actions = [one.planned for one in report.since.actions]
    done = [one for one in actions if one.status == "done"]
    doing = [one for one in actions if one.is_open]
    told = [f"{len(done)} done"] if done else []
    told += [f"{len(doing)} still to be done"] if doing else []
    dropped = len(actions) - len(done) - len(doing)
    told += [f"{dropped} dropped"] if dropped else []
    yield Bullet(f"{count(len(actions), 'action')}: {listed(told)}.", "The plan")


def not_shown(report: RoundReport) -> Section | None:
    """How many scores are hidden, and why, in one line; None where none is."""
    hidden = finding_wording.suppressed_scores(report)
    return Section("not_shown", "", (Paragraph(f"Not shown: {hidden}.", "quiet"),)) if hidden else None
