"""What people wrote, by strand: cut loose from who it was, and only where enough answered."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np

from selfassess.model.questionnaire import Item, Questionnaire, Strand
from selfassess.model.results import Comment
from selfassess.model.round import Thresholds
from selfassess.model.sheet import Missing
from selfassess.scoring.answers import MISSING, Answers
from selfassess.scoring.columns import looked_up


def comments(
    answers: Answers, thresholds: Thresholds, texts: Iterable[tuple[str, str]]
) -> tuple[dict[str, tuple[Comment, ...]], str]:
    """By strand, what was written there, and why something is withheld, where it would be.

    `texts` are pairs: the id of the item or benchmark, and the text. Shown are those of a strand that at least
    `min_detail` people of all groups answered something of (those of groups left out too: a text says no group). What
    fewer answered is not named: the text stands under its strand alone.
    """
    questionnaire = answers.questionnaire
    strands = {id: strand for strand in questionnaire.strands for id in _ids(strand)}
    below = _below(questionnaire)
    least = max(thresholds.min_detail, thresholds.min_group)
    found: dict[str, list[Comment]] = {}

    @cache
    def enough(id: str) -> bool:
        return _have_answered(answers, below[id], least)

    for about, text in sorted(texts, key=_shuffled):
        strand = strands.get(about)
        if strand is None or not enough(strand.id):
            continue
        named = about if enough(about) else strand.id
        found.setdefault(strand.id, []).append(Comment(named, text))
    # Whether anybody wrote there or not: else this would tell that one of a few did.
    withheld = any(not enough(strand.id) and _is_asked(answers, strand) for strand in questionnaire.strands)
    why = f"Comments are shown where at least {least} people answered." if withheld else ""
    in_order = {strand.id: tuple(found[strand.id]) for strand in questionnaire.strands if strand.id in found}
    return in_order, why


def _ids(strand: Strand) -> Iterable[str]:
    yield from (item.id for item in strand.all_items)
    yield from (node.id for node in strand.middle)


def _is_asked(answers: Answers, strand: Strand) -> bool:
    return any((answers.of(item.id) != ord(Missing.NOT_ASKED.value)).any() for item in strand.all_items)


def _below(questionnaire: Questionnaire) -> Mapping[str, Sequence[Item]]:
    """By the id of a strand, benchmark or item, the items that count as answers to it. An open question counts as
    answered by all who were asked it, since nothing tells who wrote; of a strand that asks anything else it does not
    count."""
    found: dict[str, Sequence[Item]] = {item.id: (item,) for item in questionnaire.items}
    for strand in questionnaire.strands:
        found |= {node.id: node.items for node in strand.middle}
        found[strand.id] = tuple(item for item in strand.all_items if not item.is_in_words) or strand.all_items
    return found


def _have_answered(answers: Answers, items: Iterable[Item], least: int) -> bool:
    """Whether so many people answered any of these items. Mostly the first alone shows it."""
    anybody = np.zeros(len(answers), dtype=np.bool_)
    for item in items:
        is_answer = np.ones(256, dtype=np.bool_)
        is_answer[[ord(Missing.NOT_ASKED.value)] if item.is_in_words else MISSING] = False
        anybody |= looked_up(is_answer, answers.of(item.id))
        if np.count_nonzero(anybody) >= least:
            return True
    return False


def _shuffled(text: tuple[str, str]) -> bytes:
    """An order that depends on nothing but what was written."""
    return hashlib.blake2b("\n".join(text).encode("utf-8", "replace"), digest_size=16).digest()
