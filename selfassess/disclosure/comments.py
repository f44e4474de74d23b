"""What people wrote, where it stands: cut loose from who it was, and as close to its question as enough answered."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from selfassess.model.questionnaire import Benchmark, Item, Strand
from selfassess.model.results import Comment
from selfassess.model.round import Thresholds
from selfassess.model.score_tree import OVERALL
from selfassess.model.sheet import Missing, written_about
from selfassess.scoring.answers import MISSING, Answers
from selfassess.scoring.columns import looked_up

People = NDArray[np.bool_]
"""Of each sheet, whether it is one of these."""


def comments(
    answers: Answers, thresholds: Thresholds, texts: Iterable[tuple[str, str]]
) -> tuple[dict[str, tuple[Comment, ...]], str]:
    """By strand (OVERALL for the whole round), what was written there; and why something is withheld, where it is.

    `texts` are pairs: what the text is about, as in a sheet, and the text. See `places` for where each stands. Those of
    groups that are left out are among them: a text says no group. Whether a barrier was in the past is told only where
    its own question is named.
    """
    questionnaire = answers.questionnaire
    written = [(*written_about(about), text) for about, text in texts]
    least = max(thresholds.min_detail, thresholds.min_group)
    at = places(answers, least, {about for about, _, _ in written})
    strands = {id: strand.id for strand in questionnaire.strands for id in _ids(strand)} | {OVERALL: OVERALL}
    found: dict[str, list[Comment]] = {}
    for about, is_past, text in written:
        place = at.get(about)
        if place is not None:
            found.setdefault(strands[place], []).append(Comment(place, text, is_past=is_past and place == about))
    # Whether anybody wrote there or not: else this would tell that one of a few did.
    why = f"Comments are shown where at least {least} people answered." if None in at.values() else ""
    every = (*(strand.id for strand in questionnaire.strands), OVERALL)
    return {id: tuple(sorted(found[id], key=_shuffled)) for id in every if id in found}, why


def _ids(strand: Strand) -> Iterable[str]:
    yield strand.id
    yield from (item.id for item in strand.all_items)
    yield from (node.id for node in strand.middle)


def places(answers: Answers, least: int, written: Iterable[str] = ()) -> Mapping[str, str | None]:
    """By the id of what a text can be about, where such texts stand: an item, a benchmark, a strand, or OVERALL; None
    where they are withheld.

    A place holds texts only where those who answered anything that stands there are at least `least`. Else what stands
    there moves up, from item to benchmark, strand and the whole round. Whoever reads it there knows that it comes from
    below: so where those that moved up are still of fewer, the least answered place beside them moves up too, until
    they are of enough. It depends on how many answered and on nothing that was written; `written` are ids of benchmarks
    about which there is a text although they ask for none.
    """
    return _Places(answers, least, frozenset(written)).settled()


class _Places:
    """What stands where, while it is settled: by place, the people of each thing that texts there can be about."""

    def __init__(self, answers: Answers, least: int, written: frozenset[str]) -> None:
        self.answers = answers
        self.least = least
        self.written = written
        self.there: dict[str, dict[str, People]] = {}

    def settled(self) -> dict[str, str | None]:
        for strand in self.answers.questionnaire.strands:
            self._settle_strand(strand)
        self._gather(OVERALL, tuple(self.there))
        if not self._are_enough(OVERALL):
            return {about: None if place == OVERALL else place for about, place in self._by_about()}
        return dict(self._by_about())

    def _by_about(self) -> Iterator[tuple[str, str]]:
        for place, some in self.there.items():
            yield from ((about, place) for about in some)

    def _settle_strand(self, strand: Strand) -> None:
        before = set(self.there)
        others = [item for item in strand.all_items if not item.is_in_words]
        taking_part = self._any(map(self._answered, others)) if others else None
        for item in strand.all_items:
            if self._is_asked(item):
                self.there[item.id] = {item.id: self._who(item, taking_part)}
        for node in strand.middle:
            self._settle_benchmark(node)
        self._gather(strand.id, [place for place in self.there if place not in before])

    def _settle_benchmark(self, node: Benchmark) -> None:
        items = [item.id for item in node.items if item.id in self.there]
        if items and (node.comment or node.id in self.written):
            self.there[node.id] = {node.id: self._any(self._of(item) for item in items)}
        self._gather(node.id, items)

    def _gather(self, node: str, below: Sequence[str]) -> None:
        """Move up to a node what is of too few in the places below it, and what they need beside them."""
        few = [place for place in below if not self._are_enough(place)]
        for place in few:
            self.there.setdefault(node, {}).update(self.there.pop(place))
        enough = (place for place in below if place in self.there and place != node)
        for place in sorted(enough, key=lambda place: int(self._of(place).sum())):
            if self._are_enough(node):
                return
            self.there[node].update(self.there.pop(place))

    def _are_enough(self, place: str) -> bool:
        return place not in self.there or int(self._of(place).sum()) >= self.least

    def _of(self, place: str) -> People:
        return self._any(self.there[place].values())

    def _any(self, some: Iterable[People]) -> People:
        anybody = np.zeros(len(self.answers), dtype=np.bool_)
        for people in some:
            anybody |= people
        return anybody

    def _is_asked(self, item: Item) -> bool:
        return bool((self.answers.of(item.id) != ord(Missing.NOT_ASKED.value)).any())

    def _answered(self, item: Item) -> People:
        is_answer = np.ones(256, dtype=np.bool_)
        is_answer[MISSING] = False
        return looked_up(is_answer, self.answers.of(item.id))

    def _who(self, item: Item, taking_part: People | None) -> People:
        """Who answered an item. An open question counts as answered by all who were asked it and answered anything else
        of the strand, since nothing tells who wrote."""
        if not item.is_in_words:
            return self._answered(item)
        asked: People = self.answers.of(item.id) != ord(Missing.NOT_ASKED.value)
        return asked if taking_part is None else asked & taking_part


def _shuffled(comment: Comment) -> bytes:
    """An order that depends on nothing but what is shown."""
    shown = "\n".join((comment.about, comment.text))
    return hashlib.blake2b(shown.encode("utf-8", "replace"), digest_size=16).digest()
