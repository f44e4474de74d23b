"""Everything that can be done on a screen, to search and to choose from: Textual's command palette."""

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.worker import Worker

from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.widgets.key_bar import Key

MOVES = {
    "down": "cursor_down",
    "tab": "cursor_down",
    "up": "cursor_up",
    "shift+tab": "cursor_up",
    "pagedown": "page_down",
    "pageup": "page_up",
}
"""What keys that move are called by Textual."""
ITS_KEY = 1000.0
"""How well a command fits when its very key was typed: better than by any words."""


class ScreenCommands(Provider):
    """What the screen below can do. To choose it is the same as pressing its key."""

    @property
    def commands(self) -> Sequence[Key]:
        """In the order of the screen."""
        return self.screen.commands() if isinstance(self.screen, BaseScreen) else ()

    async def discover(self) -> Hits:
        """All of it."""
        for key in self.commands:
            yield DiscoveryHit(_line(key, Content(key.words)), self._press(key), key.words)

    async def search(self, query: str) -> Hits:
        """What is like what was typed, in its name or in what it is about."""
        matcher = self.matcher(query)
        for key in self.commands:
            fit = ITS_KEY if query.lower() == key.shown.lower() else 0
            fit = max(fit, matcher.match(key.words), matcher.match(key.about) / 2)
            if fit > 0:
                yield Hit(fit, _line(key, matcher.highlight(key.words)), self._press(key), key.words)

    def _press(self, key: Key) -> partial[None]:
        return partial(_press, self.screen, key.key)


def _line(key: Key, words: Content) -> Content:
    about = f": {key.about}" if key.about else ""
    return Content.assemble((f"{key.shown:<6} ", "bold"), words.stylize_before("bold"), about)


def _press(screen: object, key: str) -> None:
    if isinstance(screen, BaseScreen):
        screen.press(key)


class Palette(CommandPalette):
    """Lists what the screen below can do. The app hands it keys one by one: in Textual's own way, through the focus,
    Enter can overtake the search for the last letter, and choose something else."""

    def __init__(self) -> None:
        super().__init__((ScreenCommands,), placeholder="What would you like to do?")
        self.is_ready = False
        self._search: Worker[None] | None = None
        """The search for what was typed last."""

    def on_mount(self) -> None:
        """Take keys as soon as the field is there."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.is_ready = True
        self.post_message(BaseScreen.Ready())

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do what a key means here; a paste is typed."""
        field = self.query_one(CommandInput)
        if isinstance(event, events.Paste):
            self._type(field.value + event.text.partition("\n")[0])
            return
        match event.key:
            case "enter":
                if self._search:
                    await self._search.wait()
                self.is_ready = not self._hit_count
                self._select_or_command()
            case "escape" | "ctrl+p":
                self._close()
            case "ctrl+c":
                below = self.app.screen_stack[-2]
                self._close()
                _press(below, "ctrl+c")
            case "backspace":
                self._type(field.value[:-1])
            case _ if event.key in MOVES:
                self._action_command_list(MOVES[event.key])
            case _ if event.is_printable and event.character:
                self._type(field.value + event.character)

    def _close(self) -> None:
        self.is_ready = False
        self._action_escape()

    def _type(self, text: str) -> None:
        field = self.query_one(CommandInput)
        with self.prevent(CommandInput.Changed):
            field.value = text
        field.cursor_position = len(text)
        self._cancel_gather_commands()
        self._stop_no_matches_countdown()
        self._search = self._gather_commands(text.strip())
