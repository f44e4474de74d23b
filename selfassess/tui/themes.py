"""The colours: light, dark and high contrast. Built-in themes fail on contrast, so none of them is offered."""

import os
from collections.abc import Mapping

from rich.terminal_theme import TerminalTheme
from textual.theme import Theme

VARIABLE = "SELFASSESS_THEME"


BANDS = ("band-low", "band-middle", "band-high")


def _theme(
    name: str,
    *,
    dark: bool,
    background: str,
    foreground: str,
    quiet: str,
    primary: str,
    panel: str,
    error: str,
    bands: tuple[str, str, str],
) -> Theme:
    """`quiet` is for less prominent text, `primary` for what is chosen, `panel` for keys and fields; `bands` are the
    low, the middle and the high ones, in colours that are safe for colour-blind readers."""
    return Theme(
        name=name,
        dark=dark,
        primary=primary,
        accent=primary,
        error=error,
        foreground=foreground,
        background=background,
        surface=panel,
        panel=panel,
        variables={
            "quiet": quiet,
            **dict(zip(BANDS, bands, strict=True)),
            "scrollbar": quiet,
            "scrollbar-hover": primary,
            "scrollbar-active": primary,
            "scrollbar-background": panel,
            "scrollbar-background-hover": panel,
            "scrollbar-background-active": panel,
            "input-selection-background": primary,
            "input-selection-foreground": background,
        },
    )


THEMES: Mapping[str, Theme] = {
    theme.name: theme
    for theme in (
        _theme(
            "dark",
            dark=True,
            background="#14181d",
            foreground="#e8e5de",
            quiet="#a9b1ba",
            primary="#86d6c9",
            panel="#222931",
            error="#ffa394",
            bands=("#f1a340", "#f2d96b", "#bda6f0"),
        ),
        _theme(
            "light",
            dark=False,
            background="#fbfaf6",
            foreground="#1d2227",
            quiet="#555d66",
            primary="#0a5a66",
            panel="#e6e3da",
            error="#9c1c14",
            bands=("#964300", "#5a6068", "#542788"),
        ),
        _theme(
            "contrast",
            dark=True,
            background="#000000",
            foreground="#ffffff",
            quiet="#ffffff",
            primary="#ffe14d",
            panel="#303030",
            error="#ffb3a8",
            bands=("#ffb24d", "#ffffff", "#cdbcff"),
        ),
    )
}
"""In the order in which the key for colours goes through them."""


ANSI_DARK = TerminalTheme(
    (20, 24, 29),
    (232, 229, 222),
    [
        (20, 24, 29),
        (255, 163, 148),
        (134, 214, 201),
        (241, 163, 64),
        (153, 178, 224),
        (188, 170, 214),
        (134, 214, 201),
        (232, 229, 222),
    ],
)
ANSI_LIGHT = TerminalTheme(
    (251, 250, 246),
    (29, 34, 39),
    [
        (29, 34, 39),
        (156, 28, 20),
        (10, 90, 102),
        (179, 88, 6),
        (40, 70, 140),
        (84, 39, 136),
        (10, 90, 102),
        (85, 93, 102),
    ],
)
"""What the named colours of the printed page ("green", "yellow") are on screen."""


def chosen(environ: Mapping[str, str] = os.environ, remembered: str = "") -> str:
    """The theme that the environment asks for, or else the one that the person chose last. Otherwise a light one on
    terminals that say they are light."""
    for wanted in (environ.get(VARIABLE, "").strip().lower(), remembered):
        if wanted in THEMES:
            return wanted
    return "light" if environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15") else "dark"


def after(name: str) -> str:
    """The theme that comes next."""
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)]
