"""Figures five lines high, to be read from the back of a room."""

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
    """The lines of a number. Nothing for what is no number."""
    if not number or any(figure not in FIGURES for figure in number):
        return ()
    return tuple(" ".join(FIGURES[figure][line] for figure in number) for line in range(5))
