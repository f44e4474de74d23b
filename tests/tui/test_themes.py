import pytest
from rich._palettes import EIGHT_BIT_PALETTE, STANDARD_PALETTE
from rich.color import Color, ColorSystem
from rich.palette import Palette

from selfassess.tui import themes

LEAST = 4.5
"""Contrast of text that most people can read, by the Web Content Accessibility Guidelines."""

PAIRS = [
    ("foreground", "background"),
    ("quiet", "background"),
    ("primary", "background"),
    ("error", "background"),
    ("foreground", "panel"),
    ("primary", "panel"),
    ("background", "primary"),
    *((band, "background") for band in themes.BANDS),
]

SYSTEMS: dict[ColorSystem, Palette | None] = {
    ColorSystem.TRUECOLOR: None,
    ColorSystem.EIGHT_BIT: EIGHT_BIT_PALETTE,
    ColorSystem.STANDARD: STANDARD_PALETTE,
}


def luminance(rgb: tuple[int, ...]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in rgb)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shown(name: str, colour: str, system: ColorSystem) -> tuple[int, ...]:
    """A colour of a theme as a terminal with so many colours shows it."""
    theme = themes.THEMES[name]
    found = Color.parse(theme.variables.get(colour) or getattr(theme, colour))
    palette = SYSTEMS[system]
    if palette is None:
        assert found.triplet
        return tuple(found.triplet)
    number = found.downgrade(system).number
    assert number is not None
    return tuple(palette[number])


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize("name", themes.THEMES)
def test_text_stands_out_with_many_colours_and_with_few(name: str, system: ColorSystem) -> None:
    found = {pair: contrast(shown(name, pair[0], system), shown(name, pair[1], system)) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < LEAST} == {}


def test_the_high_contrast_theme_keeps_its_word() -> None:
    system = ColorSystem.TRUECOLOR
    assert min(contrast(shown("contrast", one, system), shown("contrast", two, system)) for one, two in PAIRS) > 7


@pytest.mark.parametrize(("name", "ansi"), [("dark", themes.ANSI_DARK), ("light", themes.ANSI_LIGHT)])
def test_the_colours_of_the_printed_page_stand_out_too(name: str, ansi: object) -> None:
    background = shown(name, "background", ColorSystem.TRUECOLOR)
    colours = [tuple(themes.ANSI_DARK.ansi_colors[n]) for n in range(1, 7)]
    if name == "light":
        colours = [tuple(themes.ANSI_LIGHT.ansi_colors[n]) for n in range(1, 7)]
    assert min(contrast(colour, background) for colour in colours) >= LEAST


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "dark"),
        ({"SELFASSESS_THEME": "light"}, "light"),
        ({"SELFASSESS_THEME": " Contrast "}, "contrast"),
        ({"SELFASSESS_THEME": "purple"}, "dark"),
        ({"COLORFGBG": "0;15"}, "light"),
        ({"COLORFGBG": "15;0"}, "dark"),
        ({"SELFASSESS_THEME": "dark", "COLORFGBG": "0;15"}, "dark"),
    ],
)
def test_the_environment_chooses(environ: dict[str, str], name: str) -> None:
    assert themes.chosen(environ) == name


def test_the_key_for_colours_goes_round() -> None:
    assert [themes.after(name) for name in themes.THEMES] == ["light", "contrast", "dark"]
