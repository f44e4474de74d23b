"""Blocks as lines of text. Nothing is said by colour alone."""

from collections.abc import Sequence

from textual.content import Content

from selfassess.documents.blocks import COLOURS, INK
from selfassess.documents.charts import Bar, Dumbbell
from selfassess.tui.pages.blocks import Answers, AnyBlock, Change, Look, Part, Score, Words

LOOKS: dict[Look, str] = {
    "plain": "",
    "title": "bold $primary",
    "section": "bold underline",
    "strong": "bold",
    "quiet": "$quiet",
    "alarm": "bold $error",
}
TONES = tuple(f"{ink} on {colour}" for ink, colour in zip(INK, COLOURS, strict=True))
BAR, SHORT_BAR, SHORTEST_BAR, WIDEST_BAR = 20, 16, 8, 44
"""Columns of a bar; of one beside its title, and on narrow screens; of a large one, for the back of a room."""
BAND = 14
"""Columns that are reserved for a band."""
ROOMY = 70
"""Columns from which a row is drawn in full."""
WIDEST_ROW = 64
"""The most columns of a row of answers."""


def draw(block: AnyBlock, width: int, style: str = "bold") -> list[Content]:
    """The lines of a block. `style` is that of its title."""
    match block:
        case Words():
            return _words(block, width, style if block.opens else LOOKS[block.look])
        case Score(shape="large"):
            return _large_score(block, width)
        case Score(shape="row") if block.share is not None and block.title_width + SHORTEST_BAR + BAND + 7 <= width:
            return _beside(block, width)
        case Score():
            return _score(block, width, style)
        case Answers():
            return _answers(block, width, style)
        case Change():
            return _change(block, width, style)


def _words(block: Words, width: int, style: str) -> list[Content]:
    head = " " * block.indent + (f"{block.mark} " if block.mark else "")
    first, *more = _wrapped(Content.styled(block.text, style), width - len(head))
    indent = Content(" " * len(head))
    return [Content(head) + first, *(indent + line for line in more)]


def _wrapped(words: Content, width: int) -> list[Content]:
    return words.wrap(max(8, width)) or [Content("")]


def _beside(block: Score, width: int) -> list[Content]:
    """The title beside its bar; text that does not fit continues below the end of the bar."""
    head = Content.styled(f"{block.title:<{block.title_width}} {block.score:<4} ", "bold")
    bar = _bar(block, SHORT_BAR if width >= ROOMY else SHORTEST_BAR)
    return _hanging(head + bar + " ", _remarks(block) + Content.styled(_after(block), "$quiet"), width)


def _remarks(block: Score) -> Content:
    return Content.styled(" · ".join(filter(None, (block.band, block.note))), "bold")


def _after(block: Score) -> str:
    return f" · {block.about}" if block.about and (block.band or block.note) else block.about


def _score(block: Score, width: int, style: str) -> list[Content]:
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


def _large_score(block: Score, width: int) -> list[Content]:
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


def _bar(block: Score, width: int) -> Content:
    style = "$foreground" if block.falls_short else "$primary"
    cells = Bar(block.share, block.target, style, width).cells(width)
    return Content.assemble(*((character, "$quiet" if look == "dim" else look) for character, look in cells))


def _answers(block: Answers, width: int, style: str) -> list[Content]:
    lines = _wrapped(Content.styled(block.title, style), width) if block.title else []
    if any(part.count for part in block.parts):
        lines.append(row(block.parts, min(width, WIDEST_ROW)))
    lines += _wrapped(Content.styled(block.words, "$quiet"), width)
    if block.could_not:
        lines += _wrapped(Content.styled(block.could_not, "$quiet"), width)
    return lines


def row(parts: Sequence[Part], width: int) -> Content:
    """A row of pieces, each as long as its count and with its count in it."""
    shown = [part for part in parts if part.count]
    pieces = [
        Content.styled(f"{part.count:^{length}}", TONES[part.tone])
        for part, length in zip(shown, lengths([part.count for part in shown], width - len(shown) - 1), strict=True)
    ]
    edge = Content("│")
    return edge + edge.join(pieces) + edge


def lengths(counts: Sequence[int], width: int) -> list[int]:
    """How many columns each count gets so that they fill the width, each at least as many as its digits need."""
    least = [len(str(count)) + 2 for count in counts]
    free, total = max(0, width - sum(least)), sum(counts)
    exact = [free * count / total for count in counts]
    found = [int(one) for one in exact]
    late = sorted(range(len(counts)), key=lambda index: found[index] - exact[index])
    for index in late[: free - sum(found)]:
        found[index] += 1
    return [one + more for one, more in zip(least, found, strict=True)]


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


def _change(block: Change, width: int, style: str) -> list[Content]:
    lines = _wrapped(Content.styled(block.title, style), width)
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
    return [*lines, *(_wrapped(Content.styled(block.about, "$quiet"), width) if block.about else [])]


def _line(then: float, now: float, width: int, *, moved: bool) -> Content:
    cells = Dumbbell(then, now, width, moved=moved).cells(width)
    return Content.assemble(*((character, _line_style(look, moved=moved)) for character, look in cells))


def _line_style(look: str, *, moved: bool) -> str:
    """A colour of the theme: those of the printed page do not suit every background."""
    return "$quiet" if look == "dim" else "bold $primary" if moved else "bold"
