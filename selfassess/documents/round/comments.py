"""What people wrote: positives, barriers and past barriers apart, and each comment with its benchmark."""

from collections.abc import Container, Iterable, Iterator

from selfassess.documents.blocks import Block, Heading, Paragraph, Quotes, Section
from selfassess.documents.round import finding_wording
from selfassess.documents.round.order import inside
from selfassess.model.questionnaire import Benchmark, Item, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Comment
from selfassess.model.score_tree import OVERALL
from selfassess.model.sheet import ONCE
from selfassess.text import on_one_line

TITLE = "What people wrote"
TOGETHER = "Comments from all groups are shown together."
SOMEWHERE_IN_PART, SOMEWHERE = "Somewhere in this part", "Anywhere in the questionnaire"
MOST_BESIDE = 6
"""How many comments there is room for beside a finding."""


def section(report: RoundReport, elsewhere: Container[str] = ()) -> Section | None:
    """Comments, strand by strand, without those about what is in `elsewhere`, by its id; None where there are none."""
    blocks: list[Block] = []
    for id, some in report.results.comments.items():
        here = [one for one in some if one.about not in elsewhere]
        if here and report.strand in (None, id):
            blocks.append(Heading(SOMEWHERE if id == OVERALL else report.questionnaire.node(id).title))
            blocks += quotes(report, here)
    if blocks and report.group is not None:
        blocks.insert(0, Paragraph(TOGETHER, "quiet"))
    if report.results.comments_withheld:
        blocks.append(Paragraph(report.results.comments_withheld, "quiet"))
    return Section("comments", TITLE, tuple(blocks)) if blocks else None


def on(report: RoundReport, node: Strand | Benchmark) -> Iterator[Block]:
    """What stands under a benchmark and its items; of a strand what is tied to none of its benchmarks."""
    if found := _about(report, node):
        yield Heading(TITLE)
        if report.group is not None:
            yield Paragraph(TOGETHER, "quiet")
        yield from quotes(report, found, within=node)


def beside(report: RoundReport, node: Strand | Benchmark) -> tuple[tuple[str, ...], frozenset[str]]:
    """What people wrote about a node, a line for each thing that they wrote about, and the ids of these things; nothing
    where there is too much of it to stand beside a finding."""
    found = _about(report, node)
    if len(found) > MOST_BESIDE:
        return (), frozenset()
    together = [one for one in quotes(report, found, within=node) if isinstance(one, Quotes)]
    lines = tuple(f"{one.about}: {' '.join(f'“{on_one_line(text)}”' for text in one.texts)}" for one in together)
    return lines, frozenset(one.about for one in found)


def _about(report: RoundReport, node: Strand | Benchmark) -> list[Comment]:
    """What stands under a node and its items; of a strand what is tied to none of its benchmarks."""
    below = [id for one in (node.middle if isinstance(node, Strand) else ()) for id in (*inside(one), *_items(one))]
    some = report.results.comments.get(report.questionnaire.strand_of(node.id).id, ())
    mine = {node.id, *_items(node)} - {*below}
    return [one for one in some if one.about in mine]


def _items(node: Strand | Benchmark) -> list[str]:
    return [item.id for item in (node.all_items if isinstance(node, Strand) else node.items)]


def quotes(report: RoundReport, some: Iterable[Comment], within: Strand | Benchmark | None = None) -> Iterator[Block]:
    """Comments with those on the same thing together: positives, barriers, past barriers, then each benchmark and its
    items in the questionnaire's order, and last what is tied to nothing narrower. `within` is not named again."""
    together: dict[tuple[str, bool], list[str]] = {}
    for one in some:
        together.setdefault((one.about, one.is_past), []).append(one.text)
    for about, is_past in sorted(together, key=lambda key: _order(report, *key)):
        words = _words(report, about, within)
        yield Quotes(f"{words} ({ONCE.lower()})" if is_past else words, tuple(together[about, is_past]))


def _order(report: RoundReport, about: str, is_past: bool) -> tuple[int, int, bool]:
    questionnaire = report.questionnaire
    order = [id for strand in questionnaire.strands for id in (*_in_order(strand), strand.id)]
    collects = next((item.collects for item in questionnaire.items if item.id == about), None)
    rank = {"positives": 0, "barriers": 1, None: 2}[collects]
    return rank, order.index(about) if about in order else len(order), is_past


def _in_order(strand: Strand) -> Iterator[str]:
    yield from (item.id for item in strand.items)
    for node in strand.middle:
        yield from (*(item.id for item in node.items), node.id)
    yield from (item.id for item in strand.questions)


def _words(report: RoundReport, about: str, within: Strand | Benchmark | None) -> str:
    """What comments are about, as all read it: the comments are those of all groups."""
    if about == OVERALL:
        return SOMEWHERE
    for strand in report.questionnaire.strands:
        if strand.id == about:
            return SOMEWHERE_IN_PART
        for node in strand.middle:
            for item in node.items:
                if item.id == about:
                    words = _of_item(report, item)
                    return words if within is node else f"{node.title}: {words}"
            if node.id == about:
                return "On this as a whole" if within is node else node.title
    return _of_item(report, report.questionnaire.item(about))


def _of_item(report: RoundReport, item: Item) -> str:
    return finding_wording.item_words(report, item, report.results.all.id)
