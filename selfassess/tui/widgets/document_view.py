"""A section of a document, some of whose blocks can be opened."""

import math

from textual.content import Content
from textual.geometry import Offset, Region
from textual.widget import Widget

from selfassess.documents.blocks import Section, Spot
from selfassess.tui.widgets.block_lines import HEAD, TITLE, Piece, draw, is_set_apart, pieces, without_links
from selfassess.tui.widgets.scale_options import Option, Options

KEYS = 9
"""How many of the blocks that open have a key, from 1 on."""
LEAP = 3
"""How many lines out of view the next block that opens may begin for the pointer to go to it, rather than scroll."""


class DocumentView(Options):
    """Draws blocks. Its options are the blocks that open. The pointer moves through them, and stays in view."""

    def __init__(self, *, opens: bool = True) -> None:
        """Without `opens` it is only looked at."""
        super().__init__()
        self.opens = opens
        self.pieces: list[Piece] = []
        self.above = 0
        """How many lines are empty above the first one."""
        self._stops: list[int] = []
        """The line after each block that opens."""

    def show_section(self, section: Section, pointer: int | None, above: int = 0) -> None:
        """Show another section. Where it has fewer blocks that open, the pointer is on the last of them."""
        found = pieces(section)
        self.pieces, self.above = found if self.opens else [without_links(one) for one in found], above
        keys = [str(at) if at <= KEYS else "" for at in range(1, len(self.openings) + 1)]
        self.hovered, self.is_pressed = None, False
        at = None if pointer is None or not keys else min(pointer, len(keys) - 1)
        self.set_options([Option("", key) for key in keys], pointer=at)
        self.refresh(layout=True)

    def go(self, by: int) -> None:
        """Point at the next block that opens if it is near, else scroll a line."""
        _, _, starts = self._lines(self.content_size.width)
        top, height = self._window()
        at = self._next(by)
        if at is not None and top - LEAP < starts[at] < top + height + LEAP:
            self._point(at)
        else:
            self.scroll(by)

    def scroll(self, by: int) -> None:
        """Scroll, and keep the pointer in view."""
        if isinstance(self.parent, Widget):
            self.parent.scroll_relative(y=by, animate=False, immediate=True)
        self.keep_in_sight(by)

    def turn(self, by: int) -> None:
        """Scroll by almost a page."""
        self.scroll(by * max(1, self._window()[1] - 2))

    @property
    def openings(self) -> list[Spot]:
        """The places that the blocks open."""
        return [piece.opens for piece in self.pieces if piece.opens]

    @property
    def length(self) -> int:
        """The number of lines."""
        return len(self._lines(self.content_size.width)[1])

    @property
    def place(self) -> tuple[int, int]:
        """The number of the page in view, and of all pages."""
        top, height = self._window()
        pages, at = (math.ceil(lines / max(1, height)) for lines in (self.length, min(top + height, self.length)))
        return max(1, at), max(1, pages)

    def point_at_first(self) -> None:
        """Point at the first block that opens and is in view as a whole, if there is one."""
        _, _, starts = self._lines(self.content_size.width)
        top, height = self._window()
        whole = [index for index, start in enumerate(starts) if top <= start and self._stops[index] <= top + height]
        self._point(whole[0] if whole else None)

    def _next(self, by: int) -> int | None:
        if self.pointer is not None:
            at = self.pointer + by
            return at if 0 <= at < len(self.options) else None
        return next(iter(self._in_sight(by)), None)

    def _in_sight(self, by: int) -> list[int]:
        """The blocks that open and begin in view, in the direction of movement."""
        _, _, starts = self._lines(self.content_size.width)
        top, height = self._window()
        found = [index for index, start in enumerate(starts) if top <= start < top + height]
        return found if by > 0 else found[::-1]

    def keep_in_sight(self, by: int = 1) -> None:
        """If the pointer is out of view, move it to the first block in view."""
        seen = self._in_sight(by)
        if self.pointer not in seen:
            self._point(seen[0] if seen else None)

    def _point(self, at: int | None) -> None:
        self.pointer = at
        self._drawn = None
        self.refresh()
        if at is not None:
            self.show_pointer()

    def _window(self) -> tuple[int, int]:
        """The first line in view, and the number of lines in view."""
        parent = self.parent
        return (round(parent.scroll_y), parent.size.height) if isinstance(parent, Widget) else (0, self.size.height)

    def show_pointer(self) -> None:
        _, lines, starts = self._lines(self.content_size.width)
        if self.pointer is None or not starts or not isinstance(self.parent, Widget):
            return
        top, bottom = starts[self.pointer], self._stops[self.pointer]
        height = self.parent.size.height
        if self.pointer == 0 and top < height:  # going back to the first one also shows what is above it
            top, bottom = 0, min(bottom, height)
        if self.pointer == len(starts) - 1 and len(lines) - top <= self.parent.size.height:
            bottom = len(lines)
        region = Region(0, top, 1, max(1, bottom - top)).translate(self.virtual_region.offset)
        self.parent.scroll_to_region(region, animate=False, immediate=True)

    @property
    def cursor_screen_offset(self) -> Offset:
        """At the pointer, else at the top of the page."""
        if self.pointer is None or not isinstance(self.parent, Widget):
            return self.parent.content_region.offset if isinstance(self.parent, Widget) else Offset(1, 1)
        _, _, starts = self._lines(self.content_size.width)
        return self.content_region.offset + Offset(2, starts[self.pointer])

    def _index_at(self, y: int) -> int | None:
        _, _, starts = self._lines(self.content_size.width)
        places = enumerate(zip(starts, self._stops, strict=True))
        return next((index for index, (start, stop) in places if start <= y < stop), None)

    def _lines(self, width: int) -> tuple[int, list[Content], list[int]]:
        if self._drawn is None or self._drawn[0] != width:
            lines = [Content("")] * self.above
            starts: list[int] = []
            self._stops = []
            before: Piece | None = None
            for piece in self.pieces:
                drawn = self._opening(piece, len(starts), width) if piece.opens else draw(piece, width)
                lines += [Content("")] if is_set_apart(piece, before, width, has_lines=bool(drawn)) else []
                if piece.opens:
                    starts.append(len(lines))
                    self._stops.append(len(lines) + len(drawn))
                lines += drawn
                before = piece
            self._drawn = width, lines, starts
        return self._drawn

    def _opening(self, piece: Piece, at: int, width: int) -> list[Content]:
        pointed = at == self.pointer
        head = f"{'>' if pointed else ' '} {self.options[at].key:1} "
        style = TITLE if pointed else piece.style
        style = f"{style} underline" if at == self.hovered else style  # it is seen without colours too
        first, *more = draw(piece, max(8, width - HEAD), style)
        head_style = TITLE if pointed else ""
        lines = [Content.styled(head, head_style) + first, *(Content(" " * HEAD) + line for line in more)]
        return self._touched(at, lines, width)
