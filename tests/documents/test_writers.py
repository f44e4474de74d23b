"""Every writer draws every block: a new one is not forgotten anywhere."""

from typing import Any, get_args

import pytest

from selfassess.documents import blocks
from selfassess.documents.blocks import (
    ActionEntry,
    ActionList,
    AnswerChart,
    AnswerRow,
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Command,
    Contents,
    Document,
    Heading,
    HeatCell,
    HeatMap,
    Key,
    Link,
    Paragraph,
    Question,
    Quotes,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
    Topic,
    TopicList,
)
from selfassess.documents.render_html import to_html
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.render_text import FORM, LETTER, to_plain
from selfassess.tui.widgets.block_lines import draw, pieces

SCORE = ScoreRow(
    level="strand", title="Meetings", n="9 of 12", score="58", words="58", share=0.58, target=0.75, aim="75", gap="17",
    likely=None, possible=None, ranges=("", ""), band="Build on it", views="close",
)  # fmt: skip  # in few lines
CHANGE = ChangeRow(
    level="strand", title="Meetings", then=0.4, now=0.6, told="40 to 60 (+20)", says="moved up", n="9", moved=True
)
EXAMPLES: dict[type, tuple[Any, str]] = {
    Paragraph: (
        Paragraph("They begin late.", "quiet", "source: us", lead="To ask", indent=2, apart=True),
        "begin late",
    ),
    Heading: (Heading("Meetings", "two camps"), "Meetings"),
    BulletList: (BulletList((Bullet("Begin late", "Meetings", "ours", "In the plan"),), tasks=True), "Begin late"),
    ActionList: (ActionList((ActionEntry(1, "Begin on time", "a1", "OVERDUE", ("No owner yet.",)),)), "No owner yet."),
    Quotes: (Quotes("Meetings", ("Always late",)), "Always late"),
    Table: (Table("Who is in", ("Group", "Invited"), (("Board", "12"),), numbers=True), "Board"),
    Contents: (Contents((("s9", "Section 9"),)), "Section 9"),
    HeatMap: (HeatMap("Scores", ("All", "Board"), (("Meetings", (HeatCell("40", "low"), HeatCell("–"))),)), "40 ▼"),
    TopicList: (
        TopicList((Topic("Meetings", "40", "Board 40.", "Why so late?", "Buy a clock.", "Board"),)),
        "Buy a clock.",
    ),
    ScoreChart: (ScoreChart((SCORE,)), "Meetings"),
    AnswerChart: (AnswerChart(("No", "Yes"), False, (AnswerRow("Late?", (3, 4), "", ""),)), "Late?"),
    ChangeChart: (ChangeChart((CHANGE,), legend=True), "40 to 60 (+20)"),
    Command: (Command("selfassess take"), "selfassess take"),
    Link: (Link("https://example.org/#board"), "https://example.org/#board"),
    Key: (Key((("1", "No"), ("2", "Yes"))), "Yes"),
    Question: (Question(1, "Do we begin late?", ("On the hour.",), ("1", "2"), "a number", 2), "Do we begin late?"),
}
PRINTED = (Paragraph, Heading, BulletList, Command, Link, Key, Question)
"""What plain text is made of: charts and tables are for other media."""
SCREEN = (Paragraph, Heading, BulletList, Quotes, Table, HeatMap, ScoreChart, AnswerChart, ChangeChart)
"""What a screen is made of that can be leafed through."""


def members(union: Any) -> set[type]:
    return {one for part in get_args(union) for one in (members(part) if get_args(part) else {part})}


def document(block: Any) -> Document:
    return Document(title="Title", about="About", marks=("Mark",), summary=("Summary",), sections=(section(block),))


def section(block: Any) -> Section:
    return Section("one", "Section", (Paragraph("Before"), block, Paragraph("After")))


def test_there_is_an_example_of_every_block() -> None:
    assert members(Block) == set(EXAMPLES)
    assert all(kind.__module__ == blocks.__name__ for kind in EXAMPLES)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_block_is_drawn_by_every_writer(kind: type) -> None:
    block, words = EXAMPLES[kind]
    drawn = [to_text(page(document(block))), to_text(page(document(block)), 60), to_markdown(document(block))]
    drawn += [to_html(document(block))]
    drawn += [to_plain(document(block), style) for style in (FORM, LETTER) if kind in PRINTED]
    for text in drawn:
        places = [text.lower().index(one.lower()) for one in ("Title", "About", "Mark", "Summary", "Before", words)]
        assert places[0] == min(places)
        assert "After" in text[places[-1] :]


def test_charts_and_tables_are_not_for_plain_text() -> None:
    unprinted = EXAMPLES.keys() - set(PRINTED)
    assert unprinted
    for kind in unprinted:
        with pytest.raises(TypeError):
            to_plain(document(EXAMPLES[kind][0]), FORM)


@pytest.mark.parametrize("width", [80, 36])
@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_screen_draws_all_but_plans_and_what_is_for_paper(kind: type, width: int) -> None:
    block, words = EXAMPLES[kind]
    if kind not in SCREEN:
        with pytest.raises(TypeError):
            pieces(section(block))
        return
    lines = [line for piece in pieces(section(block)) for line in draw(piece, width)]
    text = " ".join(" ".join(line.plain for line in lines).split())
    assert text.startswith("Section Before")
    assert "After" in text[text.index(words) :]
    assert all(line.cell_length <= width for line in lines)
