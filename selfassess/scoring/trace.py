"""The working behind a number: which items, turned round or not, which weights, what is missing, which rule."""

from collections.abc import Iterator

import numpy as np

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Benchmark, Item, Overall, Questionnaire, Strand
from selfassess.model.reports import Line, Working
from selfassess.model.results import Summary
from selfassess.model.score_tree import Node, Part, items, min_answered, parts, span
from selfassess.model.sheet import Missing, decode
from selfassess.scoring.scores import Results, does_not_apply, met_from
from selfassess.scoring.sums import TOLERANCE
from selfassess.text import did_you_mean, there_are


def working(results: Results, summary: Summary, id: str) -> Working:
    """The working of one respondent's strand, benchmark, skill or "overall", named by its id or title; of an item,
    that of what it is part of. UsageError for another name."""
    questionnaire = results.answers.questionnaire
    if len(results.answers) != 1:
        raise ValueError("the working is shown for one sheet")
    id = _meant(questionnaire, id)
    node = _node(results, id)
    below = parts(questionnaire, node)
    scored = {part.id for part in below}
    also = node.items if isinstance(node, Benchmark) else ()
    unscored = [item for item in also if item.has_figures and item.id not in scored]
    lines = [_line(results, node, part) for part in below]
    cell = summary.rounds[0].all
    figure = cell.overall if isinstance(node, Overall) else cell.figure(id)
    if figure is None:
        raise UsageError("This questionnaire has no overall score.")
    asked = [item for item in items(questionnaire, node) if results.asked[item.id][0]]
    return Working(
        id=id,
        title="Overall" if isinstance(node, Overall) else node.title,
        node=node,
        lines=(*lines, *(_line(results, node, item) for item in unscored)),
        asked=len(asked),
        answered=sum(not np.isnan(results.shares[item.id][0]) for item in asked),
        least=min_answered(questionnaire, node),
        ends=span(questionnaire, node),
        figure=figure,
    )


def _meant(questionnaire: Questionnaire, name: str) -> str:
    nodes: list[Strand | Benchmark] = [*questionnaire.strands]
    nodes += [node for strand in questionnaire.strands for node in strand.middle]
    for node in nodes:
        if name.strip().lower() == node.title.lower() or any(item.id == name for item in node.items):
            return node.id
    return name


def _node(results: Results, id: str) -> Node:
    questionnaire = results.answers.questionnaire
    if id == "overall":
        return questionnaire.overall
    try:
        return questionnaire.node(id)
    except KeyError:
        known = ["overall", *_node_ids(questionnaire.strands)]
        hint = did_you_mean(id, known) or there_are(known)
        raise UsageError(f"There is no strand or benchmark “{id}”.", hint=hint) from None


def _node_ids(strands: tuple[Strand, ...]) -> Iterator[str]:
    for strand in strands:
        yield strand.id
        yield from (benchmark.id for benchmark in strand.middle)


def _line(results: Results, node: Node, part: Part) -> Line:
    questionnaire = results.answers.questionnaire
    share = float(results.shares[part.id][0])
    points = None if np.isnan(share) else round(100 * share, 10)
    asked = bool(results.asked[part.id][0])
    ends = span(questionnaire, part)
    level = None if isinstance(part, Strand) else part.level
    met = None
    passed_over = node.na == "ignored" and does_not_apply(results, part)[0]
    if node.method == "ladder" and asked and not passed_over and level is not None and not isinstance(part, Strand):
        met = points is not None and share >= met_from(questionnaire, node, part) - TOLERANCE
    if not isinstance(part, Item):
        return Line(
            id=part.id, title=part.title, answer="", value=None, reversed=None, points=points, weight=part.weight,
            level=level, met=met, ends=ends, missing=None if points is not None or asked else Missing.NOT_ASKED,
        )  # fmt: skip  # what is the same for all nodes, on two lines
    code = chr(int(results.answers.of(part.id)[0]))
    response = decode(part, code, questionnaire)
    value = None if isinstance(response, Missing) or response is None else response
    return Line(
        id=part.id,
        title=part.words(results.answers.groups[0]),
        answer="" if value is None else questionnaire.scale_of(part).label(value),
        value=value,
        reversed=ends.value(share) if part.reverse and value is not None else None,
        points=points,
        weight=part.weight,
        level=level,
        met=met,
        missing=response if isinstance(response, Missing) else None,
        ends=ends,
        scored=part.is_scored,
    )
