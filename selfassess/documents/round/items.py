"""The distribution of answers to each item of a round."""

from collections.abc import Iterator, Mapping, Sequence

from selfassess.documents.blocks import (
    AnswerChart,
    AnswerRow,
    Block,
    Bullet,
    BulletList,
    Heading,
    Notes,
    Paragraph,
    Section,
)
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.scores import strands_in_order
from selfassess.model.questionnaire import Item
from selfassess.model.reports import RoundReport
from selfassess.model.results import Figure

NO_DETAILS = "Nothing about single items is shown here: {}."


def items(report: RoundReport) -> Section:
    """How the answers to each item fall."""
    notes = Notes()
    blocks: list[Block] = []
    for together in strands_in_order(report):
        for node in together:
            shown = [(item, report.cell.figure(item.id)) for item in node.items if item.has_figures]
            told: list[Block] = [*stacks(report, shown), *_hidden(report, shown, notes)]
            if told:
                blocks += [Heading(node.title), *told]
    if not any(isinstance(one, AnswerChart) for one in blocks):
        why = tuple(details_suppressed(report))
        return Section("items", "Item by item", why or (Paragraph("No item was answered."),))
    intro = (
        "Each row shows everybody who answered, from the worst answer on the left to the best on the right, with the "
        "number of people in each part. Agreement is 0 where half of them are at each end, and 1 where all say the "
        "same; next to it is what answers at random would give. “Opinions spread widely”: at least a "
        "quarter on each side, far apart, but not in two camps."
    )
    return Section("items", "Item by item", (Paragraph(intro, "quiet"), *blocks, *notes.blocks()))


def _hidden(report: RoundReport, shown: Sequence[tuple[Item, Figure]], notes: Notes) -> Iterator[Block]:
    """Items whose answers are not shown: one by one, or in a sentence where it is all of them for one reason."""
    why = [(item, round_wording.why_suppressed(figure, "counts")) for item, figure in shown if figure.counts is None]
    reasons = {reason for _, reason in why}
    if len(why) == len(shown) > 1 and len(reasons) == 1:
        mark = notes.mark(reasons.pop()).removeprefix("– ")
        yield Paragraph(f"How people answered these {len(why)} items is not shown {mark}.")
    elif why:
        yield BulletList(
            tuple(Bullet(notes.mark(one), f"“{finding_wording.item_words(report, item)}”") for item, one in why)
        )


def stacks(report: RoundReport, shown: Sequence[tuple[Item, Figure]], *, camps: bool = True) -> list[AnswerChart]:
    """The rows of some items, those on one scale and turned the same way together. `camps`: say so where there are
    two, or opinions are spread widely."""
    together: dict[tuple[tuple[str, ...], bool], list[AnswerRow]] = {}
    for item, figure in shown:
        if not figure.counts or not figure.n:
            continue
        points = worst_first(report, item, figure.counts)
        stack = AnswerRow(
            title=finding_wording.item_words(report, item),
            counts=tuple(count for _, count in points),
            could_not=round_wording.could_not(figure),
            agreement=round_wording.agreement(figure.agreement),
            camps=round_wording.OPINIONS[figure.agreement.opinions] if camps and figure.agreement else "",
        )
        together.setdefault((tuple(label for label, _ in points), item.reverse), []).append(stack)
    return [AnswerChart(labels, reverse, tuple(rows)) for (labels, reverse), rows in together.items()]


def worst_first(report: RoundReport, item: Item, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Each point of the item's scale in words, and how many chose it, from the worst to the best."""
    scale = report.questionnaire.scale_of(item)
    points = [point for point in scale.points if point.value not in item.not_applicable_values]
    told = [
        (point.value, point.label or f"{point.value:g}", count)
        for point, count in zip(points, counts.values(), strict=True)
    ]
    told.sort(key=lambda one: one[0], reverse=item.reverse)
    return [(label, count) for _, label, count in told]


def details_suppressed(report: RoundReport) -> Iterator[Block]:
    """Why no details of items are published, where none are."""
    items = [figure for figure in report.cell.at("item") if figure.n != 0]
    reasons = {round_wording.why_suppressed(figure, "counts") for figure in items if figure.counts is None}
    if items and not any(figure.counts for figure in items):
        for reason in sorted(filter(None, reasons)):
            yield Paragraph(NO_DETAILS.format(reason), "quiet")
