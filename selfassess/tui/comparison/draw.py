"""A change as lines of characters. Whatever a colour says, a character or a word says too."""

from textual.content import Content

from selfassess.documents.charts import Dumbbell
from selfassess.tui.comparison.blocks import AnyBlock, Change
from selfassess.tui.dashboard import draw as dashboard

SAYS, LINE, TOLD = 25, 22, 15
"""Columns of what is said, of the line, and of its numbers."""
ROOMY = SAYS + LINE + TOLD + 4
"""Columns from which on all of these stand beside each other, below those of other changes."""


def draw(block: AnyBlock, width: int, style: str = "bold") -> list[Content]:
    """The lines of a block. `style` is that of its title."""
    if not isinstance(block, Change):
        return dashboard.draw(block, width, style)
    lines = _wrapped(Content.styled(block.title, style), width)
    if block.then is None or block.now is None:
        return [*lines, *_wrapped(Content(block.told), width)]
    line = _line(block.then, block.now, min(LINE, width), moved=block.moved)
    said = Content.styled(block.says, "bold" if block.moved else "")
    told = Content(block.told)
    if width >= ROOMY and told.cell_length <= width - SAYS - LINE - 4:
        lines.append(said.pad_right(SAYS - said.cell_length + 2) + line + "  " + told)
    else:
        lines += _wrapped(said + " · " + told if block.says else told, width)
        lines.append(line)
    return [*lines, *(_wrapped(Content.styled(block.about, "$quiet"), width) if block.about else [])]


def _line(then: float, now: float, width: int, *, moved: bool) -> Content:
    cells = Dumbbell(then, now, width, moved=moved).cells(width)
    return Content.assemble(*((character, _style(look, moved=moved)) for character, look in cells))


def _style(look: str, *, moved: bool) -> str:
    """A colour of the theme: those of the printed page are not made for every background."""
    return "$quiet" if look == "dim" else "bold $primary" if moved else "bold"


def _wrapped(words: Content, width: int) -> list[Content]:
    return words.wrap(max(8, width)) or [Content("")]
