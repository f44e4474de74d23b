"""Documents' blocks as lines of the screen, for narrow windows too. Nothing is said by colour alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from selfassess.documents.blocks import (
    AnswerChart,
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Figure,
    Heading,
    HeatCell,
    HeatMap,
    Paragraph,
    Quotes,
    ScoreChart,
    ScoreRow,
    Section,
    Spot,
    Table,
    Tone,
)
from selfassess.documents.charts import EDGE, Bar, Dumbbell, Stacked
from selfassess.text import capital
from selfassess.tui.widgets import heat_map
from selfassess.tui.widgets.heat_map import TONES

TITLE, HEADING = "bold $primary", "bold underline"
STYLES: dict[Tone, str] = {"plain": "", "strong": "bold", "quiet": "$quiet"}
BAND_COLOURS = ("$band-low", "$band-low", "$band-middle", "$band-high", "$band-high")
"""By tone."""
SCORE, LEAST_TITLE, ENOUGH_TITLE = 4, 14, 24
"""Columns of a score, and of a title in a line with its bar: the fewest, and enough to say more in that line."""
BAR, SHORT_BAR, SHORTEST_BAR, WIDEST_BAR = 20, 16, 8, 44
"""Columns of a bar; of one beside its title, and on narrow screens; of a large one, for the back of a room."""
BAND = 14
"""Columns that are reserved for a band."""
ROOMY = 70
"""Columns from which a row is drawn in full."""
WIDE = 90
"""Columns from which groups stand side by side, and an item beside its answers."""
CELL, WIDEST_HEAD = 8, 14
"""Columns of a score in a heat map at least, and of what its columns are called at most."""
EASY = 96
"""The most columns of a line of words: longer ones are hard to read."""
WIDEST_ROW = 64
"""The most columns of a row of answers."""
CLOSE_ROW = 44
"""Columns of a row of answers beside its item."""
HEAD = 4
"""Columns in front of what opens, for the pointer and its key; what belongs to it stands below it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a heat map are called."""


@dataclass(frozen=True, slots=True)
class Legend:
    """How to read a heat map."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is drawn by itself: a paragraph, an entry of a list, a row of a chart."""

    block: Paragraph | Bullet | HeatMap | ScoreRow | AnswerChart | ChangeRow | Columns | Legend
    style: str = "bold"
    """Of its words, or of its title."""
    is_apart: bool = False
    """Whether there is a blank line before it."""
    indent: int = 0
    opens: Spot | None = None
    chart: ScoreChart | None = None
    """The one that a score stands in."""


def pieces(section: Section) -> list[Piece]:
    """A section in pieces. What comes after one that opens belongs to it, up to what stands apart again."""
    found = [Piece(Paragraph(section.title), TITLE)] if section.title else []
    belongs = False
    for piece in (piece for block in section.blocks for piece in _pieces(block)):
        is_close = isinstance(piece.block, Columns) or (isinstance(piece.block, ChangeRow) and not piece.opens)
        if is_close and found and found[-1].style in (TITLE, HEADING):
            piece = replace(piece, is_apart=False)
        belongs = belongs and not piece.is_apart
        found.append(replace(piece, indent=max(HEAD, piece.indent)) if belongs and not piece.opens else piece)
        belongs = belongs or piece.opens is not None
    return found


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph():
            style = "bold" if block.opens else STYLES[block.tone]
            is_title = block.opens is not None and not block.lead
            yield Piece(block, style, block.apart or is_title, block.indent, block.opens)
        case Heading():
            yield Piece(Paragraph(block.text, note=block.note), HEADING, is_apart=True)
        case BulletList():
            yield from (Piece(one, STYLES[block.tone]) for one in block.entries)
        case Quotes():
            yield Piece(Paragraph(block.about), STYLES["quiet"], is_apart=True)
            yield from (Piece(Bullet(text), "", indent=2) for text in block.texts)
        case HeatMap():
            yield Piece(block, is_apart=True)
        case Table() | ScoreChart() | AnswerChart() | ChangeChart():
            yield from _rows(block)
        case _:
            raise TypeError(block)  # plans have a screen of their own, and the rest is for paper


def _rows(block: Figure) -> Iterator[Piece]:
    match block:
        case Table():
            for name, *cells in block.rows:
                told = zip(block.columns[1:], cells, strict=True)
                yield Piece(Paragraph(name), STYLES["strong"], is_apart=True)
                yield Piece(Paragraph(" · ".join(f"{column}: {cell}" for column, cell in told)), "", indent=2)
        case ScoreChart():
            is_wide = block.shape == "groups"
            if is_wide:
                yield Piece(Columns(), is_apart=True, chart=block)
            for score in block.rows:
                yield Piece(score, is_apart=_is_apart(block, score), opens=score.opens, chart=block)
            if is_wide:
                yield Piece(Legend(), is_apart=True, chart=block)
        case AnswerChart():
            for answers in block.rows:
                yield Piece(replace(block, rows=(answers,)), is_apart=True, opens=answers.opens)
        case ChangeChart():
            yield from (Piece(change, is_apart=True, opens=change.opens) for change in block.rows)


def _is_apart(chart: ScoreChart, score: ScoreRow) -> bool:
    if chart.shape == "groups":
        return False
    if chart.shape in ("close", "list"):  # a strand above its benchmarks, and nothing else
        return score.level == "strand" and any(row.level == "benchmark" for row in chart.rows)
    return score.opens is not None or chart.shape == "large"


def without_links(piece: Piece) -> Piece:
    """The same, without opening anything."""
    match piece.block:
        case Paragraph() | ScoreRow() | ChangeRow():
            return replace(piece, opens=None, block=replace(piece.block, opens=None))
        case _:
            return replace(piece, opens=None, style="" if _is_close(piece) else piece.style)


def is_set_apart(piece: Piece, before: Piece | None, width: int, *, has_lines: bool) -> bool:
    """Whether there is a blank line between a piece and the one before it; `has_lines` if it has any of its own."""
    if before is None or (isinstance(piece.block, Legend) and not has_lines):
        return False
    if width >= WIDE and _is_close(piece):
        return not _is_close(before) and before.style != HEADING
    if isinstance(piece.block, ChangeRow) and isinstance(before.block, ChangeRow):
        return width - HEAD < ROOMY_CHANGE
    return piece.is_apart


def _is_close(piece: Piece) -> bool:
    return isinstance(piece.block, AnswerChart) and piece.block.is_close


def draw(piece: Piece, width: int, style: str = "") -> list[Content]:
    """The lines of a piece, in another style if it is pointed at."""
    style = style or piece.style
    match piece.block:
        case Paragraph() | Bullet():
            return _words(piece.block, min(width, EASY), piece.indent, style)
        case HeatMap():
            return heat_map.lines(piece.block, width)
        case Columns():
            return _column_heads(piece.chart, width) if piece.chart else []
        case Legend():
            return _legend(piece.chart, width) if piece.chart else []
        case ScoreRow():
            return _score(piece.block, piece.chart, width, style)
        case AnswerChart():
            return _answers(piece.block, width, style)
        case ChangeRow():
            return _change(piece.block, width, style)


def _words(block: Paragraph | Bullet, width: int, indent: int, style: str) -> list[Content]:
    mark = " " * indent + ("• " if isinstance(block, Bullet) else "")
    about = f"{block.head}: " if isinstance(block, Bullet) and block.head else ""
    note = f" ({block.note})" if block.note else ""
    lead = (f"{block.lead}: ", "italic") if block.lead else ""
    words = Content.assemble(lead, (about, "bold"), (block.text, style), (note, "$quiet"))
    first, *more = _wrapped(words, width - len(mark))
    return [Content(mark) + first, *(Content(" " * len(mark)) + line for line in more)]


def _wrapped(words: Content, width: int) -> list[Content]:
    return words.wrap(max(8, width)) or [Content("")]


def _score(block: ScoreRow, chart: ScoreChart | None, width: int, style: str) -> list[Content]:
    if chart and chart.shape == "large":
        return _large_score(block, width)
    if chart and chart.shape == "beside" and block.share is not None:
        titles = max(len(row.title) for row in chart.rows)
        if titles + SHORTEST_BAR + BAND + 7 <= width:
            return _beside(block, titles, width)
    if chart and chart.shape == "close":
        return _close(block, chart, width, style)
    if chart and chart.shape == "list":
        return _listed(block, width, style)
    if chart and chart.shape == "groups":
        return _by_group(block, chart, width, style)
    return _stacked(block, width, style)


def _beside(block: ScoreRow, titles: int, width: int) -> list[Content]:
    """The title beside its bar; text that does not fit continues below the end of the bar."""
    head = Content.styled(f"{block.title:<{titles}} {block.score:<4} ", "bold")
    bar = _bar(block, SHORT_BAR if width >= ROOMY else SHORTEST_BAR)
    return _hanging(head + bar + " ", _remarks(block) + Content.styled(_after(block), "$quiet"), width)


def _close(block: ScoreRow, chart: ScoreChart, width: int, style: str) -> list[Content]:
    """One line: the title, shortened where it is long, the score, its bar and its band; how far from the target where
    there is room. Two lines where there is none for the band."""
    bands = max(len(row.band) for row in chart.rows)
    both = max(len(row.band) + len(_after(row)) for row in chart.rows)
    left = width - SCORE - SHORTEST_BAR - 2
    if left - bands < LEAST_TITLE:
        return _stacked(replace(block, about="" if block.band else block.about), width, style)
    is_roomy = left - both >= ENOUGH_TITLE
    told = both if is_roomy else bands
    titles = min(max(len(row.title) for row in chart.rows), left - told)
    head = Content.assemble((f"{_padded(block.title, titles)} ", style), (f"{block.score:<{SCORE}}", "bold"))
    after = _after(block) if is_roomy or not block.band else ""
    words = _remarks(block) + Content.styled(after, "$quiet")
    if block.share is None:
        return _hanging(head, words, width)
    return [head + _bar(block, min(BAR, width - titles - SCORE - 2 - told)) + " " + words]


def _listed(block: ScoreRow, width: int, style: str) -> list[Content]:
    """The score, the title and the band: on wide screens on one line, even if the title has to be shortened for it."""
    head = Content.styled(f"{block.score:<{SCORE}}", "bold")
    band = (Content(" · ") if block.band else Content("")) + _remarks(block)
    room = width - SCORE - band.cell_length
    title = _cut(block.title, room) if width >= ROOMY else block.title
    return _hanging(head, Content.styled(title, style) + band, width)


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a heat map: of the titles of its rows, and of each cell."""

    titles: int
    cell: int


def _grid(chart: ScoreChart, width: int) -> Grid | None:
    """How a heat map fits, with narrow columns where there are many groups; None where there is too little room, or
    nothing to stand side by side."""
    number = len(chart.columns)
    if width < WIDE or number < 2:
        return None
    longest = max(cell_len(row.title) for row in chart.rows)
    words = max(cell_len(word) for column in chart.columns for word in column.split())
    easy, least = min(max(CELL, words), WIDEST_HEAD) + 1, CELL + 1
    cell = easy if easy * number + min(longest, ENOUGH_TITLE) < width else least
    titles = min(longest, width - cell * number - 1)
    return Grid(titles, cell) if titles >= min(longest, LEAST_TITLE) else None


def _column_heads(chart: ScoreChart, width: int) -> list[Content]:
    grid = _grid(chart, width - HEAD)
    if grid is None:
        return []
    heads = [Content(column).wrap(grid.cell - 1) for column in chart.columns]
    height = max(map(len, heads))
    blank = Content("")
    lines = []
    for at in range(height):
        words = [([blank] * (height - len(head)) + head)[at] for head in heads]
        cells = [Content(" ") + _centred(word, grid.cell - 1).stylize("$quiet") for word in words]
        lines.append(Content("").join([Content(" " * (HEAD + grid.titles + 1)), *cells]))
    return lines


def _centred(word: Content, width: int) -> Content:
    room = width - word.cell_length
    return word.pad(room // 2, room - room // 2)


def _legend(chart: ScoreChart, width: int) -> list[Content]:
    if not chart.legend or _grid(chart, width - HEAD) is None:
        return []  # beside a bar all of it is said in words
    return _wrapped(Content.styled(chart.legend, "$quiet"), min(width, EASY))


def _by_group(block: ScoreRow, chart: ScoreChart, width: int, style: str) -> list[Content]:
    """Groups side by side, and what must not be overlooked; or two lines with a bar."""
    indent = 0 if block.opens else HEAD
    grid = _grid(chart, width - indent)
    if grid is None:
        return _two_lines(block, chart, width, style)
    title = Content.styled(_padded(block.title, grid.titles), style)
    cells = [Content(" ") + _heat(cell, grid.cell - 1) for cell in block.cells]
    note = Content.styled(f"  {block.note}", "bold") if block.note else Content("")
    line = Content("").join([Content(" " * indent), title, Content(" "), *cells])
    if line.cell_length + note.cell_length <= width:
        return [line + note]
    return [line, *_hanging(Content(" " * (indent + 2)), Content.styled(block.note, "bold"), width)]


def _heat(cell: HeatCell, width: int) -> Content:
    mark = cell.marked.removeprefix(cell.words)
    words = f"{cell.words}{mark:<2} "
    return Content.styled(f"{words:>{width}}", "$quiet" if cell.tone is None else f"bold {TONES[cell.tone]}")


def _cut(title: str, room: int) -> str:
    """A title in so many columns."""
    return title if cell_len(title) <= room else f"{set_cell_size(title, room - 1).rstrip()}…"


def _padded(title: str, room: int) -> str:
    return set_cell_size(_cut(title, room), room)


def _two_lines(block: ScoreRow, chart: ScoreChart, width: int, style: str) -> list[Content]:
    """The title, its score, bar and band; below these, what must not be overlooked and what it rests on. Where a title
    has too little room for that, all of them have lines of their own."""
    indent = 0 if block.opens else HEAD
    scores = max(len(row.score) for row in chart.rows) + 1
    titles = max(cell_len(row.title) for row in chart.rows)
    left = width - indent - titles - scores - max(len(row.band) for row in chart.rows) - 2
    if left < SHORTEST_BAR:
        return [Content(" " * indent) + line for line in _stacked(block, width - indent, style)]
    head = Content.assemble(
        (f"{' ' * indent}{_padded(block.title, titles)} ", style), (f"{block.score:<{scores}}", "bold")
    )
    bar = Content("") if block.share is None else _bar(block, min(BAR, left)) + " "
    note = Content.styled(block.note, "bold")
    about = Content.styled(f" · {block.about}" if block.note and block.about else block.about, "$quiet")
    first = head + bar + _remarks(replace(block, note=""))
    return [first, *(_hanging(Content(" " * (indent + 2)), note + about, width) if (note + about).plain else [])]


def _remarks(block: ScoreRow) -> Content:
    between = " · " if block.band and block.note else ""
    colour = "" if block.tone is None else BAND_COLOURS[block.tone]
    return Content.assemble((block.band, f"bold {colour}"), (f"{between}{block.note}", "bold"))


def _after(block: ScoreRow) -> str:
    return f" · {block.about}" if block.about and (block.band or block.note) else block.about


def _stacked(block: ScoreRow, width: int, style: str) -> list[Content]:
    title = _wrapped(Content.styled(block.title, style), width)
    score = Content.styled(f"{block.score:<4} ", "bold")
    about = Content.styled(_after(block), "$quiet")
    if block.share is None:
        return [*title, *_hanging(score, _remarks(block) + about, width)]
    head = score + _bar(block, min(BAR, max(SHORTEST_BAR, width - score.cell_length - BAND))) + " "
    if head.cell_length + _remarks(block).cell_length + about.cell_length <= width:
        return [*title, head + _remarks(block) + about]
    below = Content.styled(block.about, "$quiet")
    return [*title, *_hanging(head, _remarks(block), width), *_hanging(Content(" " * score.cell_length), below, width)]


def _hanging(head: Content, words: Content, width: int) -> list[Content]:
    first, *more = _wrapped(words, width - head.cell_length)
    return [head + first, *(Content(" " * head.cell_length) + line for line in more)]


def _large_score(block: ScoreRow, width: int) -> list[Content]:
    figures = [Content.styled(line, "bold $primary") for line in large(block.score)]
    lines = [] if figures else [Content.styled(block.score, "bold $primary")]
    band = Content.styled(block.band, "bold")
    beside = [Content(""), band, Content("")]
    if figures:
        room = width - figures[0].cell_length - 3
        if block.share is not None and room >= 12:
            beside.append(_bar(block, min(WIDEST_BAR, room)))
        lines = [line + "   " + beside[row] if row < len(beside) else line for row, line in enumerate(figures)]
    about = _wrapped(Content.styled(block.about, ""), width) if block.about else []
    return [*(_wrapped(Content.styled(block.title, "bold"), width) if block.title else []), *lines, Content(""), *about]


def _bar(block: ScoreRow, width: int) -> Content:
    style = "$foreground" if block.falls_short else "$primary"
    style = style if block.tone is None else BAND_COLOURS[block.tone]
    cells = Bar(block.share, block.target, style, width).cells(width)
    return Content.assemble(*((character, "$quiet" if look == "dim" else look) for character, look in cells))


def _answers(block: AnswerChart, width: int, style: str) -> list[Content]:
    row = block.rows[0]
    if block.is_close and width >= WIDE:
        bar = _stack(row.counts, CLOSE_ROW)
        title = Content.styled(_cut(row.title, width - CLOSE_ROW - 2), style)
        return [title.pad_right(width - CLOSE_ROW - title.cell_length) + (bar[0] if bar else "")]
    told = zip(block.labels, row.counts, strict=True)
    counts = ", ".join(f"{label}: {count}" for label, count in told)
    words = counts, capital(row.could_not), capital(row.agreement)
    return [
        *(_wrapped(Content.styled(row.title, style), width) if row.title else []),
        *_stack(row.counts, min(width, WIDEST_ROW)),
        *(line for one in words if one for line in _wrapped(Content.styled(one, "$quiet"), width)),
    ]


def _stack(counts: tuple[int, ...], width: int) -> list[Content]:
    """The row; nothing where it does not fit."""
    cells = Stacked(counts).cells(width)
    drawn = [part for words, tone in cells for part in ((words, TONES[tone]), EDGE)]
    return [Content.assemble(EDGE, *drawn)] if drawn else []


FIGURES = {
    "0": ("█████", "█   █", "█   █", "█   █", "█████"),
    "1": ("  █  ", " ██  ", "  █  ", "  █  ", "█████"),
    "2": ("█████", "    █", "█████", "█    ", "█████"),
    "3": ("█████", "    █", " ████", "    █", "█████"),
    "4": ("█   █", "█   █", "█████", "    █", "    █"),
    "5": ("█████", "█    ", "█████", "    █", "█████"),
    "6": ("█████", "█    ", "█████", "█   █", "█████"),
    "7": ("█████", "    █", "   █ ", "  █  ", "  █  "),
    "8": ("█████", "█   █", "█████", "█   █", "█████"),
    "9": ("█████", "█   █", "█████", "    █", "█████"),
    ".": ("  ", "  ", "  ", "  ", "█ "),
    "-": ("     ", "     ", "█████", "     ", "     "),
}


def large(number: str) -> tuple[str, ...]:
    """The lines of a number in large digits. Nothing for other text. (Textual's Digits are three lines high.)"""
    if not number or any(figure not in FIGURES for figure in number):
        return ()
    return tuple(" ".join(FIGURES[figure][line] for figure in number) for line in range(5))


SAYS, LINE, TOLD = 25, 22, 15
"""Columns of the claim, of the line, and of its numbers."""
ROOMY_CHANGE = SAYS + LINE + TOLD + 4
"""Columns from which all of these are on one line."""


def _change(block: ChangeRow, width: int, style: str) -> list[Content]:
    title, about = Content.styled(block.title, style), Content.styled(block.about, "$quiet")
    if block.about and block.then is not None and title.cell_length + about.cell_length + 3 <= width:
        title, about = title + Content.styled(f" · {block.about}", "$quiet"), Content("")
    lines = _wrapped(title, width)
    if block.then is None or block.now is None:
        return [*lines, *_wrapped(Content(block.told), width)]
    line = _line(block.then, block.now, min(LINE, width), moved=block.moved)
    said = Content.styled(block.says, "bold" if block.moved else "")
    told = Content(block.told)
    if width >= ROOMY_CHANGE and told.cell_length <= width - SAYS - LINE - 4:
        lines.append(said.pad_right(SAYS - said.cell_length + 2) + line + "  " + told)
    else:
        lines += _wrapped(said + " · " + told if block.says else told, width)
        lines.append(line)
    return [*lines, *(_wrapped(about, width) if about.plain else [])]


def _line(then: float, now: float, width: int, *, moved: bool) -> Content:
    cells = Dumbbell(then, now, width, moved=moved).cells(width)
    return Content.assemble(*((character, _line_style(look, moved=moved)) for character, look in cells))


def _line_style(look: str, *, moved: bool) -> str:
    """A colour of the theme: those of the printed page do not suit every background."""
    return "$quiet" if look == "dim" else "bold $primary" if moved else "bold"
