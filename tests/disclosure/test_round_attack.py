"""Attacks on the report of a closed round: nobody small can be worked out from everything that is in it.

An attacker sees the whole Summary and RoundReport, knows the questionnaire, how many of each group handed in and what
was shown before, and may add and subtract. Sets of people that can be told apart that way are found with exact
fractions, quantity by quantity. What test_privacy_attack.py tries on rows, this tries on rounds: consent, pools,
ranges, differences, findings, comments, the release log.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from selfassess.disclosure.comments import places
from selfassess.disclosure.release_log import OF_ANSWERS, Shown
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.reports import RoundReport, cell_of
from selfassess.model.results import Difference, Figure, RoundSummary, Suggestion
from selfassess.model.round import FLOOR
from selfassess.model.routing import deciding
from selfassess.model.score_tree import OVERALL, has_score, items, nodes
from selfassess.model.sheet import PAST, Missing
from selfassess.scoring.intervals import Known, largest_p
from selfassess.scoring.multiple_comparisons import in_order
from selfassess.services.reports import narrow_report
from tests.disclosure.made_rounds import MadeRound, cells, figures, made_round
from tests.disclosure.test_privacy_attack import rank, weights_by_probing
from tests.examples import attack, once_found
from tests.scoring import made

Vector = tuple[Fraction, ...]
Row = dict[str, Fraction]
"""How many times the sum over each group's people is in something that is told."""
PUBLIC = {"id", "level", "n", "target", "invited", "withheld", "why_none", "parts", "coded"}
"""What a figure says that is no secret: of the questionnaire, or how many."""
ONLY_SPREAD = {"sd", "raw_sd", "agreement", "reliability"}
SPREAD = {*ONLY_SPREAD, "likely", "flips"}


def attacked(random: Random, **how: Any) -> tuple[MadeRound, RoundReport]:
    """A round of which something is told, and its report."""
    while (report := (a_round := made_round(random, **how)).report()[0]) is None:
        pass
    return a_round, report


# What is told, and what follows from it


def told(figure: Figure) -> set[str]:
    """The names of everything in a figure that is not public, also of what may be added to it one day."""
    found = {one.name for one in fields(figure)} - PUBLIC
    return {name for name in found if getattr(figure, name) not in (None, ())} - ({"band"} if figure.coded else set())


def tells(figure: Figure, kind: str) -> bool:
    """Whether a figure tells something of this kind."""
    match kind:
        case "asked":
            return figure.n is not None or bool(told(figure))
        case "missing":
            return figure.missing is not None
        case "detail":
            return bool(told(figure) - {"missing"} if figure.level == "item" else told(figure) & SPREAD)
        case _:
            return bool(told(figure) - ONLY_SPREAD)


def kinds(figure: Figure) -> tuple[str, ...]:
    return ("missing", "detail") if figure.level == "item" else ("score", "detail")


def base(a_round: MadeRound, id: str, kind: str) -> Sequence[bool]:
    """Whom a quantity speaks of."""
    return a_round.asked(id) if kind == "missing" else a_round.has(id)


def rows_of(a_round: MadeRound, report: RoundReport, id: str, kind: str) -> list[Row]:
    """Everything that is told of a quantity, as sums over the people of groups."""
    people = base(a_round, id, kind)
    found: list[Row] = []
    for cell in cells(report):
        for figure in figures(cell):
            if figure.id == id and tells(figure, kind):
                found.append(dict.fromkeys(a_round.groups_in(cell.id), Fraction(1)))
                if figure.by_group is not None and kind == "score":
                    of_groups = [mean_row(a_round, people, one.id) for one in report.groups]
                    found.append(added([row for row in of_groups if row]))
    if kind == "score":
        for one in report.results.differences:
            if one.id == id and not is_made_anew(a_round, one):
                less = {group: -times for group, times in mean_row(a_round, people, one.lower).items()}
                found.append(added([mean_row(a_round, people, one.higher), less]))
    return found


def mean_row(a_round: MadeRound, people: Sequence[bool], cell: str) -> Row:
    groups = a_round.groups_in(cell)
    n = a_round.size(people, groups)
    return dict.fromkeys(groups, Fraction(1, n)) if n else {}


def added(rows: Collection[Row]) -> Row:
    return {
        group: sum((row.get(group, Fraction(0)) for row in rows), Fraction(0)) for group in set().union(*rows or [()])
    }


def is_made_anew(a_round: MadeRound, one: Difference) -> bool:
    """Whether a difference is of scores made from some of the items alone."""
    questionnaire = a_round.edition.questionnaire
    groups = [group or None for cell in (one.higher, one.lower) for group in a_round.groups_in(cell)]
    below = items(questionnaire, nodes(questionnaire)[one.id])
    return any(len({item.asks(group) for group in groups}) == 2 for item in below)


def sets_told_apart(a_round: MadeRound, people: Sequence[bool], rows: Collection[Row]) -> Iterator[frozenset[str]]:
    """Every set of groups whose sum follows from rows, left-out groups among them."""
    atoms = [group for group in a_round.groups if a_round.size(people, frozenset([group]))]
    known: list[Vector] = [tuple(row.get(atom, Fraction(0)) for atom in atoms) for row in rows]
    known = sorted({vector for vector in known if any(vector)})
    whole = rank(known)
    for size in range(1, len(atoms) + 1 if known else 0):
        for chosen in combinations(atoms, size):
            if rank([*known, tuple(Fraction(atom in chosen) for atom in atoms)]) == whole:
                yield frozenset(chosen)


def is_too_few(a_round: MadeRound, id: str, kind: str, people: Sequence[bool], groups: frozenset[str]) -> bool:
    """Whether nothing of this kind may be known of these people."""
    n = a_round.size(people, groups)
    if kind != "score":
        return n < a_round.detail
    if n < 10 and not 5 < round(a_round.mean(id, groups), 9) < 95:
        return True
    agreed = all(a_round.round.standing[group] == "consent" for group in groups)
    if agreed and all(a_round.size(people, frozenset([group])) >= FLOOR for group in groups):
        return False
    return n < a_round.round.rules.thresholds.min_group


def check(a_round: MadeRound, id: str, kind: str, rows: Collection[Row]) -> None:
    people = base(a_round, id, kind)
    for groups in sets_told_apart(a_round, people, rows):
        assert groups <= a_round.kept, f"{kind} of {id}: {sorted(groups)} told apart, and some are left out"
        assert not is_too_few(a_round, id, kind, people, groups), (
            f"{kind} of {id}: {a_round.size(people, groups)} people in {sorted(groups)} told apart"
        )


@attack(300)
@given(made.SEEDS)
def test_no_set_of_people_that_is_too_small_can_be_told_apart(random: Random) -> None:
    a_round, report = attacked(random)
    for figure in figures(report.results.all):
        for kind in kinds(figure):
            check(a_round, figure.id, kind, rows_of(a_round, report, figure.id, kind))


@attack(150)
@given(made.SEEDS)
def test_who_was_asked_tells_nothing_of_answers_that_few_gave(random: Random) -> None:
    a_round, report = attacked(random)
    questionnaire = a_round.edition.questionnaire
    below = {item.id: (item,) for item in questionnaire.items if item.kind == "choice"}
    below |= {id: items(questionnaire, node) for id, node in nodes(questionnaire).items()}
    for id, asked in below.items():
        of_groups = [[item for item in asked if item.asks(group or None)] for group in a_round.groups]
        if not any(one and all(item.show_if for item in one) for one in of_groups):
            continue
        rows = rows_of(a_round, report, id, "asked")
        for decider in sorted({decider for item in asked for decider in deciding(questionnaire, item)}):
            missing = [ord(kind.value) for kind in Missing]
            answered = [bool(one) for one in ~np.isin(a_round.answers.of(decider), missing)]
            for groups in sets_told_apart(a_round, answered, rows):
                n = a_round.size(answered, groups)
                assert n >= a_round.detail, f"being asked {id}: {n} people in {sorted(groups)} who answered {decider}"


@attack(200)
@given(made.SEEDS)
def test_no_withheld_mean_follows_from_the_means_above_and_below_it(random: Random) -> None:
    """Where everybody answered everything, a strand's mean is the mean of its benchmarks' means."""
    check_above_and_below(*attacked(random, complete=True, conditions=False, methods=("mean", "sum", "none")))


@attack(100)
@given(made.SEEDS)
def test_nor_where_a_short_form_asks_less(random: Random) -> None:
    how: dict[str, Any] = {"conditions": False, "methods": ("mean", "sum", "none")}
    check_above_and_below(*attacked(random, complete=True, mostly_short=True, **how))


def check_above_and_below(a_round: MadeRound, report: RoundReport) -> None:
    short = a_round.round.form == "short"
    weights = {group: weights_by_probing(a_round.table, group, short=short) for group in a_round.groups}
    leaves = [item.id for item in a_round.edition.questionnaire.items if item.kind == "choice"]

    def row(id: str, groups: Collection[str]) -> list[float]:
        return [weights[group][id][leaf] if group in groups else 0.0 for group in a_round.groups for leaf in leaves]

    known = [
        row(figure.id, a_round.groups_in(cell.id))
        for cell in cells(report)
        for figure in figures(cell)
        if tells(figure, "detail" if figure.level == "item" else "score")
    ]
    if not known:
        return
    _, sizes, space = np.linalg.svd(np.array(known), full_matrices=False)
    space = space[sizes > 1e-9]
    for figure in figures(report.results.all):
        kind = "detail" if figure.level == "item" else "score"
        has = a_round.has(figure.id)
        atoms = [group for group in a_round.groups if a_round.size(has, frozenset([group]))]
        for size in range(1, len(atoms) + 1):
            for groups in combinations(atoms, size):
                if is_too_few(a_round, figure.id, kind, has, frozenset(groups)):
                    wanted = np.array(row(figure.id, groups))
                    left = np.abs(wanted - space.T @ (space @ wanted)).max()
                    assert left > 1e-7 or is_only_item(row, wanted, groups, report), (figure.id, groups)


def is_only_item(row: Any, wanted: Any, groups: Collection[str], report: RoundReport) -> bool:
    """Whether an item is told under the name of a benchmark or strand that it is the only item of."""
    above = [figure.id for figure in figures(report.results.all) if figure.level != "item"]
    return any(np.array_equal(np.round(row(id, groups), 9), wanted.round(9)) for id in above)


# Beyond adding and subtracting


@attack(300)
@given(made.SEEDS)
def test_spread_is_told_in_no_way_where_details_are_withheld(random: Random) -> None:
    a_round, report = attacked(random)
    for cell in cells(report):
        for figure in figures(cell):
            if figure.level == "item":
                continue
            if told(figure) & SPREAD:
                assert figure.mean is not None, "spreads of groups and of all tell how far apart their means are"
            if figure.spread is not None and figure.sd is None and figure.n and figure.n > 1:
                assert figure.n >= a_round.round.rules.thresholds.min_group
                assert not some_answer_one_item(a_round, cell.id, figure.id)
            assert figure.reliability is None or cell.id == "all"
    sd = {(cell.id, figure.id): figure.sd for cell in cells(report) for figure in figures(cell)}
    for one in report.results.differences:
        both = sd[one.higher, one.id] is not None and sd[one.lower, one.id] is not None
        if not both:
            assert (one.interval, one.delta, one.delta_interval, one.pairs) == (None, None, None, None)
            assert one.claim != "all alike"
        for group, n in zip((one.higher, one.lower), one.n, strict=True):
            least = a_round.detail if is_made_anew(a_round, one) else a_round.round.rules.thresholds.min_group
            has_agreed = a_round.round.standing.get(group) == "consent"
            assert n >= (FLOOR if has_agreed and not is_made_anew(a_round, one) else least)


@attack(300)
@given(made.SEEDS)
def test_what_is_said_of_a_difference_follows_from_what_is_shown(random: Random) -> None:
    """From means, standard deviations and the words for them: so it tells nobody anything more."""
    a_round, report = attacked(random)
    questionnaire = a_round.edition.questionnaire
    ps: dict[Compared, float] = {}
    for one in report.results.differences:
        a, b = (known_of(report.results, cell, one.id) for cell in (one.higher, one.lower))
        if is_made_anew(a_round, one):
            assert one.p is None or all(side and len(side.variances) == 1 for side in (a, b))
        elif a and b and any(side.variances != (0.0,) for side in (a, b)):  # else nobody varies, and that is shown
            assert one.p == (None if (p := largest_p(a, b)) is None else pytest.approx(p, rel=1e-6, abs=1e-12))
        elif not a or not b:
            assert one.p is None
        if one.p is not None:
            ps[frozenset((one.higher, one.lower)), one.id] = one.p
    strand_of = {
        node.id: strand.id
        for strand in questionnaire.strands
        if has_score(questionnaire, strand)
        for node in strand.middle
    }
    below: dict[Compared, dict[Compared, float]] = {}
    for (pair, id), p in ps.items():
        if id in strand_of:
            below.setdefault((pair, strand_of[id]), {})[pair, id] = p
    passed = in_order({key: p for key, p in ps.items() if key[1] not in strand_of}, below)
    for one in report.results.differences:
        key = frozenset((one.higher, one.lower)), one.id
        if key in passed:
            assert one.claim == ("differ" if passed[key] < 0.05 else "nothing found")
        else:
            assert one.claim == "not tested" if key in ps else one.claim in ("all alike", "too few", "not shown")


Compared = tuple[frozenset[str], str]
"""Two cells and a node."""


def known_of(said: RoundSummary, cell: str, id: str) -> Known | None:
    """What is told of a score of these people, but for its rounding."""
    found = next(one for one in (said.all, *said.groups) if one.id == cell)
    figure = found.overall if id == OVERALL else found.figure(id)
    assert figure is not None
    if figure.mean is None or figure.n is None:
        return None
    if figure.sd is not None:
        return Known(figure.n, figure.mean, (figure.sd**2,))
    return Known.in_a_word(figure.n, figure.mean, figure.spread) if figure.spread else None


def some_answer_one_item(a_round: MadeRound, cell: str, id: str) -> bool:
    questionnaire = a_round.edition.questionnaire
    below = [one for one in items(questionnaire, nodes(questionnaire)[id]) if a_round.round.form == "full" or one.short]
    asked = [[one for one in below if one.asks(group or None)] for group in a_round.groups_in(cell)]
    return any(one and sum(item.show_if is None for item in one) < 2 for one in asked)


def objects(value: Any) -> Iterator[Any]:
    """Everything inside something, itself too."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from objects(getattr(value, field.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from objects(one)


def is_told(one: Suggestion) -> bool:
    return one.ranked.figure.mean is not None or one.ranked.figure.coded is not None


def check_findings(report: RoundReport) -> None:
    """Whatever a report finds rests on the figures and differences that its summary shows, and on nothing else."""
    found = (report.ranking, report.splits, report.could_not_say, report.suggestions)
    known = {id(one) for one in objects(report.summary) if isinstance(one, Figure | Difference)}
    for one in objects(found):
        if isinstance(one, Figure | Difference):
            assert id(one) in known or one.level == "item" or one in list(objects(report.summary))
    for ranked in (*report.strengths, *report.gaps, *report.ranking.also_low):
        assert ranked.figure.mean is not None or ranked.figure.coded
    assert all(one.figure.counts is not None for one in report.splits)
    for hard in report.could_not_say:
        assert hard.figure.n is not None
        assert hard.figure.missing is not None or not hard.item.show_if
    assert not {one.cell for one in report.splits} & set(report.results.left_out)


@attack(120)
@given(made.SEEDS)
def test_findings_rest_on_what_is_shown_and_a_narrowed_report_shows_nothing_else(random: Random) -> None:
    _, report = attacked(random)
    check_findings(report)
    for group in [None, *(one.id for one in report.groups)]:
        for strand in [None, *(one.id for one in report.questionnaire.strands)]:
            less = narrow_report(report, group, strand)
            check_findings(less)
            assert less.summary is report.summary
            for name in ("splits", "suggestions"):
                whole, part = getattr(report, name), getattr(less, name)
                for key in part if isinstance(part, dict) else [slice(None)]:
                    assert set(map(id, part[key])) <= set(map(id, whole[key]))


@attack(120)
@given(made.SEEDS)
@once_found(Random(511))  # those left out took up the time in which the others could have been settled
def test_nothing_depends_on_the_answers_of_a_group_that_is_left_out(random: Random) -> None:
    """Answered quite differently by those who are left out, the report is the same, but for the comments of all."""
    a_round, report = attacked(random)
    while not set(a_round.groups) - a_round.kept:
        a_round, report = attacked(random)
    codes = a_round.answers.codes.copy()
    for number, group in enumerate(a_round.group_of):
        if group not in a_round.kept:
            for position, item in enumerate(a_round.edition.questionnaire.items):
                if item.kind == "choice" and chr(codes[position, number]) != ".":
                    codes[position, number] = ord(random.choice("01-?"))
    other, _ = replace(a_round, answers=replace(a_round.answers, codes=codes)).report()
    assert other is not None
    assert other.results.all == report.results.all
    assert other.results.groups == report.results.groups
    assert other.results.differences == report.results.differences
    assert other.ranking == report.ranking
    for group in a_round.groups:
        assert other.suggestions[group] == report.suggestions[group]
        if group not in a_round.kept:
            assert cell_of(report.results, group) is report.results.all
            assert all(is_told(one) for one in report.suggestions[group])
    for cell in report.results.groups:
        if cell.id in report.results.left_out:
            assert all(figure.n is None and not told(figure) for figure in figures(cell))


@attack(120)
@given(made.SEEDS)
def test_comments_are_those_of_many_and_name_nothing_that_few_were_asked(random: Random) -> None:
    a_round, report = attacked(random)
    questionnaire = a_round.edition.questionnaire
    written = [(about.removesuffix(PAST), text) for about, text in a_round.texts]
    at = places(a_round.answers, a_round.detail, {about for about, _ in written})
    below = {about: _benchmarks(questionnaire).get(about, [about]) for about in at}
    for strand, comments in report.results.comments.items():
        inside = [item.id for one in questionnaire.strands if strand in (one.id, OVERALL) for item in one.all_items]
        for comment in comments:
            there = [about for about, place in at.items() if place == comment.about]
            assert how_many_answered(a_round, [id for about in there for id in below[about]]) >= a_round.detail
            assert {id for about in there for id in below[about]} <= {*inside}
            assert any((about, comment.text) in written for about in there)
    mixed = list(a_round.texts)
    random.shuffle(mixed)
    again, _ = replace(a_round, texts=tuple(mixed)).report()
    silent, _ = replace(a_round, texts=()).report()
    assert again is not None
    assert silent is not None
    assert again.results.comments == report.results.comments
    assert silent.results.comments_withheld == report.results.comments_withheld, (
        "that somebody wrote is no one's business"
    )


def _benchmarks(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """By benchmark, the ids of its items."""
    return {node.id: [item.id for item in node.items] for strand in questionnaire.strands for node in strand.middle}


def how_many_answered(a_round: MadeRound, ids: Collection[str]) -> int:
    kinds = {item.id: "." if item.kind == "text" else ".-~?" for item in a_round.edition.questionnaire.items}
    answered = [
        any(chr(a_round.answers.of(id)[number]) not in kinds[id] for id in ids)
        for number in range(len(a_round.answers))
    ]
    return sum(answered)


# Report upon report


def older_log(random: Random, a_round: MadeRound, report: RoundReport) -> frozenset[Shown]:
    """What a program with other thresholds might have shown: this and that, more of it or less."""
    share = random.choice((0.1, 0.5, 0.9))
    questionnaire = a_round.edition.questionnaire
    choices = {item.id for item in questionnaire.items if item.kind == "choice"}
    names = [one.id for one in cells(report) if one.id not in report.results.left_out]
    return frozenset(
        (cell, id, kind)
        for id in (*nodes(questionnaire), *sorted(choices))
        for kind in ("asked", "detail", "missing" if id in choices else "score")
        for cell in names
        if random.random() < share
    ) | {OF_ANSWERS}


@attack(200)
@given(made.SEEDS)
def test_with_all_that_was_shown_before_nothing_new_tells_of_too_few(random: Random) -> None:
    a_round, first = attacked(random)
    before = older_log(random, a_round, first)
    report, log = a_round.report(before)
    assert report is not None
    assert before <= log
    for figure in figures(report.results.all):
        for kind in kinds(figure):
            now = {
                cell.id for cell in cells(report) for one in figures(cell) if one.id == figure.id and tells(one, kind)
            }
            known = {cell for cell, id, of in before if (id, of) == (figure.id, kind)}
            people = base(a_round, figure.id, kind)
            now = {cell for cell in now if a_round.size(people, a_round.groups_in(cell))}
            assert {(cell, figure.id, kind) for cell in now} <= log
            if now - known:
                rows = [dict.fromkeys(a_round.groups_in(cell), Fraction(1)) for cell in now | known]
                check(a_round, figure.id, kind, [*rows, *rows_of(a_round, report, figure.id, kind)])


@attack(100)
@given(made.SEEDS)
def test_a_report_made_again_is_the_same_and_adds_nothing_to_the_log(random: Random) -> None:
    a_round, first = attacked(random)
    _, log = a_round.report()
    again, same = a_round.report(log)
    assert (again, same) == (first, log)
    assert repr(again) == repr(first)
    older = older_log(random, a_round, first)
    mixed, more = a_round.report(older)
    once_more, still = a_round.report(more)
    assert (once_more, still) == (mixed, more)
